// How is one listing shown? Its words with what speaks for and against it, and how to decide.

import { decide, withdrawStanding } from "./decisions.js";
import { Explained } from "./explain-view.js";
import { Facts, History, Issues, Reviews, Similar } from "./facts-view.js";
import { usePlace } from "./focus.js";
import { BANDS, harm, price, risk, time } from "./format.js";
import { html } from "./html.js";
import { load } from "./listings.js";
import { useEffect, useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { brandName } from "./queue-view.js";
import { entryOf } from "./queue.js";
import { Reasons } from "./reasons-view.js";
import { to } from "./route.js";
import { change } from "./store.js";
import { Marked, Text } from "./words.js";

const VERDICTS = [
  { verdict: "confirmed", label: "Confirm", key: "c", means: "counterfeit" },
  { verdict: "rejected", label: "Reject", key: "r", means: "no counterfeit" },
  { verdict: "unsure", label: "Unsure", key: "u", means: "pass it on" },
];

export function Listing({ state, id }) {
  const { listings, policy, focus, notes } = state;
  const known = listings[id] ?? { status: "loading" };
  const entry = entryOf(id);
  const isReady = known.status === "ready";
  const [active, onActive] = useState([]);
  const title = usePlace("listing", focus);
  const pane = useRef(null);
  useEffect(() => {
    load(id);
    onActive([]);
    pane.current.scrollTop = 0;
    if (!state.wide) scrollTo(0, 0);
  }, [id]);
  useLayoutEffect(() => {
    change({ shown: isReady ? id : null });
  }, [id, isReady]);
  const { latest } = known;
  const head = latest ?? (entry?.listing_id === id ? entry : null);
  const marks = { reasons: latest?.reasons ?? [], active, onActive };
  return html`<article class="listing" aria-labelledby="listing-title" aria-busy=${!isReady} ref=${pane}>
    <a class="back" href=${to({})}>Back to the queue</a>
    <header class=${`listing-head ${head?.band ?? ""}`}>
      ${head && html`<p class="risk"><b>${risk(head.risk)}</b><span class="band">${BANDS[head.band]}</span></p>`}
      <div>
        <h2 id="listing-title" ref=${title} tabindex="-1">${head
          ? latest ? html`<${Marked} field="title" text=${latest.listing?.title ?? latest.title} ...${marks} />` : html`<${Text} text=${head.title} />`
          : html`<${Text} text=${id} />`}</h2>
        ${head && html`<p class="line">
          ${head.brand && html`<span>${brandName(policy?.brands, head.brand)}</span>`}
          ${head.price != null && html`<span class="amount">${price(head.price, head.currency)}</span>`}
          ${head.seller_name && html`<span>by <${Text} text=${head.seller_name} /></span>`}
          ${entry?.expected_harm != null && entry.listing_id === id && html`<span>expected harm ${harm(entry.expected_harm)}</span>`}
        </p>`}
      </div>
    </header>
    ${known.status === "loading" && html`<p class="aside loading" role="status">Loading\u2026</p>`}
    ${known.status === "failed" && html`<div class="failure" role="alert"><p>${known.problem}</p>
      <p class="actions"><button type="button" onClick=${() => load(id, { anew: true })}>Try again</button></p></div>`}
    ${isReady && html`<${Standing} id=${id} review=${known.review} />
      <div class="columns">
        <${Description} latest=${latest} marks=${marks} />
        <div class="grounds">
          <${Reasons} latest=${latest} policy=${policy} active=${active} onActive=${onActive} />
          <${Explained} id=${id} explained=${known.explained} focus=${focus} />
          <${Issues} issues=${latest.issues} />
          <${Similar} entry=${entry} id=${id} />
          <${Reviews} reviews=${known.reviews} />
          <${History} latest=${latest} history=${known.history} />
        </div>
        <${Facts} known=${known} policy=${policy} active=${active} onActive=${onActive} />
      </div>`}
    <${Decide} id=${id} isReady=${isReady} note=${notes[id] ?? ""} notes=${notes} focus=${focus} />
  </article>`;
}

function Description({ latest, marks }) {
  const text = latest.listing?.description;
  return html`<section class="said" aria-labelledby="description-title"><h3 id="description-title">Description</h3>
    ${text ? html`<p class="description"><${Marked} field="description" text=${text} ...${marks} /></p>`
      : html`<p class="aside">${latest.listing ? "The seller wrote none." : "Texts are kept of flagged listings only."}</p>`}
  </section>`;
}

/** The decision that stands, by whomever. */
const Standing = ({ id, review }) => review.decision && html`<div class="standing">
  <p><b>${review.decision}</b> by <${Text} text=${review.reviewer ?? "somebody"} />, ${time(review.reviewed_at)}
    ${review.note && html`: \u201c<${Text} text=${review.note} />\u201d`}</p>
  <button type="button" class="quiet" onClick=${() => withdrawStanding(id)}>Take back</button></div>`;

function Decide({ id, isReady, note, notes, focus }) {
  const place = usePlace("note", focus);
  const write = (event) => change({ notes: { ...notes, [id]: event.currentTarget.value } });
  return html`<form class="decide" aria-label="Decide" onSubmit=${(event) => event.preventDefault()}>
    <label class="note"><span>Note <kbd>n</kbd></span>
      <input ref=${place} type="text" autocomplete="off" maxlength="500" value=${note} onInput=${write} aria-keyshortcuts="n" /></label>
    ${VERDICTS.map(({ verdict, label, key, means }) => html`<button type="button" key=${verdict} class=${verdict} disabled=${!isReady}
      aria-keyshortcuts=${key} onClick=${() => decide(verdict)}><span class="label">${label} <kbd>${key}</kbd></span><span class="means">${means}</span></button>`)}
  </form>`;
}
