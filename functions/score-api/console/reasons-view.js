// Why is the risk what it is? Points as bars that begin where the one before ended, from the base to the log odds.

import { risk, signed } from "./format.js";
import { html } from "./html.js";
import { Text, reasonId } from "./words.js";

export function Reasons({ latest, policy, active, onActive }) {
  const rows = steps(latest, policy);
  const places = rows.flatMap(({ from, to }) => [from, to]);
  const [least, most] = [Math.min(...places, 0), Math.max(...places, 0)];
  const scale = (value) => (100 * (value - least)) / (most - least || 1);
  return html`<section class="why" aria-labelledby="why-title">
    <h3 id="why-title">Why</h3>
    <table class="reasons">
      <thead><tr><th scope="col">Reason</th><th scope="col" class="bars">Adds up</th><th scope="col" class="number">Points</th></tr></thead>
      <tbody>${rows.map((row) => html`<${Row} key=${row.key} row=${row} scale=${scale} active=${active} onActive=${onActive} />`)}</tbody>
      <tfoot><tr><th scope="row">Log odds, a risk of <b>${risk(latest.risk)}</b></th>
        <td class="bars"><${Bar} from=${0} to=${latest.log_odds} kind="sum" scale=${scale} /></td>
        <td class="number">${signed(latest.log_odds)}</td></tr></tfoot>
    </table>
  </section>`;
}

function Row({ row, scale, active, onActive }) {
  const { number, reason, points, from, to } = row;
  const bar = html`<td class="bars"><${Bar} from=${from} to=${to} kind=${row.kind} scale=${scale} /></td>
    <td class="number">${signed(points)}</td>`;
  if (!reason) return html`<tr class="plain"><td>${row.text}</td>${bar}</tr>`;
  const hear = { onMouseEnter: () => onActive([number]), onMouseLeave: () => onActive([]) };
  const focus = { onFocus: () => onActive([number]), onBlur: () => onActive([]) };
  return html`<tr class=${active.includes(number) ? "active" : ""} ...${hear}>
    <td><button type="button" class="reason" id=${reasonId(number)} ...${focus} onClick=${() => show(number)}><${Text} text=${reason.why} /></button>
      <span class="signal">${reason.signal}${reason.rule ? ` (${reason.rule})` : ""} in ${reason.field}</span></td>${bar}</tr>`;
}

function Bar({ from, to, kind, scale }) {
  const [left, right] = [scale(Math.min(from, to)), scale(Math.max(from, to))];
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <line class="zero" x1=${scale(0)} x2=${scale(0)} y1="0" y2="8" />
    <rect class=${kind} x=${left} width=${Math.max(right - left, 0.8)} y="0" height="8" /></svg>`;
}

/** Base, reasons, and what the endpoint did not list, as steps from 0 to the log odds. In thousandths, so that they add up exactly. */
function steps(latest, policy) {
  const milli = (value) => Math.round(value * 1000);
  const listed = latest.reasons.reduce((sum, reason) => sum + milli(reason.points), 0);
  const total = milli(latest.log_odds);
  // The base of another policy is not known here; then whatever is not listed is taken for it.
  const base = policy?.policy === latest.policy ? milli(policy.base) : total - listed;
  const rest = total - listed - base;
  let at = 0;
  const step = (points, members) => {
    const from = at;
    at += points;
    const kind = points < 0 ? "for" : "against";
    return { points: points / 1000, from: from / 1000, to: at / 1000, kind, ...members };
  };
  return [
    step(base, { key: "base", kind: "base", text: "Where every listing starts" }),
    ...latest.reasons.map((reason, number) => step(milli(reason.points), { key: number, number, reason })),
    ...(rest === 0 ? [] : [step(rest, { key: "rest", text: "Further reasons, not listed" })]),
  ];
}

/** Brings the words of a reason into sight. */
function show(number) {
  const marks = [...document.querySelectorAll("mark[data-reasons]")];
  const mark = marks.find((one) => one.dataset.reasons.split(" ").includes(String(number)));
  mark?.scrollIntoView({ block: "nearest" });
}
