// Which keys are there? A dialog that also switches them off.

import { html } from "./html.js";
import { KEYS, switchKeys } from "./keys.js";
import { useEffect, useRef } from "./preact-hooks.js";
import { change } from "./store.js";

export function Help({ isOpen, keysOn }) {
  const dialog = useRef(null);
  const button = useRef(null);
  useEffect(() => {
    if (isOpen && !dialog.current.open) {
      dialog.current.showModal();
      button.current.focus(); // the first thing in it would switch the keys off
    }
    if (!isOpen && dialog.current.open) dialog.current.close();
  }, [isOpen]);
  const close = () => change({ help: false });
  return html`<dialog ref=${dialog} class="help" aria-labelledby="help-title" onClose=${close}>
    <h2 id="help-title">Keys</h2>
    <dl>${KEYS.map(({ key, shown, does }) => html`<div key=${key}><dt><kbd>${shown ?? key}</kbd></dt><dd>${does}</dd></div>`)}</dl>
    <p>A decision opens the next listing at once. It can be taken back as long as nobody has decided after you.</p>
    <p><label><input type="checkbox" checked=${keysOn} onChange=${(event) => switchKeys(event.currentTarget.checked)} />
      ${" "}Single keys are on</label></p>
    <p class="actions"><button type="button" class="primary" ref=${button} onClick=${close}>Close</button></p>
  </dialog>`;
}
