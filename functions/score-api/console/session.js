// Who is signed in? The token comes with the address or from the form, and stays in this tab.

const KEY = "touchstone-token";

/** Takes the token out of the address, where it would be copied along with a link. */
export function takeFromAddress() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!given) return;
  sessionStorage.setItem(KEY, given);
  history.replaceState(null, "", location.pathname + location.search);
}

export const token = () => sessionStorage.getItem(KEY);
export const signIn = (given) => sessionStorage.setItem(KEY, given.trim());
export const signOut = () => sessionStorage.removeItem(KEY);
