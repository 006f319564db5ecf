// What is known of a listing? Answers of the endpoint, kept for a while, with the tags that decisions are made on.

import { ask, listingPath } from "./api.js";
import { sentence } from "./messages.js";
import { change, read } from "./store.js";

/** An answer that is older is asked for again when its listing is opened. */
const FRESH_MS = 60_000;
/** Listings kept. */
const KEPT_MAX = 60;

const underWay = new Map();

/** Loads a listing unless it is known. `anew` asks in any case. */
export function load(id, { anew = false } = {}) {
  const known = read().listings[id];
  if (!anew && underWay.has(id)) return underWay.get(id);
  if (!anew && known?.status === "ready" && Date.now() - known.at < FRESH_MS) return Promise.resolve();
  keep(id, known?.status === "ready" && !anew ? known : { status: "loading" });
  const loading = fetched(id).finally(() => underWay.delete(id));
  underWay.set(id, loading);
  return loading;
}

/** What changes for a listing by a decision or its withdrawal. */
export function reviewed(id, review, etag) {
  const known = read().listings[id];
  if (known?.status !== "ready") return;
  keep(id, { ...known, review, etag, at: Date.now() });
  loadReviews(id).catch(() => {}); // the list of former decisions is no loss
}

/** What would clear it? */
export async function explain(id) {
  const known = () => read().listings[id];
  await load(id);
  if (known()?.status !== "ready" || known().explained?.status === "loading") return;
  keep(id, { ...known(), explained: { status: "loading" } });
  let explained;
  try {
    const { body } = await ask("GET", listingPath(id, "/explain"));
    explained = { status: "ready", ...body };
  } catch (error) {
    explained = { status: "failed", problem: sentence(error) };
  }
  if (known()?.status !== "ready") return;
  keep(id, { ...known(), explained });
  if (read().route.id === id) change({ focus: { on: "explained", key: Math.random() } });
}

async function fetched(id) {
  try {
    const { body, etag } = await ask("GET", listingPath(id));
    keep(id, { status: "ready", at: Date.now(), etag, reviews: null, explained: null, ...body });
    if (body.review.version > 0) await loadReviews(id);
  } catch (error) {
    keep(id, { status: "failed", problem: sentence(error), isMissing: error.status === 404 });
  }
}

async function loadReviews(id) {
  const { body } = await ask("GET", listingPath(id, "/reviews"));
  const known = read().listings[id];
  if (known?.status === "ready") keep(id, { ...known, reviews: body.reviews });
}

function keep(id, known) {
  const { [id]: former, ...others } = read().listings;
  const oldest = Object.keys(others).length >= KEPT_MAX ? Object.keys(others)[0] : null;
  if (oldest !== null) delete others[oldest];
  change({ listings: { ...others, [id]: known } });
}
