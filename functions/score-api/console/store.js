// What does the page know right now, and who is told when it changes?

import { useLayoutEffect, useState } from "./preact-hooks.js";

const listeners = new Set();
let state = {};

export const read = () => state;

/** Puts these members in place of the former ones. Members are replaced, never changed inside. */
export function change(members) {
  state = { ...state, ...members };
  for (const listener of listeners) listener();
}

/** The state, for the outermost component: it is drawn anew with every change. */
export function useStore() {
  const [, draw] = useState(0);
  useLayoutEffect(() => {
    const listener = () => draw((times) => times + 1);
    listeners.add(listener);
    listener(); // for what changed since the first drawing
    return () => listeners.delete(listener);
  }, []);
  return state;
}
