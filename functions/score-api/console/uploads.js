// How does an export get from this page to its results? Asked for, sent to the bucket, and its job followed to the end.

import { ask, pause } from "./api.js";
import { count, counted, fileName } from "./format.js";
import { sentence, toast } from "./messages.js";
import { reload } from "./queue.js";
import { go } from "./route.js";
import { change, read } from "./store.js";

/** First and longest wait between two looks at a job, and how much longer each is than the one before. */
const LOOK = { first_ms: 250, most_ms: 5_000, growth: 1.5 };
/** Looks that may fail in a row before a job is given up. */
const FAILURES_MAX = 8;
/** Jobs in the list. */
const JOBS_MAX = 30;

let last = 0;
let line = Promise.resolve();

/** Uploads files, one after the other. */
export function upload(files) {
  for (const file of files) {
    last += 1;
    const key = last;
    const stop = new AbortController();
    const cancel = () => stop.abort();
    const one = { key, name: file.name, bytes: file.size, sent: 0, stage: "waiting", problem: "", job: null, cancel };
    change({ uploads: [one, ...read().uploads] });
    line = line.then(() => bring(key, file, stop.signal));
  }
}

/** Loads the list of recent jobs. */
export async function loadJobs() {
  change({ jobs: { ...read().jobs, status: "loading" } });
  try {
    const { body } = await ask("GET", `/v1/jobs?limit=${JOBS_MAX}`);
    change({ jobs: { list: body.jobs, status: "ready", problem: "" } });
  } catch (error) {
    change({ jobs: { ...read().jobs, status: "failed", problem: sentence(error) } });
  }
}

/** Follows a job again that was given up. */
export const followAgain = (key) => follow(key, find(key).objectKey, new AbortController().signal);

export const isUnderWay = (upload) => ["waiting", "asking", "sending"].includes(upload.stage);

async function bring(key, file, signal) {
  if (signal.aborted) return update(key, { stage: "cancelled" });
  try {
    update(key, { stage: "asking" });
    const body = { name: file.name, bytes: file.size, content_type: file.type || "application/octet-stream" };
    const { body: place } = await ask("POST", "/v1/uploads", { body, signal });
    update(key, { stage: "sending", objectKey: place.key });
    await send(place, file, signal, (sent) => update(key, { sent }));
    update(key, { stage: "queued", sent: file.size });
    follow(key, place.key, signal); // the next file need not wait for it
  } catch (error) {
    if (signal.aborted) return update(key, { stage: "cancelled" });
    update(key, { stage: "failed", problem: sentence(error) });
  }
  return undefined;
}

/** `fetch` does not tell how much has been sent. */
function send({ method, url, headers }, file, signal, onSent) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) {
      // The browser sets these itself and warns of others who do.
      if (!["content-length", "host"].includes(name.toLowerCase())) request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => onSent(event.loaded);
    const failed = (text) => () => reject(new Error(text));
    request.onerror = failed("The upload broke off, or the bucket does not take uploads from this page.");
    request.ontimeout = request.onerror;
    request.onabort = failed("The upload was cancelled.");
    request.onload = () => (request.status < 300 ? resolve() : failed(`The bucket refused the upload with status ${request.status}.`)());
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

async function follow(key, objectKey, signal) {
  let [wait, failures] = [LOOK.first_ms, 0];
  update(key, { stage: "queued", problem: "" });
  for (;;) {
    await pause(wait);
    wait = Math.min(wait * LOOK.growth, LOOK.most_ms);
    try {
      const { body } = await ask("GET", `/v1/jobs?${new URLSearchParams({ key: objectKey, limit: "1" })}`, { signal });
      failures = 0;
      const job = body.jobs[0];
      if (!job) continue; // the bucket's event is on its way
      update(key, { stage: job.state === "running" ? "scoring" : job.state, job });
      if (job.state !== "running") return ended(job);
    } catch (error) {
      failures += 1;
      if (error.status === 401 || failures === FAILURES_MAX) return update(key, { stage: "lost", problem: sentence(error) });
    }
  }
}

function ended(job) {
  const name = fileName(job.key);
  if (job.state === "done") {
    const { scored, bands } = job.summary ?? { scored: 0, bands: { red_flag: 0, review: 0 } };
    const review = () => {
      reload();
      go({ id: null });
      change({ focus: { on: "queue", key: Math.random() } });
    };
    toast(`${name}: ${count(scored)} scored, ${counted(bands.red_flag, "red flag")}, ${count(bands.review)} to review.`, { label: "Show the queue", run: review });
    if (read().route.view === "jobs") reload();
  } else {
    toast(`${name} could not be scored: ${job.failure?.detail ?? "no reason is known"}.`);
  }
  loadJobs();
}

const find = (key) => read().uploads.find((upload) => upload.key === key);

const update = (key, members) =>
  change({ uploads: read().uploads.map((upload) => (upload.key === key ? { ...upload, ...members } : upload)) });
