// Which key does what? One list, from which the listener and the help are made.

import { decide, undo } from "./decisions.js";
import { explain } from "./listings.js";
import { open, step } from "./queue.js";
import { go } from "./route.js";
import { change, read } from "./store.js";

const KEPT = "touchstone.keys";

/** Single keys can be switched off: speech input types letters by accident. */
export const areOn = () => localStorage.getItem(KEPT) !== "off";
export function switchKeys(on) {
  localStorage.setItem(KEPT, on ? "on" : "off");
  change({ keysOn: on });
}

const isListing = () => read().route.id !== null;
const focusOn = (on) => change({ focus: { on, key: Math.random() } });

/** `repeats` says whether holding the key down counts. */
export const KEYS = [
  { key: "j", does: "next listing", repeats: true, run: () => inQueue(() => step(1)) },
  { key: "k", does: "previous listing", repeats: true, run: () => inQueue(() => step(-1)) },
  { key: "c", does: "confirm: a counterfeit", run: () => isListing() && decide("confirmed") },
  { key: "r", does: "reject: no counterfeit", run: () => isListing() && decide("rejected") },
  { key: "u", does: "unsure: somebody else should look", run: () => isListing() && decide("unsure") },
  { key: "z", does: "take the last decision back", run: undo },
  { key: "n", does: "write a note", run: () => isListing() && focusOn("note") },
  { key: "e", does: "what would clear it", run: () => isListing() && explain(read().route.id) },
  { key: "/", does: "filter the queue", run: () => inQueue(() => focusOn("filters")) },
  { key: "?", does: "this help", run: () => change({ help: true }) },
  { key: "Escape", shown: "Esc", does: "out of a field; back to the queue", run: escape },
];

/** Hears all keys of the page. */
export function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!read().token || read().help) return;
    const key = KEYS.find((one) => one.key === event.key);
    if (!key || (event.repeat && !key.repeats)) return;
    if (event.key !== "Escape" && (!read().keysOn || isWriting(event.target))) return;
    event.preventDefault();
    key.run();
  });
}

const isWriting = (element) => element.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName);

function inQueue(act) {
  if (read().route.view !== "queue") go({});
  act();
}

function escape() {
  if (isWriting(document.activeElement)) return focusOn(isListing() ? "listing" : "queue");
  if (!read().wide && isListing()) return open(null);
  return focusOn("queue");
}
