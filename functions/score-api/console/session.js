// Who is signed in? The token of this tab, and how it gets here.

const KEY = "touchstone.token";
const IN_ADDRESS = "#token=";

export const token = () => sessionStorage.getItem(KEY);

export const keep = (token) => sessionStorage.setItem(KEY, token.trim());

export const forget = () => sessionStorage.removeItem(KEY);

/** Takes a token out of the address, where `touchstone serve` puts it, before anybody reads it over a shoulder or in the history. */
export function takeFromAddress() {
  if (!location.hash.startsWith(IN_ADDRESS)) return false;
  const given = location.hash.slice(IN_ADDRESS.length);
  history.replaceState(null, "", location.pathname + location.search);
  try {
    keep(decodeURIComponent(given));
  } catch {
    keep(given); // no percent-encoding after all
  }
  return true;
}
