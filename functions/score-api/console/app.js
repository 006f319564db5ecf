// What is the console made of? The state it begins with, what it listens to, and which view is shown.

import { ask, listener } from "./api.js";
import { areUnsaved } from "./decisions.js";
import { Header } from "./header-view.js";
import { Help } from "./help-view.js";
import { html } from "./html.js";
import { Jobs } from "./jobs-view.js";
import * as keys from "./keys.js";
import { Listing } from "./listing-view.js";
import { load } from "./listings.js";
import { Messages } from "./messages-view.js";
import { useEffect } from "./preact-hooks.js";
import { render } from "./preact.js";
import { Queue } from "./queue-view.js";
import { NOTHING, indexOf, named, reload } from "./queue.js";
import { go, parse } from "./route.js";
import * as session from "./session.js";
import { SignIn } from "./sign-in-view.js";
import { change, read, useStore } from "./store.js";
import { isUnderWay, upload } from "./uploads.js";

const WIDE = matchMedia("(min-width: 56rem)");

const BEGINNING = {
  policy: null,
  queue: NOTHING,
  listings: {},
  notes: {},
  uploads: [],
  jobs: { list: [], status: "idle", problem: "" },
  notices: [],
  toast: null,
  waiting: 0,
  saving: 0,
  shown: null,
  focus: null,
  help: false,
  isDragging: false,
};

function Console() {
  const state = useStore();
  const { token, route, wide } = state;
  const asked = named(route.filters);
  const isQueue = route.view === "queue";
  useEffect(() => {
    if (token) ask("GET", "/v1/policy").then(({ body }) => change({ policy: body }), () => {});
  }, [token]);
  useEffect(() => {
    if (token) reload();
  }, [token, asked]);
  const open = route.id;
  useEffect(() => {
    // Where both fit, the first listing is open from the start; the focus stays where it is. What is known now counts, not what was
    // drawn: the filters may have changed since.
    const { queue, route } = read();
    const id = queue.of === named(route.filters) ? queue.entries[0]?.listing_id : null;
    if (token && wide && route.view === "queue" && !route.id && id) go({ id }, { replace: true });
  });
  useEffect(() => {
    const next = state.queue.entries[indexOf(open) + 1]?.listing_id;
    if (token && state.listings[open]?.status === "ready" && next) load(next);
  }, [token, open, state.listings[open]?.status]);
  useEffect(() => {
    document.title = `${token ? (isQueue ? "Queue" : "Jobs") : "Sign in"} \u00b7 Touchstone`;
  }, [token, isQueue]);
  if (!token) return html`<${SignIn} problem=${state.signInProblem} onToken=${signIn} />`;
  return html`<${Header} state=${state} onSignOut=${signOut} />
    <main id="main" tabindex="-1" class=${`${route.view}${route.id ? " with-listing" : ""}`}>
      ${isQueue ? html`${(wide || !route.id) && html`<${Queue} state=${state} />`}
        ${open ? html`<${Listing} state=${state} id=${open} />` : html`<div class="nothing" />`}`
        : html`<${Jobs} state=${state} />`}
    </main>
    <${Messages} toast=${state.toast} notices=${state.notices} />
    <${Help} isOpen=${state.help} keysOn=${state.keysOn} />
    ${state.isDragging && html`<div class="dropping" aria-hidden="true"><p>Drop to score this export</p></div>`}`;
}

function signIn(token) {
  session.keep(token);
  // What was refused for want of a token can be tried again: its notices stay.
  change({ token: session.token(), signInProblem: "" });
}

/** The token has ended. Nothing that it gave access to stays on the screen. */
function signedOut() {
  session.forget();
  change({ ...BEGINNING, token: null, signInProblem: "The token is not accepted, or not any more." });
}

/** Leaves nothing in memory, also of answers that are on their way. */
function signOut() {
  session.forget();
  location.reload();
}

function arrive() {
  const isNew = session.takeFromAddress();
  const route = parse(location.hash);
  if (isNew) return change({ ...BEGINNING, token: session.token(), signInProblem: "", route });
  const { route: former } = read();
  const focus = route.id !== former?.id || route.view !== former?.view ? { on: route.id ? "listing" : "queue", key: Math.random() } : read().focus;
  return change({ route, focus });
}

function listenToFiles() {
  let depth = 0; // the pointer enters an element before it leaves the one around it
  const hasFiles = (event) => Boolean(read().token) && event.dataTransfer?.types.includes("Files");
  const on = (name, act) => addEventListener(name, (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    act(event);
  });
  const settle = (change_by) => {
    depth = Math.max(depth + change_by, 0);
    change({ isDragging: depth > 0 });
  };
  on("dragenter", () => settle(1));
  on("dragleave", () => settle(-1));
  on("dragover", (event) => {
    event.dataTransfer.dropEffect = "copy";
  });
  on("drop", (event) => {
    settle(-Infinity);
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    go({ view: "jobs" });
    upload(files);
  });
}

listener.waits = (seconds) => change({ waiting: seconds });
listener.signedOut = signedOut;
change({ ...BEGINNING, wide: WIDE.matches, keysOn: keys.areOn(), token: session.token(), signInProblem: "" });
session.takeFromAddress();
change({ token: session.token(), route: parse(location.hash) });
WIDE.addEventListener("change", () => change({ wide: WIDE.matches }));
addEventListener("popstate", arrive);
addEventListener("hashchange", arrive);
addEventListener("beforeunload", (event) => {
  if (areUnsaved() || read().uploads.some(isUnderWay)) event.preventDefault();
});
keys.listen();
listenToFiles();
render(html`<${Console} />`, document.getElementById("console"));
