// What is to be looked at next? The part of the queue that was loaded, and how it changes as people decide.

import { ask } from "./api.js";
import { sentence } from "./messages.js";
import { go } from "./route.js";
import { change, read } from "./store.js";

/** Groups of one page: a screen and a half. */
const PAGE = 30;
/** When so few are left behind the current one, the next page is fetched. */
const LEFT_MIN = 8;

/** Ids that were decided here: the endpoint may not have heard of it yet. */
const settled = new Set();
let loading = new AbortController();

/** `of` says which filters it was asked with. */
export const NOTHING = { of: "", entries: [], cursor: null, status: "idle", problem: "" };

export const named = (filters) => JSON.stringify(filters);

/** Loads the queue from its beginning, as the filters are. */
export function reload() {
  loading.abort();
  loading = new AbortController();
  return page({ ...NOTHING, entries: [] }, loading.signal);
}

/** Loads the next page. */
export function more() {
  const { queue } = read();
  if (queue.cursor && queue.status !== "loading") return page(queue, loading.signal);
  return undefined;
}

export const indexOf = (id) => read().queue.entries.findIndex((entry) => entry.listing_id === id);

/** The entry of a listing, or the one under which it is counted as similar. */
export function entryOf(id) {
  const { entries } = read().queue;
  const isSimilar = (entry) => entry.similar.some((one) => one.listing_id === id);
  return entries.find((entry) => entry.listing_id === id) ?? entries.find(isSimilar) ?? null;
}

/** Goes to the entry so many steps further; more are loaded before they are needed. */
export async function step(by) {
  const { queue, route } = read();
  const at = indexOf(route.id);
  const wanted = at < 0 ? 0 : at + by;
  if (wanted >= queue.entries.length && queue.cursor) await more();
  const { entries } = read().queue;
  if (read().route.id !== route.id) return; // somebody went elsewhere meanwhile
  open(entries[Math.min(Math.max(wanted, 0), entries.length - 1)]?.listing_id);
}

/** Opens a listing, or none, and moves the focus to it. */
export function open(id) {
  const { route, wide } = read();
  go({ id: id ?? null }, { replace: wide || Boolean(route.id) });
  change({ focus: { on: id ? "listing" : "queue", key: Math.random() } });
  if (read().queue.entries.length - indexOf(id) <= LEFT_MIN) more();
}

/** Takes a decided listing out; the next of its group takes its place. Gives what is needed to put it back, and what comes next. */
export function take(id) {
  settled.add(id);
  const { queue } = read();
  const at = indexOf(id);
  if (at < 0) {
    const entries = queue.entries.map((entry) => withoutSimilar(entry, id));
    change({ queue: { ...queue, entries } });
    return { next: entryOf(id)?.listing_id ?? entries[0]?.listing_id, undo: { at: 0, entry: null } };
  }
  const entry = queue.entries[at];
  const entries = queue.entries.toSpliced(at, 1, ...promoted(entry));
  change({ queue: { ...queue, entries } });
  return { next: (entries[at] ?? entries[at - 1])?.listing_id, undo: { at, entry } };
}

/** Puts a listing back where it was. */
export function putBack(id, { at, entry }) {
  settled.delete(id);
  const { queue } = read();
  if (!entry || indexOf(id) >= 0) return;
  const now = queue.entries.findIndex((one) => one.group === entry.group);
  const back = entry.similar.reduce((all, one) => (settled.has(one.listing_id) ? withoutSimilar(all, one.listing_id) : all), entry);
  const entries = now < 0 ? queue.entries.toSpliced(Math.min(at, queue.entries.length), 0, back) : queue.entries.toSpliced(now, 1, back);
  change({ queue: { ...queue, entries } });
}

/** Shows a decision that leaves the listing in the queue. Gives what comes next. */
export function mark(id, review) {
  const { queue } = read();
  const at = indexOf(id);
  if (at < 0) return undefined;
  change({ queue: { ...queue, entries: queue.entries.with(at, { ...queue.entries[at], review }) } });
  return queue.entries[at + 1]?.listing_id;
}

async function page(before, signal) {
  const { filters } = read().route;
  const given = Object.entries({ ...filters, limit: String(PAGE), cursor: before.cursor ?? "" }).filter(([, value]) => value);
  const of = named(filters);
  change({ queue: { ...before, of, status: "loading", problem: "" } });
  try {
    const { body } = await ask("GET", `/v1/queue?${new URLSearchParams(given)}`, { signal });
    signal.throwIfAborted();
    const { queue } = read(); // decisions may have changed it meanwhile
    const known = new Set([...settled, ...queue.entries.map((entry) => entry.listing_id)]);
    const added = body.entries.filter((entry) => !known.has(entry.listing_id));
    const entries = [...queue.entries, ...added.map((entry) => ({ ...entry, group: entry.listing_id }))];
    change({ queue: { of, entries, cursor: body.cursor, status: "ready", problem: "" } });
    // The work of one call is bounded: with a rare filter a page may be empty and more come behind it.
    if (added.length === 0 && body.cursor) await page(read().queue, signal);
  } catch (error) {
    if (!signal.aborted) change({ queue: { ...read().queue, status: "failed", problem: sentence(error) } });
  }
}

/** What stands in the place of a group when its first listing is decided: the next one, as far as it is known. */
function promoted(entry) {
  const [first, ...similar] = entry.similar;
  if (!first) return [];
  const { thresholds } = read().policy ?? { thresholds: { review: 40, red_flag: 80 } };
  const band = first.risk >= thresholds.red_flag ? "red_flag" : first.risk >= thresholds.review ? "review" : "clear";
  const unknown = { seller_name: null, price: null, currency: null, expected_harm: null, log_odds: null, review: null };
  return [{ ...entry, ...unknown, ...first, band, similar, similar_count: entry.similar_count - 1 }];
}

function withoutSimilar(entry, id) {
  const similar = entry.similar.filter((one) => one.listing_id !== id);
  return similar.length === entry.similar.length ? entry : { ...entry, similar, similar_count: entry.similar_count - 1 };
}
