// How are toasts and notices shown, and read out?

import { html } from "./html.js";
import { dismiss } from "./messages.js";
import { change, read } from "./store.js";

/** The focus must not stay on a button that is gone. */
function leave(key) {
  dismiss(key);
  change({ focus: { on: read().route.id ? "listing" : "queue", key: Math.random() } });
}

export function Messages({ toast, notices }) {
  return html`<div class="messages">
    <div class="notices" role="alert">
      ${notices.map((one) => html`<div class="notice" key=${one.key}>
        <p><strong>${one.title}</strong></p>
        <p>${one.text}</p>
        <p class="actions">
          ${one.actions.map(({ label, run }) => html`<button type="button" onClick=${() => { dismiss(one.key); run(); }}>${label}</button>`)}
          <button type="button" class="quiet" onClick=${() => leave(one.key)}>Dismiss</button>
        </p>
      </div>`)}
    </div>
    <div role="status" aria-live="polite">
      ${toast && html`<div class="toast" key=${toast.key}><span>${toast.text}</span>
        ${toast.action && html`<button type="button" onClick=${() => { change({ toast: null }); toast.action.run(); }}>
          ${toast.action.label}${toast.action.key && html` <kbd>${toast.action.key}</kbd>`}</button>`}
      </div>`}
    </div>
  </div>`;
}
