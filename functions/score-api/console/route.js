// Where in the console are we? The part of the address behind `#`, so that views can be linked to and the back button works.

import { change, read } from "./store.js";

const FILTERS = ["brand", "seller", "min_risk"];
export const NO_FILTERS = { brand: "", seller: "", min_risk: "" };

/** `#/`, `#/listing/A-17`, `#/jobs`, each with the filters of the queue as a query. */
export function parse(hash) {
  const [path, query] = hash.replace(/^#\/?/, "").split("?");
  const given = new URLSearchParams(query);
  const filters = Object.fromEntries(FILTERS.map((name) => [name, given.get(name) ?? ""]));
  const [view, id] = path.split("/");
  if (view === "jobs") return { view, id: null, filters };
  return { view: "queue", id: view === "listing" ? decoded(id) : null, filters };
}

export function format({ view, id, filters }) {
  const path = view === "jobs" ? "jobs" : id ? `listing/${encodeURIComponent(id)}` : "";
  const query = new URLSearchParams(FILTERS.filter((name) => filters[name]).map((name) => [name, filters[name]]));
  return `#/${path}${query.size ? `?${query}` : ""}`;
}

/** The address of another view, with the filters as they are. */
export const to = (members) => format({ ...read().route, view: "queue", id: null, ...members });

/** Goes there. Steps through the queue replace each other, so that "back" leads out of it. */
export function go(members, { replace = false } = {}) {
  const address = to(members);
  if (address === location.hash) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  change({ route: parse(address) });
}

function decoded(text) {
  try {
    return decodeURIComponent(text ?? "") || null;
  } catch {
    return text;
  }
}
