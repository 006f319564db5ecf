// What is known of one listing? Its words with what speaks for and against it, and the decision.

import { html, useState } from "./vendor/preact-htm.js";
import { pieces } from "./highlight.js";
import { bandName, link, points, price, risk, signed, time } from "./format.js";

const DECISIONS = [
  { decision: "confirmed", label: "Confirm", key: "c", means: "a counterfeit" },
  { decision: "rejected", label: "Reject", key: "r", means: "a false flag" },
  { decision: "unsure", label: "Unsure", key: "u", means: "somebody else should look" },
];

export function Listing({ known, entry, base, conflict, explained, busy, note, onNote, onDecide, onExplain, onLookAgain, onBack }) {
  const [shown, show] = useState(null);
  const { latest, review, history } = known;
  const reasons = latest.reasons;
  const text = latest.listing ?? { title: latest.title };
  const Words = ({ field, value }) => html`${pieces(value, reasons, field).map((piece) =>
    piece.reasons.length === 0
      ? piece.text
      : html`<mark class=${`${reasons[piece.reasons[0]].points < 0 ? "for" : "against"}${piece.reasons.includes(shown) ? " shown" : ""}`}
          onMouseEnter=${() => show(piece.reasons[0])} onMouseLeave=${() => show(null)}>${piece.text}</mark>`,
  )}`;
  const address = link(latest.url);
  return html`<article class="listing" aria-labelledby="listing-title">
    <button type="button" class="back" onClick=${onBack}>Back to the queue</button>
    <header>
      <span class=${`risk ${latest.band}`}><b>${risk(latest.risk)}</b><small>${bandName[latest.band]}</small></span>
      <h2 id="listing-title" tabindex="-1"><${Words} field="title" value=${text.title} /></h2>
    </header>
    ${conflict && html`<div class="conflict" role="alert"><p>${conflict}</p>
      <button type="button" onClick=${onLookAgain}>Look again</button></div>`}
    <form class="decide" aria-label="Decide" onSubmit=${(event) => event.preventDefault()}>
      ${DECISIONS.map(({ decision, label, key, means }) => html`<button type="button" class=${decision} disabled=${busy}
        title=${means} aria-keyshortcuts=${key} onClick=${() => onDecide(decision)}>${label} <kbd>${key}</kbd></button>`)}
      <label class="note">Note <input value=${note} maxlength="500" onInput=${(event) => onNote(event.target.value)} /></label>
    </form>
    ${review.decision && html`<p class="standing">${review.reviewer} decided <b>${review.decision}</b>, ${time(review.reviewed_at)}${review.note ? html`: \u201c${review.note}\u201d` : "."}</p>`}
    <dl class="facts">
      ${[
        ["Brand", text.brand], ["About", latest.brand], ["Category", text.category], ["Price", price(latest)],
        ["Seller", latest.seller_name], ["Seller id", latest.seller_id], ["Ships from", text.ship_from], ["Marketplace", latest.marketplace],
      ].filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${
        name === "Brand" ? html`<${Words} field="brand" value=${value} />`
        : name === "Category" ? html`<${Words} field="category" value=${value} />`
        : name === "Seller" ? html`<${Words} field="seller_name" value=${value} />` : value
      }</dd></div>`)}
      ${latest.url && html`<div><dt>Page</dt><dd>${address ? html`<a href=${address} rel="noopener noreferrer nofollow" target="_blank">${latest.url}</a>` : latest.url}</dd></div>`}
    </dl>
    ${text.description && html`<section><h3>Description</h3><p class="description" tabindex="0" role="region" aria-label="Description"><${Words} field="description" value=${text.description} /></p></section>`}
    ${!latest.listing && html`<p class="hint">The full text is kept of flagged listings only.</p>`}
    <section><h3>Why ${risk(latest.risk)}</h3><${Reasons} reasons=${reasons} base=${base} latest=${latest} shown=${shown} show=${show} /></section>
    ${latest.issues.length > 0 && html`<section><h3>Not understood</h3><ul>${latest.issues.map((issue) => html`<li>${issue.field}: ${issue.detail}</li>`)}</ul></section>`}
    <section><h3>What would clear it</h3>
      ${explained ? html`<${Explained} found=${explained} />` : html`<button type="button" aria-keyshortcuts="e" onClick=${onExplain}>Find out <kbd>e</kbd></button>`}
    </section>
    ${entry?.similar?.length > 0 && html`<section><h3>Similar listings</h3><ul>${entry.similar.map((other) => html`<li>
      ${risk(other.risk)} \u00b7 ${other.title} <small>${other.listing_id}${other.seller_id ? `, ${other.seller_id}` : ""}</small></li>`)}</ul></section>`}
    ${history.length > 0 && html`<section><h3>Before</h3><ul>${history.map((former) => html`<li>
      ${time(former.scored_at)}: ${risk(former.risk)}, ${bandName[former.band]} <small>${former.policy}</small></li>`)}</ul></section>`}
    <p class="hint">${latest.listing_id} \u00b7 scored ${time(latest.scored_at)} by policy ${latest.policy} \u00b7 input ${latest.input}</p>
  </article>`;
}

/** Bars that add up: where it begins, what each reason adds, and the risk that the sum stands for. */
function Reasons({ reasons, base, latest, shown, show }) {
  const widest = Math.max(...reasons.map((reason) => Math.abs(reason.points)), 1);
  return html`<table class="reasons">
    <caption class="unseen">What each reason adds to the log odds</caption>
    <thead class="unseen"><tr><th>Reason</th><th>Points</th></tr></thead>
    <tbody>
      <tr><td>What is known of any listing</td><td class="points">${signed(base)}</td></tr>
      ${reasons.map((reason, number) => html`<tr class=${number === shown ? "shown" : ""} onMouseEnter=${() => show(number)} onMouseLeave=${() => show(null)}>
        <td>${reason.why}
          <svg class=${reason.points < 0 ? "bar for" : "bar against"} width="100%" height="4" aria-hidden="true" focusable="false">
            <rect width=${`${(100 * Math.abs(reason.points)) / widest}%`} height="4" rx="2" /></svg>
          <small>${reason.signal}${reason.rule ? `, ${reason.rule}` : ""}, in ${reason.field}</small></td>
        <td class="points">${points(reason.points)}</td></tr>`)}
    </tbody>
    <tfoot><tr><th scope="row">Log odds, which is a risk of ${risk(latest.risk)}</th><td class="points">${signed(latest.log_odds)}</td></tr></tfoot>
  </table>`;
}

function Explained({ found }) {
  if (found.changes.length === 0 && found.reachable) return html`<p>Nothing: it is clear as it stands.</p>`;
  const told = (change) => (change.action === "replace" ? html`${change.field}: <q>${change.text}</q> becomes <q>${change.with}</q>` : html`${change.field}: take out <q>${change.text}</q>`);
  return html`<div class="explained" role="status">
    <p>${found.reachable ? `With ${found.changes.length === 1 ? "this change" : "these changes"} it would score ${risk(found.risk_after)}, below ${risk(found.threshold)}.`
      : `No change of its text or price brings it below ${risk(found.threshold)}; the best is ${risk(found.risk_after)}.`}</p>
    <ul>${found.changes.map((change) => html`<li>${told(change)} <small>then ${risk(change.risk_after)}</small></li>`)}</ul>
  </div>`;
}
