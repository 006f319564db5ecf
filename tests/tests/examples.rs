//! Does every example of the document do what it shows, and is every documented answer given as documented?
#![allow(clippy::unwrap_used, clippy::panic)]

use ingest::StoreFrom;
use jiff::Timestamp;
use local::pipeline::Submitted;
use local::{Pipeline, Ports, Storage, Tokens, endpoint};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use score_api::limits::{BODY_BYTES_MAX, JSON_DEPTH_MAX, LISTINGS_MAX, NOTE_BYTES_MAX, QUERY_BYTES_MAX};
use score_api::problem::CODES;
use score_api::{Principal, Role};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;
use tests::document::{Document, entries};
use tests::endpoint::{Answer, Ask, answer, person};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What `encodeURIComponent` leaves as it is.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Problems that this stack does not have; they are brought about where faults are.
const OF_BAD_DAYS: [&str; 7] = [
    "idempotency.in_progress",
    "internal.error",
    "internal.storage",
    "request.timeout",
    "request.too_many",
    "row.internal_error",
    "storage.unavailable",
];

/// Statuses of such problems alone.
const STATUSES_OF_BAD_DAYS: [&str; 3] = ["429", "500", "503"];

/// An endpoint with all that is behind it, and what it has answered so far.
struct World {
    document: Document,
    pipeline: Pipeline,
    router: axum::Router,
    /// Operation and status.
    answered: RefCell<BTreeSet<(String, String)>>,
    codes: RefCell<BTreeSet<String>>,
    /// Operation and name.
    ran: RefCell<BTreeSet<(String, String)>>,
}

impl World {
    async fn begin() -> Self {
        let pipeline = Pipeline::start(Storage::Memory, Ports::default(), StoreFrom::Clear).await.unwrap();
        let tokens = Tokens::of_folder(pipeline.stack.home()).unwrap();
        let router = score_api::router(endpoint::deps(&pipeline.stack, &tokens));
        let document = Document::served();
        Self { document, pipeline, router, answered: RefCell::default(), codes: RefCell::default(), ran: RefCell::default() }
    }

    /// Asks, and holds the answer against what the document says of the operation.
    async fn ask(&self, id: &str, ask: Ask) -> Answer {
        let asked = format!("{ask:.400?}");
        let answer = answer(self.router.clone(), ask.request()).await;
        let operation = self.document.operation(id);
        let status = answer.status.to_string();
        let at = || format!("{id} answered {status} to {asked}: {:.2000}", answer.text());
        let documented = operation.answers(&self.document).remove(status.as_str());
        let documented = documented.unwrap_or_else(|| panic!("{}, which is not documented", at()));
        let faults = self.document.faults(documented, &answer);
        assert!(faults.is_empty(), "{}\n{faults:#?}", at());
        self.answered.borrow_mut().insert((id.to_owned(), status.clone()));
        self.codes.borrow_mut().insert(answer.outcome().1);
        answer
    }

    /// Asks as the examples of one name say, with `others` in the place of parameters that no document can know, and expects the
    /// status of the answer that the document shows.
    async fn run(&self, id: &str, name: &str, others: &[(&str, &str)]) -> Answer {
        let operation = self.document.operation(id);
        let mut ask = Ask::new(&operation.method.to_uppercase(), &self.target(id, name, others));
        for parameter in operation.parameters(&self.document).into_iter().filter(|parameter| parameter["in"] == "header") {
            if let Some(value) = given(parameter, name, others) {
                ask = ask.header(parameter["name"].as_str().unwrap(), &value);
            }
        }
        if let Some((_, body)) = operation.bodies().find(|(of, _)| *of == name) {
            ask = ask.json(body.to_string());
        }
        let answer = self.ask(id, ask.by(&admin())).await;
        let answers = operation.answers(&self.document);
        let shows =
            |documented: &Value| entries(&documented["content"]).any(|(_, content)| content["examples"].get(name).is_some());
        let shown: Vec<_> = answers.iter().filter(|(_, documented)| shows(documented)).map(|(status, _)| *status).collect();
        assert_eq!(shown, [answer.status.to_string()], "{id} '{name}': {}", answer.text());
        self.ran.borrow_mut().insert((id.to_owned(), name.to_owned()));
        answer
    }

    /// Path and query of an operation, with the values of the examples of a name.
    fn target(&self, id: &str, name: &str, others: &[(&str, &str)]) -> String {
        let operation = self.document.operation(id);
        let (mut target, mut query) = (operation.path.to_owned(), Vec::new());
        for parameter in operation.parameters(&self.document) {
            let Some(value) = given(parameter, name, others) else { continue };
            let (parameter_name, value) = (parameter["name"].as_str().unwrap(), utf8_percent_encode(&value, PART).to_string());
            match parameter["in"].as_str().unwrap() {
                "path" => target = target.replace(&format!("{{{parameter_name}}}"), &value),
                "query" => query.push(format!("{parameter_name}={value}")),
                _ => {}
            }
        }
        assert!(!target.contains('{'), "{id} '{name}' has no value for a part of {target}");
        if query.is_empty() { target } else { format!("{target}?{}", query.join("&")) }
    }

    /// A target of the operation at which there may or may not be something.
    fn somewhere(&self, id: &str) -> String {
        let others = [("listing_id", "HL-2041"), ("review_id", "r-0"), ("job_id", "j-0"), ("file", "docs.css")];
        self.target(id, "", &others)
    }

    fn listing(&self, name: &str) -> Value {
        self.document.operation("score").bodies().find(|(of, _)| *of == name).unwrap().1.clone()
    }

    async fn etag(&self) -> String {
        self.ask("getListing", Ask::get("/v1/listings/HL-2041").by(&admin())).await.etag().to_owned()
    }

    /// Asks, and expects a problem.
    async fn refused(&self, id: &str, ask: Ask, status: u16, code: &str) {
        assert_eq!(self.ask(id, ask).await.outcome(), (status, code.to_owned()), "{id}");
    }
}

fn admin() -> Arc<Principal> {
    person("kim@desk.example", &[Role::Admin])
}

/// What an example gives for a parameter.
fn given(parameter: &Value, name: &str, others: &[(&str, &str)]) -> Option<String> {
    if let Some((_, value)) = others.iter().find(|(of, _)| parameter["name"] == *of) {
        return Some((*value).to_owned());
    }
    let only = || parameter.get("example").filter(|_| parameter["required"] == true);
    let value = parameter["examples"].get(name).map(|example| &example["value"]).or_else(only)?;
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// Visible ASCII in no order, which nothing compresses much.
fn noise() -> impl Iterator<Item = char> {
    let numbers =
        std::iter::successors(Some(7_u64), |number| Some(number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1)));
    numbers.filter_map(|number| Some(char::from(b'!' + u8::try_from((number >> 40) % 94).ok()?)))
}

/// Sends a file as the answer to `startUpload` says.
async fn upload(to: &Value, file: &[u8]) {
    let url: http::Uri = to["url"].as_str().unwrap().parse().unwrap();
    let authority = url.authority().unwrap();
    let mut request = format!(
        "{} {} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n",
        to["method"].as_str().unwrap(),
        url.path_and_query().unwrap()
    );
    for (name, value) in entries(&to["headers"]).filter(|(name, _)| *name != "host") {
        write!(request, "{name}: {}\r\n", value.as_str().unwrap()).unwrap();
    }
    if to["headers"].get("content-length").is_none() {
        write!(request, "content-length: {}\r\n", file.len()).unwrap();
    }
    let mut stream = TcpStream::connect(authority.as_str()).await.unwrap();
    stream.write_all(&[request.as_bytes(), b"\r\n", file].concat()).await.unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).await.unwrap();
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_does_what_it_shows_and_every_answer_is_as_documented() {
    let world = World::begin().await;
    scoring_examples(&world).await;
    reading_examples(&world).await;
    review_examples(&world).await;
    upload_and_job_examples(&world).await;
    for (id, name) in [("getPolicy", "policy"), ("getHealth", "up"), ("getConsoleFile", "no_such_file")] {
        world.run(id, name, &[]).await;
    }
    for id in ["getOpenApi", "getDocs", "getConsole"] {
        assert_eq!(world.ask(id, Ask::get(world.document.operation(id).path)).await.status, 200);
    }
    refusals_of_all(&world).await;
    refusals_of_each(&world).await;

    let answered = world.answered.take();
    let mut never = Vec::new();
    for operation in world.document.operations() {
        for (status, documented) in operation.answers(&world.document) {
            let codes = &documented["content"]["application/problem+json"]["schema"]["properties"]["code"]["enum"];
            let of_bad_days = STATUSES_OF_BAD_DAYS.contains(&status) || *codes == json!(["idempotency.in_progress"]);
            if !of_bad_days && !answered.contains(&(operation.id().to_owned(), status.to_owned())) {
                never.push(format!("{} {status}", operation.id()));
            }
            // An answer that operations share shows examples of each; of those that can be asked none is left out.
            for name in
                entries(&documented["content"]).flat_map(|(_, content)| entries(&content["examples"])).map(|(name, _)| name)
            {
                let can_be_asked =
                    operation.parameters(&world.document).iter().all(|p| p["required"] != true || given(p, name, &[]).is_some())
                        && (operation.value["requestBody"].is_null() || operation.bodies().any(|(of, _)| of == name));
                if can_be_asked && !world.ran.borrow().contains(&(operation.id().to_owned(), name.clone())) {
                    never.push(format!("{} '{name}'", operation.id()));
                }
            }
        }
        for (name, _) in operation.bodies() {
            if !world.ran.borrow().contains(&(operation.id().to_owned(), name.to_owned())) {
                never.push(format!("{} '{name}'", operation.id()));
            }
        }
    }
    assert!(never.is_empty(), "documented and never seen here: {never:#?}");
    let seen = world.codes.take();
    let unseen: Vec<_> = CODES.iter().map(|code| code.name).filter(|name| !seen.contains(*name)).collect();
    let mut expected: Vec<_> = OF_BAD_DAYS.to_vec();
    // Of no operation: of the whole, and looked at below.
    expected.push("route.method_not_allowed");
    assert_eq!(unseen.iter().copied().collect::<BTreeSet<_>>(), expected.into_iter().collect());
    let method = answer(world.router.clone(), Ask::new("PUT", "/healthz").request()).await;
    let documented = &world.document.value()["components"]["responses"]["NoSuchMethod"];
    assert_eq!((method.status, world.document.faults(documented, &method)), (405, vec![]));
    world.pipeline.stop().await;
}

async fn scoring_examples(world: &World) {
    let names: Vec<_> = world.document.operation("score").bodies().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        world.run("score", &name, &[]).await;
    }
    for name in ["chinese", "german"] {
        let stored = world.ask("score", Ask::post("/v1/score?store=true", &world.listing(name)).by(&admin())).await;
        assert_eq!(stored.status, 200);
    }
}

async fn reading_examples(world: &World) {
    for (id, names) in [
        ("getListing", &["known", "unknown", "in_base64"][..]),
        ("explainListing", &["known"]),
        ("getQueue", &["everything", "of_a_brand", "of_a_seller", "risk_out_of_range", "forged_cursor"]),
    ] {
        for name in names {
            world.run(id, name, &[]).await;
        }
    }
    let first = world.ask("getQueue", Ask::get("/v1/queue?limit=1").by(&admin())).await.json();
    world.run("getQueue", "next_page", &[("cursor", first["cursor"].as_str().unwrap())]).await;
}

async fn review_examples(world: &World) {
    world.run("decide", "confirmed", &[("If-Match", &world.etag().await)]).await;
    for (id, name) in [("decide", "conflict"), ("decide", "unknown_decision"), ("listReviews", "known")] {
        world.run(id, name, &[]).await;
    }
    world.run("withdrawReview", "conflict", &[]).await;
    let state = world.ask("getListing", Ask::get("/v1/listings/HL-2041").by(&admin())).await;
    let review = state.json()["review"]["review_id"].as_str().unwrap().to_owned();
    world.run("withdrawReview", "undo", &[("If-Match", state.etag()), ("review_id", &review)]).await;
}

async fn upload_and_job_examples(world: &World) {
    for name in ["csv", "chinese_name", "no_name"] {
        world.run("startUpload", name, &[]).await;
    }
    let file =
        [world.listing("english"), world.listing("chinese"), world.listing("missing_title")].map(|listing| listing.to_string());
    let file = file.join("\n").into_bytes();
    let since = Timestamp::now();
    let body = json!({"name": "november.jsonl", "bytes": file.len(), "content_type": "application/x-ndjson"});
    let to = world.ask("startUpload", Ask::post("/v1/uploads", &body).by(&admin())).await.json();
    upload(&to, &file).await;
    let key = to["key"].as_str().unwrap();
    let job = world.pipeline.finished(&Submitted { key: key.to_owned(), since }).await.unwrap();
    let found = world.ask("listJobs", Ask::get(to["job"].as_str().unwrap()).by(&admin())).await.json();
    assert_eq!(
        (found["jobs"][0]["job_id"].as_str(), &found["jobs"][0]["summary"]["rows"]),
        (Some(job.job_id.as_str()), &json!(3))
    );
    world.run("listJobs", "recent", &[]).await;
    world.run("listJobs", "of_an_upload", &[("key", key)]).await;
    world.run("listJobs", "of_a_day", &[("day", &job.started_at[..10])]).await;
    world.run("listJobs", "no_such_day", &[]).await;
    world.run("getJob", "done", &[("job_id", &job.job_id)]).await;
    world.run("getJob", "unknown", &[]).await;
}

/// What every operation of a kind refuses.
async fn refusals_of_all(world: &World) {
    let stranger = person("stranger", &[]);
    let long_query = "q".repeat(QUERY_BYTES_MAX + 1);
    let deep = format!("{{\"colour\":{}", "[".repeat(JSON_DEPTH_MAX));
    for operation in world.document.operations() {
        let id = operation.id();
        let target = world.somewhere(id);
        let ask = |target: &str| Ask::new(&operation.method.to_uppercase(), target);
        world.refused(id, ask(&format!("{target}?{long_query}")).by(&admin()), 400, "query.invalid").await;
        if !operation.roles().is_empty() {
            world.refused(id, ask(&target), 401, "auth.missing").await;
            world.refused(id, ask(&target).by(&stranger), 403, "auth.forbidden").await;
        }
        if target.contains("HL-2041") {
            let unreadable = target.replace("HL-2041", "~a");
            world.refused(id, ask(&unreadable).by(&admin()).on("*").json("{}"), 400, "path.invalid").await;
            // A slash that is not encoded leads elsewhere.
            world.refused(id, ask(&target.replace("HL-2041", "a/b")).by(&admin()), 404, "route.not_found").await;
            let unknown = ask(&target.replace("HL-2041", "never")).by(&admin()).on("*").json(r#"{"decision":"unsure"}"#);
            if id != "listReviews" {
                world.refused(id, unknown, 404, "listing.not_found").await;
            }
        }
        if !operation.value["requestBody"].is_null() {
            world.refused(id, ask(&target).by(&admin()).on("*"), 415, "body.not_json").await;
            world.refused(id, ask(&target).by(&admin()).on("*").json("{"), 400, "json.malformed").await;
            world.refused(id, ask(&target).by(&admin()).on("*").json(deep.clone()), 400, "json.too_deep").await;
            world
                .refused(id, ask(&target).by(&admin()).on("*").json(vec![b' '; BODY_BYTES_MAX + 1]), 413, "body.too_large")
                .await;
        }
    }
}

/// What single operations refuse, and no example shows.
async fn refusals_of_each(world: &World) {
    let score = |body: &Value| Ask::post("/v1/score", body).by(&admin());
    let (listing, id) = (world.listing("chinese"), "score");
    world.refused(id, score(&json!({"title": "Bag"})), 422, "row.missing_id").await;
    world.refused(id, score(&json!({"listing_id": "x".repeat(1_025), "title": "Bag"})), 422, "row.id_too_long").await;
    world.refused(id, score(&json!({"listings": vec![json!({}); LISTINGS_MAX + 1]})), 422, "batch.too_many").await;
    world.refused(id, score(&listing).once(""), 422, "idempotency.key_invalid").await;
    assert_eq!(world.ask(id, score(&listing).once("one")).await.status, 200);
    world.refused(id, score(&world.listing("english")).once("one"), 422, "idempotency.key_reused").await;
    // Ids that do not compress, and fields whose text is quoted in the answer.
    let mut noise = noise();
    let mut text = |chars: usize| noise.by_ref().take(chars).collect::<String>();
    let many: Vec<_> = (0..LISTINGS_MAX)
        .map(|_| {
            let mut listing = json!({"listing_id": text(1_000), "title": "1:1 replica"});
            for field in ["price", "currency", "seller_rating", "seller_created_at", "ship_from", "gtin", "created_at"] {
                listing[field] = text(118).into();
            }
            listing
        })
        .collect();
    world.refused(id, score(&json!({"listings": many})).once("large"), 422, "idempotency.answer_too_large").await;

    let decide = |body: &Value| Ask::post("/v1/listings/HL-2041/reviews", body).by(&admin());
    let note = "x".repeat(NOTE_BYTES_MAX + 1);
    world.refused("decide", decide(&json!({"decision": "unsure", "note": note})).on("*"), 422, "review.note_too_long").await;
    world.refused("decide", decide(&json!({"decision": "unsure"})), 428, "review.if_match_missing").await;
    world.refused("explainListing", Ask::get("/v1/listings/BG-310/explain").by(&admin()), 404, "listing.no_text").await;

    let first = world.ask("decide", decide(&json!({"decision": "unsure"})).on("*")).await.json();
    let first = first["review_id"].as_str().unwrap();
    assert_eq!(world.ask("decide", decide(&json!({"decision": "rejected"})).on("*")).await.status, 201);
    let withdraw = |review: &str| Ask::new("DELETE", &format!("/v1/listings/HL-2041/reviews/{review}")).by(&admin());
    world.refused("withdrawReview", withdraw(first).on("*"), 409, "review.not_latest").await;
    world.refused("withdrawReview", withdraw("r-never").on("*"), 404, "review.not_found").await;
    world.refused("withdrawReview", withdraw(first), 428, "review.if_match_missing").await;

    let upload = |body: Value| Ask::post("/v1/uploads", &body).by(&admin());
    world.refused("startUpload", upload(json!({"name": "a.csv", "bytes": 0})), 422, "upload.bad_size").await;
    world
        .refused("startUpload", upload(json!({"name": "a.csv", "bytes": 1, "content_type": "csv"})), 422, "upload.bad_type")
        .await;
    world.refused("getJob", Ask::get("/v1/jobs/%FF").by(&admin()), 400, "path.invalid").await;

    let file = world.ask("getConsoleFile", Ask::get("/console/docs.css")).await;
    assert_eq!(file.status, 200);
    let again = Ask::get("/console/docs.css").header("if-none-match", file.etag());
    assert_eq!(world.ask("getConsoleFile", again).await.status, 304);
}
