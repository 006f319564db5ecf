// How does somebody sign in who has a token?

import { html } from "./html.js";
import { Logo } from "./header-view.js";
import { useLayoutEffect, useRef } from "./preact-hooks.js";

export function SignIn({ problem, onToken }) {
  const field = useRef(null);
  useLayoutEffect(() => field.current.focus(), []);
  const submit = (event) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get("token").trim();
    if (given) onToken(given);
  };
  return html`<main class="sign-in">
    <h1><${Logo} /> Touchstone</h1>
    <p>The review console: listings that may be counterfeit, and why.</p>
    ${problem && html`<p class="failure" role="alert">${problem}</p>`}
    <form onSubmit=${submit}>
      <label for="token">Access token</label>
      <input id="token" ref=${field} name="token" type="password" autocomplete="off" spellcheck="false" required />
      <button type="submit" class="primary">Sign in</button>
    </form>
    <p class="aside">On this machine, <code>touchstone serve</code> prints an address that signs you in. On AWS, paste a token of
      your identity provider. It is kept in this tab only, until you close it.</p>
  </main>`;
}
