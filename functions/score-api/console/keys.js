// What do the keys do? One table for the handler and for the help.

import { html, useEffect, useRef } from "./vendor/preact-htm.js";

export const KEYS = [
  { key: "j", does: "next", means: "next listing" },
  { key: "k", does: "previous", means: "previous listing" },
  { key: "c", does: "confirmed", means: "confirm: a counterfeit" },
  { key: "r", does: "rejected", means: "reject: a false flag" },
  { key: "u", does: "unsure", means: "unsure: somebody else should look" },
  { key: "z", does: "undo", means: "take the last decision back" },
  { key: "e", does: "explain", means: "what would clear the listing" },
  { key: "/", does: "filter", means: "to the filters" },
  { key: "?", does: "help", means: "this help" },
];

/** What a key press asks for; nothing while somebody types, or for the browser's own combinations. */
export function meant(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  if (event.target.closest?.("input, textarea, select, dialog[open]")) return null;
  return KEYS.find(({ key }) => key === event.key)?.does ?? null;
}

export function Help({ open, onClose }) {
  const dialog = useRef(null);
  useEffect(() => {
    if (open) dialog.current.showModal();
    else dialog.current.close();
  }, [open]);
  return html`<dialog ref=${dialog} aria-labelledby="help-title" onClose=${onClose}>
    <h2 id="help-title">Keys</h2>
    <dl>${KEYS.map(({ key, means }) => html`<div><dt><kbd>${key}</kbd></dt><dd>${means}</dd></div>`)}</dl>
    <button type="button" onClick=${onClose}>Close</button>
  </dialog>`;
}
