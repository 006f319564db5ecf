// What does a reviewer do here? The page as a whole: who is signed in, what is selected, and what a decision leads to.

import { html, render, useCallback, useEffect, useRef, useState } from "./vendor/preact-htm.js";
import { call, listingPath, waiting } from "./api.js";
import { Help, meant } from "./keys.js";
import { Jobs, Uploads, upload } from "./jobs.js";
import { Listing } from "./listing.js";
import { Filters, Queue } from "./queue.js";
import { signIn, signOut, takeFromAddress, token } from "./session.js";

const NO_FILTERS = { brand: "", seller: "", min_risk: "" };
/** Decisions that can be taken back one after the other. */
const UNDO_MAX = 50;

function SignIn({ problem, onSignIn }) {
  const submit = (event) => {
    event.preventDefault();
    onSignIn(new FormData(event.currentTarget).get("token"));
  };
  return html`<main class="sign-in"><h1>Touchstone</h1>
    <p>The review console shows listings to people who are signed in.</p>
    ${problem && html`<p class="failure" role="alert">${problem}</p>`}
    <form onSubmit=${submit}><label>Token <input name="token" type="password" autocomplete="off" required /></label>
    <button>Sign in</button></form>
    <p class="hint">On a laptop <code>touchstone serve</code> prints an address with a token in it. On AWS it is the token of your identity provider.</p></main>`;
}

function Console({ onSignedOut }) {
  const [policy, setPolicy] = useState(null);
  const [filters, setFilters] = useState(NO_FILTERS);
  const [list, setList] = useState({ entries: [], cursor: null, loading: true });
  const [selected, setSelected] = useState(null);
  const [known, setKnown] = useState(null);
  const [note, setNote] = useState("");
  const [conflict, setConflict] = useState(null);
  const [explained, setExplained] = useState(null);
  const [busy, setBusy] = useState(false);
  const [undos, setUndos] = useState([]);
  const [toast, setToast] = useState("");
  const [view, setView] = useState("queue");
  const [jobs, setJobs] = useState(null);
  const [uploads, setUploads] = useState([]);
  const [help, setHelp] = useState(false);
  const [dragging, setDragging] = useState(false);
  const wanted = useRef(null);

  const failed = useCallback((error) => {
    if (error.status === 401) return onSignedOut("The token is not valid, or not any more.");
    const missing = error.status === 403 && error.problem.roles ? ` Your token has none of the roles ${error.problem.roles.join(", ")}.` : "";
    setToast(`${error.message}.${missing}`);
  }, [onSignedOut]);

  const load = useCallback(async (asked, cursor = null) => {
    setList((list) => ({ ...list, loading: true }));
    const query = new URLSearchParams(Object.entries({ ...asked, cursor: cursor ?? "" }).filter(([, value]) => value !== ""));
    try {
      const { body } = await call("GET", `/v1/queue?${query}`);
      setList((list) => ({ entries: cursor ? [...list.entries, ...body.entries] : body.entries, cursor: body.cursor, loading: false }));
      return body.entries;
    } catch (error) {
      setList((list) => ({ ...list, loading: false }));
      failed(error);
      return [];
    }
  }, [failed]);

  const open = useCallback(async (id, focus = false) => {
    wanted.current = id;
    setSelected(id);
    setConflict(null);
    setExplained(null);
    if (!id) return setKnown(null);
    try {
      const answer = await call("GET", listingPath(id));
      if (wanted.current !== id) return; // somebody went on meanwhile
      setKnown({ ...answer.body, etag: answer.etag });
      if (focus) requestAnimationFrame(() => document.getElementById("listing-title")?.focus());
    } catch (error) {
      if (wanted.current === id) failed(error);
    }
  }, [failed]);

  const wide = () => matchMedia("(min-width: 60rem)").matches;
  const show = useCallback(async (asked) => {
    const entries = await load(asked);
    open(wide() ? (entries[0]?.listing_id ?? null) : null);
  }, [load, open]);

  useEffect(() => {
    waiting.told = (seconds) => setToast(seconds ? `The endpoint is busy; trying again in ${seconds} s.` : "");
    call("GET", "/v1/policy").then(({ body }) => setPolicy(body), failed);
    show(NO_FILTERS);
  }, []);

  const at = list.entries.findIndex((entry) => entry.listing_id === selected);
  const step = (by) => {
    const entry = list.entries[at < 0 ? 0 : Math.min(Math.max(at + by, 0), list.entries.length - 1)];
    if (entry) open(entry.listing_id);
    if (list.cursor && !list.loading && at + by >= list.entries.length - 3) load(filters, list.cursor);
  };

  const decide = async (decision) => {
    if (!known || busy || wanted.current !== known.listing_id) return;
    const id = known.listing_id;
    setBusy(true);
    try {
      const headers = { "If-Match": known.etag, "Idempotency-Key": crypto.randomUUID() };
      const { body, etag } = await call("POST", listingPath(id, "/reviews"), { body: { decision, note }, headers });
      const entry = list.entries[at];
      setUndos((undos) => [...undos, { id, review: body.review_id, etag, entry, at }].slice(-UNDO_MAX));
      setToast(`${id} is ${decision}. Undo with z.`);
      setNote("");
      const entries = decision === "unsure" || at < 0 ? list.entries : list.entries.filter((one) => one.listing_id !== id);
      setList((list) => ({ ...list, entries }));
      const next = entries[decision === "unsure" ? at + 1 : Math.min(at, entries.length - 1)];
      open(next?.listing_id ?? null);
      if (list.cursor && entries.length < 5) load(filters, list.cursor);
    } catch (error) {
      if (error.status === 412) setConflict(`${error.message}.`);
      else failed(error);
    } finally {
      setBusy(false);
    }
  };

  const undo = async () => {
    const last = undos.at(-1);
    if (!last || busy) return setToast("There is nothing to take back.");
    setBusy(true);
    try {
      await call("DELETE", listingPath(last.id, `/reviews/${last.review}`), { headers: { "If-Match": last.etag } });
      setUndos((undos) => undos.slice(0, -1));
      setToast(`The decision on ${last.id} is taken back.`);
      setList((list) => {
        if (!last.entry || list.entries.some((one) => one.listing_id === last.id)) return list;
        return { ...list, entries: list.entries.toSpliced(Math.max(last.at, 0), 0, last.entry) };
      });
      open(last.id);
    } catch (error) {
      if (error.status === 412 || error.status === 404 || error.status === 409) setUndos((undos) => undos.slice(0, -1));
      failed(error);
    } finally {
      setBusy(false);
    }
  };

  const explain = async () => {
    if (!known) return;
    try {
      setExplained((await call("GET", listingPath(known.listing_id, "/explain"))).body);
    } catch (error) {
      failed(error);
    }
  };

  const seeJobs = async () => {
    setView("jobs");
    try {
      setJobs((await call("GET", "/v1/jobs")).body.jobs);
    } catch (error) {
      failed(error);
    }
  };

  const take = (files) => [...files].forEach(async (file) => {
    const id = crypto.randomUUID();
    const tell = (news) => setUploads((uploads) => [{ id, ...news }, ...uploads.filter((one) => one.id !== id)].slice(0, 5));
    try {
      const job = await upload(file, tell);
      setToast(`${file.name}: ${job.state}.`);
      await show(filters);
    } catch (error) {
      tell({ name: file.name, state: "error", share: 1, problem: error.message });
      failed(error);
    }
  });

  const filter = (asked) => {
    setFilters(asked);
    show(asked);
  };

  const actions = {
    next: () => step(1), previous: () => step(-1), undo, explain,
    confirmed: () => decide("confirmed"), rejected: () => decide("rejected"), unsure: () => decide("unsure"),
    filter: () => document.getElementById("filter")?.focus(), help: () => setHelp(true),
  };
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const press = (event) => {
      const does = meant(event);
      if (does) {
        event.preventDefault();
        latest.current[does]();
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  useEffect(() => {
    document.querySelector('.queue [aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }, [selected]);

  const drag = (over) => (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    setDragging(over);
  };
  const drop = (event) => {
    event.preventDefault();
    setDragging(false);
    take(event.dataTransfer.files);
  };
  return html`<div class=${`console${selected && known ? " has-listing" : ""}${dragging ? " dragging" : ""}`}
    onDragOver=${drag(true)} onDragLeave=${drag(false)} onDrop=${drop}>
    <header class="top">
      <h1>Touchstone</h1>
      <nav aria-label="Views">
        <button type="button" aria-pressed=${view === "queue"} onClick=${() => setView("queue")}>Queue</button>
        <button type="button" aria-pressed=${view === "jobs"} onClick=${seeJobs}>Jobs</button>
      </nav>
      <label class="file button">Score an export<input type="file" multiple onChange=${(event) => { take(event.target.files); event.target.value = ""; }} /></label>
      <button type="button" onClick=${undo} disabled=${!undos.length} aria-keyshortcuts="z">Undo <kbd>z</kbd></button>
      <button type="button" onClick=${() => setHelp(true)} aria-keyshortcuts="?">Keys <kbd>?</kbd></button>
      <button type="button" onClick=${() => onSignedOut("")}>Sign out</button>
    </header>
    <p class="toast" role="status" aria-live="polite">${toast}</p>
    <${Uploads} uploads=${uploads} />
    <main>
      <section class="list" aria-label=${view === "queue" ? "Queue" : "Jobs"}>
        ${view === "jobs" ? html`<${Jobs} jobs=${jobs} />` : html`
          <${Filters} filters=${filters} brands=${policy?.brands ?? []} onChange=${filter} />
          <${Queue} ...${list} selected=${selected} onSelect=${(id) => open(id, true)} onMore=${() => load(filters, list.cursor)} />`}
      </section>
      <section class="detail" aria-label="Listing">
        ${known && selected ? html`<${Listing} key=${known.listing_id} known=${known} entry=${list.entries[at]} base=${policy?.base ?? 0} conflict=${conflict}
          explained=${explained} busy=${busy} note=${note} onNote=${setNote} onDecide=${decide} onExplain=${explain}
          onLookAgain=${() => open(selected, true)} onBack=${() => open(null)} />`
        : html`<p class="empty">${list.entries.length ? "Choose a listing, or press j." : "What is flagged is shown here."}</p>`}
      </section>
    </main>
    <${Help} open=${help} onClose=${() => setHelp(false)} />
  </div>`;
}

function App() {
  const [signedIn, setSignedIn] = useState(Boolean(token()));
  const [problem, setProblem] = useState("");
  const onSignedOut = useCallback((reason) => {
    signOut();
    setProblem(reason);
    setSignedIn(false);
  }, []);
  const onSignIn = (given) => {
    signIn(given);
    setSignedIn(true);
  };
  return signedIn ? html`<${Console} onSignedOut=${onSignedOut} />` : html`<${SignIn} problem=${problem} onSignIn=${onSignIn} />`;
}

takeFromAddress();
const root = document.getElementById("app");
root.replaceChildren();
render(html`<${App} />`, root);
