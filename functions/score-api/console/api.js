// How is the endpoint asked? With the token, and again after a while when it says that it is busy.

import { token } from "./session.js";

/** Times that a busy endpoint is asked. */
const TRIES_MAX = 6;
/** Longest wait between them, whatever the endpoint says. */
const WAIT_MAX_SECONDS = 60;
/** The endpoint itself gives up after 20 seconds, the gateway after 30. */
const ANSWER_MAX_MS = 35_000;

/** The endpoint, or the way to it, said no. `status` is 0 when there was no answer. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `The endpoint answered with status ${status}.`);
    this.status = status;
    this.code = problem.code ?? "";
    this.problem = problem;
  }
}

/** Who hears of waits (in seconds; 0 when over) and of a token that is not accepted. */
export const listener = { waits: () => {}, signedOut: () => {} };

/** Asks, and gives `{ body, etag }`. Only for what may be sent twice: reads, and writes with `If-Match` or a key. */
export async function ask(method, path, { body, headers, signal } = {}) {
  for (let tries = 1; ; tries += 1) {
    const { response, answer } = await send(method, path, { body, headers, signal });
    if (response.ok) return { body: answer, etag: response.headers.get("etag") };
    const wait = secondsToWait(response, tries);
    if (!wait || tries === TRIES_MAX) {
      if (response.status === 401) listener.signedOut();
      throw new Refused(response.status, answer ?? {});
    }
    listener.waits(wait);
    try {
      await pause(wait * 1000, signal);
    } finally {
      listener.waits(0);
    }
  }
}

/** The path of a listing. Gateways decode paths, so an id with other than plain letters goes as `~` and base64. */
export function listingPath(id, rest = "") {
  if (/^[A-Za-z0-9._-]+$/.test(id) && !/^\.+$/.test(id)) return `/v1/listings/${id}${rest}`;
  const bytes = Array.from(new TextEncoder().encode(id), (byte) => String.fromCharCode(byte)).join("");
  const base64 = btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `/v1/listings/~${base64}${rest}`;
}

/** A name that nothing else has. */
export const uniqueName = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Waits; an abort ends it with an error. */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

async function send(method, path, { body, headers, signal }) {
  const limit = AbortSignal.timeout(ANSWER_MAX_MS);
  const json = body === undefined ? {} : { "content-type": "application/json" };
  try {
    const response = await fetch(path, {
      method,
      headers: { accept: "application/json", authorization: `Bearer ${token()}`, ...json, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      cache: "no-store",
    });
    return { response, answer: await parsed(response) };
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refused(0, { code: "network", detail: "The endpoint cannot be reached." });
  }
}

async function parsed(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return null; // a gateway's own page
  }
}

function secondsToWait(response, tries) {
  const given = response.headers.get("retry-after");
  if (![429, 503].includes(response.status) && !(response.status === 409 && given)) return 0;
  const seconds = Number(given) || (Date.parse(given ?? "") - Date.now()) / 1000 || 2 ** (tries - 1);
  return Math.min(Math.max(Math.ceil(seconds), 1), WAIT_MAX_SECONDS);
}
