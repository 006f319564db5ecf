// How is the text of a listing drawn, with the words marked that reasons point at?

import { html } from "./html.js";
import { segments } from "./highlight.js";
import { between, language, runs } from "./seller-text.js";

/** Text of a seller, without marks. Set apart, so that its direction of writing does not leak. */
export const Text = ({ text }) =>
  html`<bdi lang=${language(text)}>${runs(text).map(drawn)}</bdi>`;

/** A field of the listing. `active` are the reasons that are looked at; `onActive` hears when that changes. */
export function Marked({ field, text, reasons, active, onActive }) {
  const spans = reasons
    .map((reason, number) => ({ ...reason, reason: number }))
    .filter((reason) => reason.field === field);
  const all = runs(text);
  return html`<bdi lang=${language(text)}>${segments(text, spans).map((segment) => {
    const content = between(all, segment.start, segment.end).map(drawn);
    if (segment.reasons.length === 0) return content;
    const against = segment.reasons.some((number) => reasons[number].points > 0);
    const isActive = segment.reasons.some((number) => active.includes(number));
    return html`<mark key=${segment.start} class=${`${against ? "against" : "for"}${isActive ? " active" : ""}`} tabindex="0"
      data-reasons=${segment.reasons.join(" ")} aria-describedby=${segment.reasons.map(reasonId).join(" ")}
      onFocus=${() => onActive(segment.reasons)} onBlur=${() => onActive([])}
      onMouseEnter=${() => onActive(segment.reasons)} onMouseLeave=${() => onActive([])}>${content}</mark>`;
  })}</bdi>`;
}

/** Where the sentence of a reason stands, so that its words can refer to it. */
export const reasonId = (number) => `reason-${number}`;

const drawn = (run) => (run.name ? html`<code class="unseen" title=${run.name}>${run.shown}</code>` : run.shown);
