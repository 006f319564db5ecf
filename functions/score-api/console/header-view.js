// What stands above every view? Where one can go, what is going on, and how to leave.

import { html } from "./html.js";
import { to } from "./route.js";
import { change } from "./store.js";

export const Logo = () => html`<svg class="logo" width="20" height="20" viewBox="0 0 18 18" aria-hidden="true">
  <rect class="stone" x="1" y="1" width="16" height="16" rx="5" /><path class="streak" d="M4.5 12.5 13.5 5.5" /></svg>`;

export function Header({ state, onSignOut }) {
  const { route, uploads, policy } = state;
  const page = (view) => (route.view === view ? "page" : undefined);
  const open = uploads.filter((one) => ["waiting", "asking", "sending", "queued", "scoring"].includes(one.stage));
  return html`<header>
    <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <h1><${Logo} /> Touchstone</h1>
    <nav aria-label="Views">
      <a href=${to({})} aria-current=${page("queue")}>Queue</a>
      <a href=${to({ view: "jobs" })} aria-current=${page("jobs")}>Jobs${open.length > 0 &&
      html` <span class="badge">${open.length}<span class="unseen-label"> under way</span></span>`}</a>
    </nav>
    <p class="doing" role="status">${doing(state)}</p>
    ${policy && html`<p class="policy" title="The policy that scores now">${policy.policy}</p>`}
    <button type="button" class="quiet keys" aria-keyshortcuts="?" onClick=${() => change({ help: true })}>Keys <kbd>?</kbd></button>
    <button type="button" class="quiet" onClick=${onSignOut}>Sign out</button>
  </header>`;
}

function doing({ waiting, saving }) {
  if (waiting) return `The service is busy: trying again in ${waiting} s`;
  return saving > 0 ? "Saving\u2026" : "";
}

function skip(event) {
  event.preventDefault(); // the part behind # names the view
  document.getElementById("main").focus();
}
