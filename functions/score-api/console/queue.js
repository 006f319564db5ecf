// What is to be reviewed? The list, with its filters.

import { html } from "./vendor/preact-htm.js";
import { bandName, dollars, plural, price, risk } from "./format.js";

export function Filters({ filters, brands, onChange }) {
  const change = (event) => {
    const form = new FormData(event.currentTarget);
    onChange(Object.fromEntries(["brand", "seller", "min_risk"].map((name) => [name, form.get(name)])));
  };
  const submit = (event) => {
    event.preventDefault();
    change(event);
  };
  return html`<form class="filters" role="search" aria-label="Filter the queue" onSubmit=${submit} onChange=${change}>
    <label>Brand
      <select name="brand" id="filter" value=${filters.brand}>
        <option value="">all</option>
        ${brands.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
      </select>
    </label>
    <label>Seller <input name="seller" value=${filters.seller} autocomplete="off" /></label>
    <label>Risk from <input name="min_risk" type="number" min="0" max="100" step="5" value=${filters.min_risk} /></label>
  </form>`;
}

export function Queue({ entries, cursor, selected, loading, onSelect, onMore }) {
  if (!entries.length) {
    return html`<p class="empty">${loading ? "Loading the queue." : "Nothing to review here. Drop an export on this page to score it."}</p>`;
  }
  return html`<ol class="queue" aria-label="Listings to review, greatest expected harm first">
    ${entries.map((entry) => html`<li key=${entry.listing_id}>
      <button type="button" class="entry" aria-current=${entry.listing_id === selected ? "true" : undefined}
        onClick=${() => onSelect(entry.listing_id)}>
        <span class=${`risk ${entry.band}`}><b>${risk(entry.risk)}</b><small>${bandName[entry.band]}</small></span>
        <span class="what">
          <span class="title">${entry.title}</span>
          <span class="facts">
            ${[entry.brand, price(entry), entry.seller_name ?? entry.seller_id].filter(Boolean).join(" \u00b7 ")}
            ${entry.similar_count > 0 && html` <span class="tag">+${entry.similar_count} similar</span>`}
            ${entry.review?.decision === "unsure" && html` <span class="tag">unsure: ${entry.review.reviewer}</span>`}
          </span>
        </span>
        <span class="harm" title="Expected harm: probability times price">${dollars(entry.expected_harm)}</span>
      </button>
    </li>`)}
  </ol>
  ${cursor && html`<button type="button" class="more" onClick=${onMore} disabled=${loading}>${loading ? "Loading" : `More after these ${plural(entries.length, "entry").replace("entrys", "entries")}`}</button>`}`;
}
