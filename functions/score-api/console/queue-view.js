// How is the queue shown? Filters, and a row for each group of listings.

import { usePlace } from "./focus.js";
import { BANDS, count, harm, price, risk } from "./format.js";
import { html } from "./html.js";
import { useEffect, useMemo, useRef } from "./preact-hooks.js";
import { more, named, reload } from "./queue.js";
import { NO_FILTERS, go, to } from "./route.js";
import { Text } from "./words.js";

export function Queue({ state }) {
  const { queue, route, policy, focus } = state;
  const { entries, cursor, status } = queue;
  const place = usePlace("queue", focus);
  const isLoading = status === "loading";
  const rows = useRows(entries, route, policy?.brands, place);
  return html`<section class="queue" aria-labelledby="queue-title" aria-busy=${isLoading}>
    <div class="queue-head">
      <h2 id="queue-title" ref=${entries.length ? undefined : place} tabindex="-1">Queue</h2>
      <p class="aside">${counted(queue)}</p>
      <button type="button" class="quiet" onClick=${reload}>Reload</button>
    </div>
    <${Filters} filters=${route.filters} brands=${policy?.brands ?? []} focus=${focus} />
    <ol class="rows" aria-labelledby="queue-title">${rows}</ol>
    ${status === "failed" && html`<div class="failure" role="alert"><p>${queue.problem}</p>
      <p class="actions"><button type="button" onClick=${entries.length ? more : reload}>Try again</button></p></div>`}
    ${isLoading && html`<p class="aside loading">Loading\u2026</p>`}
    ${status === "ready" && cursor && html`<button type="button" class="more" onClick=${more}>Load more</button>`}
    ${status === "ready" && !cursor && html`<p class="aside end">${end(entries, route.filters)}</p>`}
  </section>`;
}

/** Rows that stay as they are are drawn once: a step through thousands of them changes two. */
function useRows(entries, route, brands, place) {
  const drawn = useMemo(() => new WeakMap(), [named(route.filters), brands]);
  return useMemo(() => entries.map((entry) => {
    const isCurrent = entry.listing_id === route.id;
    const isPlace = isCurrent || (!route.id && entry === entries[0]);
    const row = (!isPlace && drawn.get(entry)) || html`<${Row} key=${entry.listing_id} entry=${entry} isCurrent=${isCurrent}
      brands=${brands} filters=${route.filters} place=${isPlace ? place : null} />`;
    if (!isPlace) drawn.set(entry, row);
    return row;
  }), [entries, route.id, drawn]);
}

function Row({ entry, isCurrent, brands, filters, place }) {
  const self = useRef(null);
  useEffect(() => {
    if (isCurrent) self.current.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  const link = (element) => {
    self.current = element;
    if (place) place.current = element;
  };
  const content = useMemo(() => html`
    <span class="risk"><b>${risk(entry.risk)}</b><span class="band">${BANDS[entry.band]}</span></span>
    <span class="what">
      <span class="title"><${Text} text=${entry.title} /></span>
      <span class="line">
        ${entry.brand && html`<span>${brandName(brands, entry.brand)}</span>`}
        ${entry.price != null && html`<span class="amount">${price(entry.price, entry.currency)}</span>`}
        ${(entry.seller_name ?? entry.seller_id) && html`<span class="seller"><${Text} text=${entry.seller_name ?? entry.seller_id} /></span>`}
      </span>
    </span>
    <span class="stakes">
      ${entry.expected_harm != null && html`<span class="harm"><span class="unseen-label">Expected harm </span>${harm(entry.expected_harm)}</span>`}
      ${entry.similar_count > 0 && html`<span class="similar">+${count(entry.similar_count)} similar</span>`}
      ${entry.review?.decision && html`<span class="decided">${entry.review.decision}</span>`}
    </span>`, [entry, brands]);
  return html`<li class=${entry.band}>
    <a ref=${link} href=${to({ id: entry.listing_id, filters })} aria-current=${isCurrent ? "true" : undefined}>${content}</a>
  </li>`;
}

function Filters({ filters, brands, focus }) {
  const place = usePlace("filters", focus);
  const set = (members) => go({ filters: { ...filters, ...members } });
  const isFiltered = Object.values(filters).some(Boolean);
  return html`<form class="filters" role="search" aria-label="Filter the queue" onSubmit=${(event) => event.preventDefault()}>
    <label class="brand">Brand
      <select ref=${place} value=${filters.brand} onChange=${(event) => set({ brand: event.currentTarget.value })}>
        <option value="">all</option>
        ${brands.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}
      </select></label>
    <label class="seller">Seller id
      <input type="text" autocomplete="off" spellcheck="false" value=${filters.seller}
        onChange=${(event) => set({ seller: event.currentTarget.value.trim() })} /></label>
    <label class="min">Risk from
      <input type="number" min="0" max="100" step="1" inputmode="decimal" value=${filters.min_risk}
        onChange=${(event) => event.currentTarget.validity.valid && set({ min_risk: event.currentTarget.value })} /></label>
    ${isFiltered && html`<button type="button" class="quiet" onClick=${() => set(NO_FILTERS)}>Clear</button>`}
  </form>`;
}

export const brandName = (brands, id) => brands?.find((brand) => brand.id === id)?.name ?? id;

function counted({ entries, cursor, status }) {
  if (status === "loading" && entries.length === 0) return "";
  return `${count(entries.length)}${cursor ? " loaded" : ""}, greatest expected harm first`;
}

function end(entries, filters) {
  if (entries.length > 0) return "That is the whole queue.";
  return Object.values(filters).some(Boolean) ? "Nothing in the queue fits the filters." : "The queue is empty: there is nothing to decide.";
}
