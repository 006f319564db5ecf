// Where should the keyboard be? Views name the places, and whoever changes the view asks for one.

import { useLayoutEffect, useRef } from "./preact-hooks.js";

/** A reference for the element that is the place `name`. It gets the focus when the wish names it. */
export function usePlace(name, wish) {
  const element = useRef(null);
  const done = useRef(0);
  // Before the next key is pressed: it must not go where the focus was.
  useLayoutEffect(() => {
    if (wish?.on !== name || done.current === wish.key || !element.current) return;
    done.current = wish.key;
    element.current.focus({ preventScroll: name === "listing" });
    if (name !== "listing") element.current.scrollIntoView({ block: "nearest" });
  });
  return element;
}
