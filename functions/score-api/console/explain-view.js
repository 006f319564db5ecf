// What would clear the listing? The smallest set of changes that the scorer has tried out.

import { usePlace } from "./focus.js";
import { risk } from "./format.js";
import { html } from "./html.js";
import { explain } from "./listings.js";
import { Text } from "./words.js";

export function Explained({ id, explained, focus }) {
  const place = usePlace("explained", focus);
  return html`<section class="explain" aria-labelledby="explain-title">
    <h3 id="explain-title" ref=${place} tabindex="-1">What would clear it</h3>
    ${!explained && html`<p><button type="button" aria-keyshortcuts="e" onClick=${() => explain(id)}>Try it out <kbd>e</kbd></button></p>`}
    <div role="status">
      ${explained?.status === "loading" && html`<p class="aside">Trying changes out\u2026</p>`}
      ${explained?.status === "failed" && html`<p>${explained.problem}</p>`}
      ${explained?.status === "ready" && html`<p>${outcome(explained)}</p>`}
    </div>
    ${explained?.changes?.length > 0 && html`<ol class="changes">${explained.changes.map((change, n) => html`<li key=${n}>
      <span class="change">${told(change)}</span><span class="then"><span class="unseen-label">then the risk is </span>${risk(change.risk_after)}</span>
    </li>`)}</ol>`}
  </section>`;
}

function outcome({ changes, reachable, risk_after, threshold, minimal }) {
  if (changes.length === 0) {
    return reachable ? "Nothing: it is below the review threshold as it is." : "No change of its words or price would: what speaks against it is the seller.";
  }
  const these = changes.length === 1 ? "this change" : `these ${changes.length} changes`;
  if (!reachable) return `Nothing that was tried. With ${these} the risk would still be ${risk(risk_after)}, and review begins at ${risk(threshold)}.`;
  const fewest = minimal ? " Fewer signals would not do." : "";
  return `With ${these} the risk would be ${risk(risk_after)}, and review begins at ${risk(threshold)}.${fewest}`;
}

function told(change) {
  const where = change.field.replaceAll("_", " ");
  if (change.action === "replace") {
    return html`In ${where}, <del><${Text} text=${change.text} /></del> becomes <ins><${Text} text=${change.with ?? ""} /></ins>`;
  }
  if (change.start === change.end) return html`Without the ${where} <del><${Text} text=${change.text} /></del>`;
  return html`In ${where}, take out <del><${Text} text=${change.text} /></del>`;
}
