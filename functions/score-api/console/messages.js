// What does the page tell people beside its views? Toasts that pass, and notices that stay until somebody has dealt with them.

import { change, read } from "./store.js";

/** How long a toast stays. Whatever it offers can be had by key and button as well. */
const TOAST_MS = 10_000;

let timer = 0;
let last = 0;

/** Says that something was done. `action` is `{ label, run }`. */
export function toast(text, action = null) {
  clearTimeout(timer);
  last += 1;
  change({ toast: { key: last, text, action } });
  timer = setTimeout(() => change({ toast: null }), TOAST_MS);
}

/** Says that something was not done. `actions` are `[{ label, run }]`; each also takes the notice away. */
export function notice(title, text, actions = []) {
  last += 1;
  change({ notices: [...read().notices, { key: last, title, text, actions }] });
}

export const dismiss = (key) => change({ notices: read().notices.filter((one) => one.key !== key) });

/** The sentence for something that the endpoint refused. */
export function sentence(error) {
  const detail = error.message;
  const text = `${detail[0].toUpperCase()}${detail.slice(1)}${/[.!?]$/.test(detail) ? "" : "."}`;
  if (error.status !== 403) return text;
  const roles = error.problem.roles ?? [];
  return roles.length ? `Your token does not have the role that this needs: ${roles.join(" or ")}.` : text;
}
