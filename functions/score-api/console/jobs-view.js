// How are uploads and jobs shown? What is under way in this tab, and what has run lately.

import { bytes, count, counted, fileName, time } from "./format.js";
import { html } from "./html.js";
import { useEffect } from "./preact-hooks.js";
import { followAgain, isUnderWay, loadJobs, upload } from "./uploads.js";
import { Text } from "./words.js";

/** As long as a job of the list runs, it is loaded again so often. */
const RELOAD_MS = 4_000;

const FILES = [
  ["report.html", "Report"],
  ["scored.jsonl.zst", "Results"],
  ["rejects.jsonl", "Rejects"],
  ["summary.json", "Summary"],
];

export function Jobs({ state }) {
  const { uploads, jobs } = state;
  const runs = jobs.list.some((job) => job.state === "running");
  useEffect(() => {
    loadJobs();
  }, []);
  useEffect(() => {
    if (!runs) return undefined;
    const timer = setInterval(() => document.hidden || loadJobs(), RELOAD_MS);
    return () => clearInterval(timer);
  }, [runs]);
  const choose = (event) => {
    upload([...event.currentTarget.files]);
    event.currentTarget.value = ""; // so that the same file can be chosen again
  };
  return html`<section class="jobs" aria-labelledby="jobs-title">
    <h2 id="jobs-title">Score an export</h2>
    <div class="drop">
      <p>Drop a file anywhere on this page, or</p>
      <label class="choose primary"><input type="file" multiple onChange=${choose} />Choose a file</label>
      <p class="aside">CSV, TSV, JSON, JSON lines or a product feed in XML, plain or compressed with gzip or zstd.</p>
    </div>
    ${uploads.length > 0 && html`<ul class="uploads" aria-label="Uploads of this tab">${uploads.map((one) => html`<${Upload} key=${one.key} upload=${one} />`)}</ul>`}
    <div class="queue-head"><h2>Recent jobs</h2><p class="aside">today and yesterday, UTC</p>
      <button type="button" class="quiet" onClick=${loadJobs}>Reload</button></div>
    ${jobs.status === "failed" && html`<div class="failure" role="alert"><p>${jobs.problem}</p></div>`}
    ${jobs.status === "ready" && jobs.list.length === 0 && html`<p class="aside">There are none yet.</p>`}
    <ul class="job-list" aria-label="Recent jobs">${jobs.list.map((job) => html`<li key=${job.job_id}>
      <div class="job-name"><b><${Text} text=${fileName(job.key)} /></b>
        <span class="aside">${time(job.started_at)} <code>${job.job_id}</code></span></div>
      <${Outcome} job=${job} /></li>`)}</ul>
  </section>`;
}

function Upload({ upload: one }) {
  const { stage, job } = one;
  const isScored = stage === "queued" || stage === "scoring";
  const share = one.bytes > 0 ? one.sent / one.bytes : 0;
  return html`<li class=${stage}>
    <div class="job-name"><b><${Text} text=${one.name} /></b> <span class="aside">${bytes(one.bytes)}</span>
      <span class="stage" role="status">${stages(one)}</span>
      ${stage === "sending" && html`<span class="aside">${Math.floor(100 * share)}%</span>`}
      ${isUnderWay(one) && html`<button type="button" class="quiet" onClick=${one.cancel}>Cancel<span class="unseen-label"> ${one.name}</span></button>`}
      ${stage === "lost" && html`<button type="button" onClick=${() => followAgain(one.key)}>Follow again</button>`}
    </div>
    ${isUnderWay(one) && html`<progress aria-label=${`Upload of ${one.name}`} max="1" value=${share} />`}
    ${isScored && html`<progress aria-label=${`Scoring of ${one.name}`} />`}
    ${one.problem && html`<p class="problem">${one.problem}</p>`}
    ${job && !isScored && html`<${Outcome} job=${job} />`}
  </li>`;
}

const stages = ({ stage, job }) => ({
  waiting: "waiting for the one before",
  asking: "asking for a place",
  sending: "uploading",
  queued: "uploaded, waiting for its turn",
  scoring: `scoring${job?.hops ? `, continued ${job.hops === 1 ? "once" : `${job.hops} times`}` : ""}`,
  done: "done",
  failed: "failed",
  cancelled: "cancelled",
  lost: "the job was lost sight of",
})[stage];

/** Counts and files of a job that has ended, or why it has not. */
function Outcome({ job }) {
  if (job.state === "running") return html`<p class="aside">scoring since ${time(job.started_at)}</p>`;
  if (job.state === "failed") {
    return html`<p class="problem"><b>failed</b>: <${Text} text=${job.failure?.detail ?? "no reason is known"} /> <span class="signal">${job.failure?.code}</span></p>`;
  }
  const { summary, files } = job;
  const bands = summary?.bands;
  return html`
    ${bands && html`<${Bands} bands=${bands} />
      <p class="counts"><span class="red_flag"><b>${count(bands.red_flag)}</b> ${bands.red_flag === 1 ? "red flag" : "red flags"}</span>
        <span class="review"><b>${count(bands.review)}</b> to review</span> <span class="clear"><b>${count(bands.clear)}</b> clear</span>
        <span><b>${count(summary.rejected)}</b> rejected</span> <span class="aside">of ${counted(summary.rows, "row")} in ${Number(summary.seconds).toFixed(1)} s</span></p>`}
    <p class="files">${FILES.filter(([name]) => files?.[name]).map(([name, label]) => html`<a key=${name} href=${files[name]} target="_blank"
      rel="noopener noreferrer">${label}<span class="unseen-label"> of ${fileName(job.key)}</span></a>`)}</p>`;
}

function Bands({ bands }) {
  const total = bands.red_flag + bands.review + bands.clear || 1;
  let at = 0;
  return html`<svg class="bands" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
    ${["red_flag", "review", "clear"].map((band) => {
      const [x, width] = [at, (100 * bands[band]) / total];
      at += width;
      return html`<rect key=${band} class=${band} x=${x} width=${width} y="0" height="4" />`;
    })}</svg>`;
}
