// How does an export get scored, and how far is it? Straight to the bucket, then the job is followed to its end.

import { html } from "./vendor/preact-htm.js";
import { call } from "./api.js";
import { plural, time } from "./format.js";

const POLL_FIRST_MS = 400;
const POLL_MAX_MS = 5000;

/** Uploads a file and follows its job; `tell` hears of every step. Ends with the job. */
export async function upload(file, tell) {
  tell({ name: file.name, state: "asking", share: 0 });
  const type = file.type || "application/octet-stream";
  const { body: signed } = await call("POST", "/v1/uploads", { body: { name: file.name, bytes: file.size, content_type: type } });
  await put(signed, file, (share) => tell({ name: file.name, state: "uploading", share }));
  tell({ name: file.name, state: "scoring", share: 1 });
  for (let pause = POLL_FIRST_MS; ; pause = Math.min(pause * 1.5, POLL_MAX_MS)) {
    const { body } = await call("GET", signed.job);
    const job = body.jobs[0];
    if (job && job.state !== "running") {
      tell({ name: file.name, state: job.state, share: 1, job });
      return job;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** XMLHttpRequest, because fetch does not tell how much it has sent. */
function put(signed, file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(signed.method, signed.url);
    // The browser sets the length itself and lets nobody else.
    for (const [name, value] of Object.entries(signed.headers)) if (name !== "content-length") request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => (request.status < 300 ? resolve() : reject(new Error(`the bucket refused the upload with ${request.status}`)));
    request.onerror = () => reject(new Error("the upload broke off"));
    request.send(file);
  });
}

const STATES = { asking: "asking for a place", uploading: "uploading", scoring: "scoring", done: "done", failed: "failed", error: "failed" };

export function Uploads({ uploads }) {
  if (!uploads.length) return null;
  return html`<ul class="uploads" aria-live="polite" aria-label="Uploads">
    ${uploads.map((one) => html`<li key=${one.id}>
      <b>${one.name}</b> <span>${STATES[one.state]}${one.state === "uploading" ? ` ${Math.round(one.share * 100)}%` : ""}</span>
      ${["asking", "uploading", "scoring"].includes(one.state) && html`<progress aria-label=${`Progress of ${one.name}`} ...${one.state === "scoring" ? {} : { value: one.share }} />`}
      ${one.job && html` <${Counts} job=${one.job} />`}
      ${one.problem && html` <span class="failure">${one.problem}</span>`}
    </li>`)}
  </ul>`;
}

function Counts({ job }) {
  const summary = job.summary;
  return html`${summary && html`<span>${plural(summary.scored, "listing")} scored, ${summary.bands.red_flag} red flag${summary.bands.red_flag === 1 ? "" : "s"}, ${summary.bands.review} to review${summary.rejected ? `, ${summary.rejected} rejected` : ""}</span>`}
    ${job.failure && html` <span class="failure">${job.failure.detail}</span>`}
    ${Object.keys(job.files).length > 0 && html` <span class="files">${["report.html", "scored.jsonl.zst", "rejects.jsonl", "summary.json"].map((name) => html` <a href=${job.files[name]} target="_blank" rel="noopener noreferrer">${name}</a>`)}</span>`}`;
}

export function Jobs({ jobs }) {
  if (!jobs) return html`<p class="empty">Loading jobs.</p>`;
  if (!jobs.length) return html`<p class="empty">No job today or yesterday. Drop an export on this page.</p>`;
  return html`<ul class="jobs" aria-label="Jobs of today and yesterday, newest first">
    ${jobs.map((job) => html`<li key=${job.job_id}><b>${job.key.split("/").pop()}</b> <span class="tag">${job.state}</span> <small>${time(job.started_at)}</small><br /><${Counts} job=${job} /></li>`)}
  </ul>`;
}
