// What happens when somebody decides? The next listing comes at once; the decision is sent meanwhile, and can be taken back.

import { ask, listingPath, uniqueName } from "./api.js";
import { time } from "./format.js";
import { load, reviewed } from "./listings.js";
import { notice, sentence, toast } from "./messages.js";
import * as queue from "./queue.js";
import { plain } from "./seller-text.js";
import { change, read } from "./store.js";

/** Decisions of this tab, the latest last. */
const made = [];
/** How many of them the endpoint has not answered yet. */
let unanswered = 0;

/** Decides on the listing that is open. */
export function decide(verdict) {
  const { listings, notes, route, shown } = read();
  const id = route.id;
  const known = listings[id];
  // Nobody decides on what has not been on the screen, however quickly the keys come.
  if (!id || shown !== id || known?.status !== "ready") return;
  const decision = { id, verdict, note: (notes[id] ?? "").trim(), etag: known.etag, key: uniqueName(), undo: null };
  if (verdict === "unsure") {
    queue.open(queue.mark(id, { ...known.review, decision: verdict }) ?? id);
  } else {
    const { next, undo } = queue.take(id);
    decision.undo = undo;
    queue.open(next);
  }
  change({ notes: without(notes, id) });
  made.push(decision);
  send(decision);
  toast(`${verdict[0].toUpperCase()}${verdict.slice(1)}: ${id}`, { label: "Undo", key: "z", run: undo });
}

/** Takes the latest decision of this tab back. */
export async function undo() {
  const decision = made.pop();
  if (!decision) {
    toast("There is no decision of this tab to take back.");
    return;
  }
  await decision.sent;
  if (!decision.review) return; // it was refused, which a notice says
  await withdraw(decision.id, decision.review.review_id, decision.newEtag, decision);
}

/** Takes back the decision that stands on a listing, also one that was made elsewhere. */
export const withdrawStanding = (id) => {
  const { etag, review } = read().listings[id];
  return withdraw(id, review.review_id, etag, { undo: null });
};

export const areUnsaved = () => unanswered > 0;

function send(decision) {
  const { id, verdict, note, etag, key } = decision;
  count(1);
  const headers = { "if-match": etag, "idempotency-key": key };
  decision.sent = ask("POST", listingPath(id, "/reviews"), { body: { decision: verdict, note }, headers })
    .then(({ body, etag }) => {
      decision.review = body;
      decision.newEtag = etag;
      const { review_id, reviewer, reviewed_at, version } = body;
      const state = { version, decision: verdict, reviewer, note, reviewed_at, review_id };
      reviewed(id, state, etag);
      if (verdict === "unsure") queue.mark(id, state);
    })
    .catch((error) => refused(decision, error))
    .finally(() => count(-1));
}

function count(by) {
  unanswered += by;
  change({ saving: unanswered });
}

function refused(decision, error) {
  const { id, verdict, note, undo } = decision;
  const at = made.indexOf(decision);
  if (at >= 0) made.splice(at, 1);
  if (note) change({ notes: { ...read().notes, [id]: note } });
  const current = error.problem?.current;
  const isSettled = error.status === 412 && ["confirmed", "rejected"].includes(current?.decision);
  if (undo && !isSettled) queue.putBack(id, undo);
  if (verdict === "unsure") queue.mark(id, current ?? null);
  const look = { label: "Look again", run: () => lookAgain(id) };
  const title = `Your decision on ${id} was not saved: ${verdict}`;
  change({ toast: null }); // it said otherwise
  if (error.status === 412) {
    notice(title, meanwhile(current), [look]);
  } else {
    notice(title, sentence(error), [{ label: "Try again", run: () => again(decision) }, look]);
  }
}

/** What others did while somebody looked at a listing. */
function meanwhile(review) {
  if (!review?.decision) return "It was scored anew meanwhile, or a decision was taken back.";
  const note = review.note ? ` Their note: \u201c${plain(review.note)}\u201d` : "";
  return `Meanwhile ${plain(review.reviewer)} decided: ${review.decision}, ${time(review.reviewed_at)}.${note}`;
}

/** The same decision once more, on the same state and under the same key: it counts once. */
function again(decision) {
  if (decision.undo) decision.undo = queue.take(decision.id).undo;
  made.push(decision);
  send(decision);
}

function lookAgain(id) {
  load(id, { anew: true });
  queue.open(id);
}

async function withdraw(id, reviewId, etag, decision) {
  try {
    const path = listingPath(id, `/reviews/${encodeURIComponent(reviewId)}`);
    const { body, etag: newEtag } = await ask("DELETE", path, { headers: { "if-match": etag } });
    if (decision.undo) queue.putBack(id, decision.undo);
    queue.mark(id, body);
    if (decision.note) change({ notes: { ...read().notes, [id]: decision.note } });
    reviewed(id, body, newEtag);
    queue.open(id);
    toast(`Taken back: ${id} is open again.`);
  } catch (error) {
    notice(`The decision on ${id} was not taken back`, error.status === 412 ? meanwhile(error.problem.current) : sentence(error), [
      { label: "Look again", run: () => lookAgain(id) },
    ]);
  }
}

function without(members, name) {
  const { [name]: left, ...others } = members;
  return others;
}
