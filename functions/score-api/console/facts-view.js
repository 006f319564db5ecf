// What else is known of the listing? Its fields, its former scores, its former decisions, and others like it.

import { BANDS, date, price, risk, signed, time, webAddress } from "./format.js";
import { html } from "./html.js";
import { brandName } from "./queue-view.js";
import { go, to } from "./route.js";
import { Marked, Text } from "./words.js";

/** Facts that need a line of their own. */
const WIDE = ["Page", "Scored", "Job", "Hash of what was scored"];

export function Facts({ known, policy, active, onActive }) {
  const { latest } = known;
  const listing = latest.listing ?? {};
  const field = (name) => listing[name] && html`<${Marked} field=${name} text=${listing[name]} reasons=${latest.reasons} active=${active} onActive=${onActive} />`;
  const seller = latest.seller_id;
  const facts = [
    ["Brand that it is about", latest.brand && brandName(policy?.brands, latest.brand)],
    ["Brand as written", field("brand"), ["brand"]],
    ["Price", price(latest.price, latest.currency), ["price", "currency"]],
    ["Category", field("category"), ["category"]],
    ["Seller", field("seller_name") ?? (latest.seller_name && html`<${Text} text=${latest.seller_name} />`), ["seller_name"]],
    ["Seller id", seller && html`<${Text} text=${seller} />${" "}
      <button type="button" class="link" onClick=${() => go({ id: known.listing_id, filters: { brand: "", min_risk: "", seller } })}>only this seller</button>`, ["seller_id"]],
    ["Seller rating", listing.seller_rating, ["seller_rating"]],
    ["Seller since", listing.seller_created_at && date(listing.seller_created_at), ["seller_created_at"]],
    ["Ships from", listing.ship_from, ["ship_from"]],
    ["Marketplace", latest.marketplace && html`<${Text} text=${latest.marketplace} />`, ["marketplace"]],
    ["Listed", listing.created_at && time(listing.created_at), ["created_at"]],
    ["GTIN", listing.gtin, ["gtin"]],
    ["Pictures", listing.image_urls?.length, ["image_urls"]],
    ["Listing id", html`<${Text} text=${known.listing_id} />`],
    ["Page", latest.url && html`<${Address} text=${latest.url} />`, ["url"]],
    ["Scored", `${time(latest.scored_at)}, policy ${latest.policy}`],
    ["Job", html`<code>${latest.job_id}</code>`],
    ["Hash of what was scored", html`<code>${latest.input}</code>`],
  ];
  const isMeant = (names) => names?.some((name) => active.some((number) => latest.reasons[number]?.field === name));
  return html`<section class="known" aria-labelledby="facts-title"><h3 id="facts-title">Facts</h3>
    <dl class="facts">${facts.filter(([, value]) => value).map(([name, value, fields]) =>
      html`<div key=${name} class=${`${isMeant(fields) ? "active" : ""}${WIDE.includes(name) ? " wide" : ""}`}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}

export const Issues = ({ issues }) => issues.length > 0 && html`<section aria-labelledby="issues-title">
  <h3 id="issues-title">Not understood</h3>
  <ul class="issues">${issues.map((issue) => html`<li><${Text} text=${issue.detail} /> <span class="signal">${issue.code}</span></li>`)}</ul>
</section>`;

export const History = ({ latest, history }) => history.length > 0 && html`<section aria-labelledby="history-title">
  <h3 id="history-title">Former scores</h3>
  <table class="plain-table"><thead><tr><th scope="col">Scored</th><th scope="col">Band</th><th scope="col">Policy</th>
    <th scope="col" class="number">Log odds</th><th scope="col" class="number">Risk</th></tr></thead>
  <tbody>${[latest, ...history].map((one, n) => html`<tr key=${n}><td>${time(one.scored_at)}${n === 0 ? " (now)" : ""}</td><td>${BANDS[one.band]}</td>
    <td><code>${one.policy}</code></td><td class="number">${signed(one.log_odds)}</td><td class="number">${risk(one.risk)}</td></tr>`)}</tbody></table>
</section>`;

export const Reviews = ({ reviews }) => reviews?.length > 0 && html`<section aria-labelledby="reviews-title">
  <h3 id="reviews-title">Decisions</h3>
  <ul class="reviews">${reviews.map((one) => html`<li key=${one.review_id} class=${one.withdrawn_at ? "withdrawn" : ""}>
    <b>${one.decision}</b> by <${Text} text=${one.reviewer} />, ${time(one.reviewed_at)}, at a risk of ${risk(one.result.risk)}
    ${one.withdrawn_at && html`${" "}<span class="signal">taken back ${time(one.withdrawn_at)}</span>`}
    ${one.note && html`<p class="note-text"><${Text} text=${one.note} /></p>`}
  </li>`)}</ul>
</section>`;

export const Similar = ({ entry, id }) => {
  const others = entry ? [entry, ...entry.similar].filter((one) => one.listing_id !== id) : [];
  if (others.length === 0) return null;
  const hidden = entry.similar_count - entry.similar.length;
  return html`<section aria-labelledby="similar-title"><h3 id="similar-title">Nearly the same, of the same brand</h3>
    <ul class="similar-list">${others.map((one) => html`<li key=${one.listing_id}><span class="number">${risk(one.risk)}</span>
      <span><a href=${to({ id: one.listing_id })}><${Text} text=${one.title} /></a> <span class="signal">${one.listing_id}${one.seller_id ? `, seller ${one.seller_id}` : ""}</span></span></li>`)}</ul>
    ${hidden > 0 && html`<p class="aside">and ${hidden} more</p>`}
  </section>`;
};

/** As text always, and as a link only where a browser would fetch a page and nothing else. */
function Address({ text }) {
  const address = webAddress(text);
  if (!address) return html`<${Text} text=${text} />`;
  return html`<a href=${address} target="_blank" rel="noopener noreferrer nofollow"><${Text} text=${text} /></a>`;
}
