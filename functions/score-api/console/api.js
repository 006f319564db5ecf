// How does the page talk to the endpoint? With the token, and with patience where the endpoint asks for it.

import { token } from "./session.js";

const ATTEMPTS_MAX = 4;

/** What the endpoint refused, as its problem document says it. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `the endpoint answered ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/** Told when the endpoint asks to wait, with the seconds; and with 0 when that is over. */
export const waiting = { told: () => {} };

/** Calls the endpoint; gives the parsed body and the entity tag. */
export async function call(method, path, { body, headers = {} } = {}) {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(path, {
      method,
      headers: {
        Authorization: `Bearer ${token() ?? ""}`,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return { body: answer, etag: response.headers.get("ETag") };
    const wait = Number(response.headers.get("Retry-After"));
    if (![409, 429, 503].includes(response.status) || !wait || attempt === ATTEMPTS_MAX) {
      throw new Refused(response.status, answer);
    }
    waiting.told(wait);
    await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    waiting.told(0);
  }
}

/** The path of a listing. Ids with signs that gateways decode go as base64 behind a tilde. */
export function listingPath(id, rest = "") {
  if (/^[A-Za-z0-9._-]+$/.test(id)) return `/v1/listings/${id}${rest}`;
  const bytes = Array.from(new TextEncoder().encode(id), (byte) => String.fromCharCode(byte)).join("");
  const encoded = btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `/v1/listings/~${encoded}${rest}`;
}
