//! Does the endpoint keep its word? The same result by every way, one decision at a time, everything once, to the limit and no further.
#![allow(clippy::unwrap_used, clippy::panic)]

use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN};
use score_api::limits::{
    HISTORY_MAX, IDEMPOTENCY_KEY_BYTES_MAX, JOBS_MAX, LISTINGS_MAX, NOTE_BYTES_MAX, QUERY_BYTES_MAX, QUEUE_GROUPS_MAX,
};
use score_api::{Principal, Role};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tests::endpoint::{Answer, Ask, Endpoint, flagged, person, word};
use tests::faults::Faults;
use tests::hostile::Valid;
use tests::world::{Pace, Upload, World};

/// Rounds in which two reviewers decide at once.
const ROUNDS: usize = 50;

fn program() -> Arc<Principal> {
    person("shop", &[Role::Score])
}

fn kim() -> Arc<Principal> {
    person("kim", &[Role::Review])
}

fn lee() -> Arc<Principal> {
    person("lee", &[Role::Review])
}

/// What a result says, letter by letter.
#[derive(Debug, Deserialize)]
struct Said<'a> {
    listing_id: String,
    #[serde(borrow)]
    risk: &'a RawValue,
    #[serde(borrow)]
    reasons: &'a RawValue,
}

impl Said<'_> {
    fn letters(line: &str) -> (String, String, String) {
        let said: Said<'_> = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        (said.listing_id, said.risk.get().to_owned(), said.reasons.get().to_owned())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listing_scores_the_same_by_request_and_by_upload() {
    let listings = Valid::listings(11, 600);
    let world = World::begin(Pace::Generous).await;
    let message = world.announced(&Upload::new("exports/all.jsonl", listings.join("\n"))).await;
    world.settle(vec![message], |_| Faults::none().into()).await;
    let state = world.state().await;
    let file = String::from_utf8(zstd::decode_all(state.file("scored.jsonl.zst").unwrap()).unwrap()).unwrap();
    let by_upload: Vec<_> = file.lines().map(Said::letters).collect();

    let endpoint = Endpoint::begin().await;
    let (mut one_by_one, mut in_batches) = (Vec::new(), Vec::new());
    for listing in &listings {
        let answer = endpoint.ask(Ask::new("POST", "/v1/score").json(listing.clone()).by(&program())).await;
        match answer.status {
            200 => one_by_one.push(Said::letters(&answer.text())),
            status => assert_eq!((status, &answer.outcome().1[..4]), (422, "row."), "{}", answer.text()),
        }
    }
    #[derive(Deserialize)]
    struct Entry<'a> {
        #[serde(borrow)]
        result: Option<&'a RawValue>,
    }
    #[derive(Deserialize)]
    struct Results<'a> {
        #[serde(borrow)]
        results: Vec<Entry<'a>>,
    }
    for part in listings.chunks(LISTINGS_MAX) {
        let body = format!("{{\"listings\":[{}]}}", part.join(","));
        let answer = endpoint.ask(Ask::new("POST", "/v1/score").json(body).by(&program())).await;
        let text = answer.text();
        let results: Results<'_> = serde_json::from_str(&text).unwrap();
        assert_eq!(results.results.len(), part.len());
        in_batches.extend(results.results.iter().filter_map(|entry| entry.result).map(|result| Said::letters(result.get())));
    }
    assert_eq!(one_by_one, by_upload);
    assert_eq!(in_batches, by_upload);
    let with_reasons = by_upload.iter().filter(|(_, _, reasons)| reasons != "[]").count();
    let is_foreign = |listing: &&String| !listing.is_ascii();
    assert!(with_reasons > 100 && listings.iter().filter(is_foreign).count() > 100, "{with_reasons} with reasons");
}

async fn known(endpoint: &Endpoint, id: &str) -> Answer {
    let answer = endpoint.ask(Ask::get(&format!("/v1/listings/{id}")).by(&kim())).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

fn decision(id: &str, decision: &str, etag: &str) -> Ask {
    Ask::post(&format!("/v1/listings/{id}/reviews"), &json!({"decision": decision, "note": ""})).on(etag)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_reviewers_at_once_one_decides() {
    let endpoint = Arc::new(Endpoint::begin().await);
    let listings: Vec<_> = (0..ROUNDS).map(|n| flagged(&format!("R-{n}"), "Gucci", &word(n), "s")).collect();
    endpoint.store(&listings).await;
    let mut winners = BTreeMap::<String, usize>::new();
    for round in 0..ROUNDS {
        let id = format!("R-{round}");
        let etag = known(&endpoint, &id).await.etag().to_owned();
        let decide = |who: Arc<Principal>, what: &str| {
            let (endpoint, ask) = (Arc::clone(&endpoint), decision(&id, what, &etag).by(&who));
            tokio::spawn(async move { (who.name.clone(), endpoint.ask(ask).await) })
        };
        let (one, other) = (decide(kim(), "confirmed"), decide(lee(), "rejected"));
        let mut answers = [one.await.unwrap(), other.await.unwrap()];
        answers.sort_by_key(|(_, answer)| answer.status);
        let [(winner, made), (_, late)] = answers;
        assert_eq!((made.status, late.outcome()), (201, (412, "review.conflict".into())), "{}: {}", made.text(), late.text());
        let problem = late.json();
        assert_eq!(problem["current"]["reviewer"], json!(winner));
        assert!(problem["detail"].as_str().unwrap().starts_with(&winner), "{problem}");
        let now = known(&endpoint, &id).await;
        assert_eq!(now.json()["review"], problem["current"]);
        assert_eq!(now.etag(), made.etag());
        *winners.entry(winner).or_default() += 1;
    }
    // Two items for each listing: its head and its one decision.
    assert_eq!(endpoint.items(&local::stack::tables().reviews).await, 2 * ROUNDS, "{winners:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_comes_again_is_done_once() {
    let endpoint = Arc::new(Endpoint::begin().await);
    let tables = local::stack::tables();
    let ask =
        |id: &str, key: &str| Ask::post("/v1/score?store=true", &flagged(id, "Gucci", "Marmont", "s")).once(key).by(&program());
    let first = endpoint.ask(ask("A", "k-1")).await;
    assert_eq!(first.status, 200, "{}", first.text());
    for _ in 0..3 {
        let again = endpoint.ask(ask("A", "k-1")).await;
        assert_eq!((again.status, &again.body), (200, &first.body));
    }
    assert_eq!((endpoint.items(&tables.results).await, endpoint.items(&tables.requests).await), (1, 1));
    assert_eq!(endpoint.ask(ask("B", "k-1")).await.outcome(), (422, "idempotency.key_reused".into()));
    // The key is one of a person and of a thing to do.
    let other = endpoint.ask(ask("B", "k-1").by(&kim())).await;
    assert_eq!((other.status, endpoint.items(&tables.results).await), (200, 2));

    let mut at_once = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let (endpoint, ask) = (Arc::clone(&endpoint), ask("C", "k-2"));
        at_once.spawn(async move { endpoint.ask(ask).await });
    }
    let answers = at_once.join_all().await;
    let (done, waiting): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!(done.iter().map(|answer| &answer.body).collect::<BTreeSet<_>>().len(), 1, "{done:?}");
    for answer in waiting {
        assert_eq!((answer.outcome(), answer.header("retry-after")), ((409, "idempotency.in_progress".into()), "1"));
    }
    assert_eq!(endpoint.items(&tables.results).await, 3);
    assert_eq!(endpoint.ask(ask("C", "k-2")).await.body, done[0].body);

    // A decision comes again with the state it was made on, which is not the state any more.
    let etag = known(&endpoint, "A").await.etag().to_owned();
    let decide = || decision("A", "confirmed", &etag).once("k-1").by(&kim());
    let (first, again) = (endpoint.ask(decide()).await, endpoint.ask(decide()).await);
    assert_eq!((first.status, again.status, &first.body, first.etag()), (201, 201, &again.body, again.etag()));
    assert_eq!(endpoint.items(&tables.reviews).await, 2);
    // What was refused is not kept: the request is tried anew.
    let bad = Ask::post("/v1/score", &json!({"listing_id": "A"})).once("k-3").by(&program());
    assert_eq!(endpoint.ask(bad).await.outcome(), (422, "row.missing_title".into()));
    assert_eq!(endpoint.ask(ask("A", "k-3")).await.status, 200);
}

async fn queue(endpoint: &Endpoint, query: &str) -> Value {
    let answer = endpoint.ask(Ask::get(&format!("/v1/queue{query}")).by(&kim())).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn ids(page: &Value) -> Vec<String> {
    page["entries"].as_array().unwrap().iter().map(|entry| entry["listing_id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_the_queue_hold_every_entry_once() {
    let endpoint = Endpoint::begin().await;
    let brands = ["Gucci", "Rolex", "Chanel"];
    let listing = |n: usize| {
        let mut listing =
            flagged(&format!("Q-{n:02}"), brands[n % 3], &format!("{} {}", word(n), word(n + 500)), &format!("s-{}", n % 4));
        listing["price"] = json!(format!("{}.00", 30 + 7 * (n % 11)));
        listing
    };
    endpoint.store(&(0..60).map(listing).collect::<Vec<_>>()).await;
    for (filter, expected) in
        [("", 60), ("&brand=gucci", 20), ("&seller=s-1", 15), ("&brand=gucci&seller=s-1", 5), ("&min_risk=100", 0)]
    {
        for limit in [1, 7, 100] {
            let (mut found, mut harms, mut cursor) = (Vec::new(), Vec::new(), String::new());
            loop {
                let page = queue(&endpoint, &format!("?limit={limit}{filter}{cursor}")).await;
                assert!(ids(&page).len() <= limit);
                found.extend(ids(&page));
                harms.extend(page["entries"].as_array().unwrap().iter().map(|entry| entry["expected_harm"].as_f64().unwrap()));
                match page["cursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!((found.len(), found.iter().collect::<BTreeSet<_>>().len()), (expected, expected), "{filter} by {limit}");
            assert!(harms.is_sorted_by(|one, next| one >= next), "{filter} by {limit}: {harms:?}");
        }
    }
    let page = queue(&endpoint, "?limit=2&brand=gucci").await;
    let cursor = page["cursor"].as_str().unwrap();
    let ask = async |query: &str, who: Arc<Principal>| {
        endpoint.ask(Ask::get(&format!("/v1/queue?{query}&cursor={cursor}")).by(&who)).await.outcome()
    };
    assert_eq!(ask("limit=5&brand=gucci", kim()).await, (200, String::new()));
    let refused = (400, "cursor.invalid".to_owned());
    assert_eq!(ask("limit=2&brand=gucci", lee()).await, refused);
    for query in ["limit=2", "brand=rolex", "brand=gucci&seller=s-1", "brand=gucci&min_risk=1"] {
        assert_eq!(ask(query, kim()).await, refused, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_one_holds_the_whole_of_a_group() {
    let endpoint = Endpoint::begin().await;
    let alike: Vec<_> = (0..30).map(|n| flagged(&format!("N-{n}"), "Gucci", "Marmont", &format!("s-{n}"))).collect();
    endpoint.store(&alike).await;
    let page = queue(&endpoint, "?limit=1").await;
    let entries = page["entries"].as_array().unwrap();
    assert_eq!((entries.len(), &entries[0]["similar_count"], &page["cursor"]), (1, &json!(29), &Value::Null), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_queue_shows_what_nobody_has_decided_and_the_same_things_together() {
    let endpoint = Endpoint::begin().await;
    let alike = |n: usize, title: &str| {
        let mut listing = flagged(&format!("N-{n}"), "Gucci", "", &format!("s-{n}"));
        listing["title"] = json!(title);
        listing
    };
    let titles = [
        "Gucci Marmont shoulder bag leather 1:1 replica 2023",
        "BAG shoulder, Gucci Marmont leather - 1:1 replica 2024!",
        "Gucci Mаrmont shoulder bag leаther 1:1 replicа", // with Cyrillic letters
        "Gucci Dionysus wallet 1:1 replica",
    ];
    endpoint.store(&titles.iter().enumerate().map(|(n, title)| alike(n, title)).collect::<Vec<_>>()).await;
    let page = queue(&endpoint, "").await;
    let groups: Vec<_> =
        page["entries"].as_array().unwrap().iter().map(|entry| entry["similar_count"].as_u64().unwrap()).collect();
    assert_eq!(groups.iter().sum::<u64>() + groups.len() as u64, 4, "{page}");
    assert_eq!(groups.iter().max(), Some(&2), "{page}");

    let listing = |description: &str| {
        let mut listing = flagged("V", "Rolex", "Submariner", "s");
        listing["description"] = json!(description);
        listing
    };
    let shown = async || ids(&queue(&endpoint, "?brand=rolex").await).len();
    let decide = async |what: &str| {
        let etag = known(&endpoint, "V").await.etag().to_owned();
        let made = endpoint.ask(decision("V", what, &etag).by(&kim())).await;
        assert_eq!(made.status, 201, "{}", made.text());
        (made.json()["review_id"].as_str().unwrap().to_owned(), made.etag().to_owned())
    };
    endpoint.store(&[listing("as new")]).await;
    assert_eq!(shown().await, 1, "it is new");
    endpoint.store(&[listing("as new")]).await;
    assert_eq!(shown().await, 1, "the older of two results is superseded");
    decide("unsure").await;
    assert_eq!(shown().await, 1, "somebody else should look");
    let (review, etag) = decide("confirmed").await;
    assert_eq!(shown().await, 0, "it is decided");
    endpoint.store(&[listing("as new")]).await;
    assert_eq!(shown().await, 0, "the same content again stays decided");
    endpoint.store(&[listing("another text, mirror quality")]).await;
    assert_eq!(shown().await, 1, "changed content comes back");
    // It was decided on another state by now: nobody takes a decision back without having seen the new result.
    let undo = |etag: &str| Ask::new("DELETE", &format!("/v1/listings/V/reviews/{review}")).on(etag).by(&kim());
    assert_eq!(endpoint.ask(undo(&etag)).await.outcome(), (412, "review.conflict".into()));
    decide("rejected").await;
    assert_eq!(shown().await, 0);
    let now = known(&endpoint, "V").await;
    assert_eq!(endpoint.ask(undo(now.etag())).await.outcome(), (409, "review.not_latest".into()));
    endpoint.store(&[json!({"listing_id": "V", "title": "Wooden chair"})]).await;
    assert_eq!((shown().await, known(&endpoint, "V").await.json()["history"].as_array().map(Vec::len)), (0, Some(4)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_limit_holds_to_the_last_one() {
    let endpoint = Endpoint::begin().await;
    endpoint.store(&[flagged("L", "Gucci", "Marmont", "s")]).await;
    let admin = person("op", &[Role::Admin]);
    let check = async |ask: Ask, expected: (u16, &str)| {
        let answer = endpoint.ask(ask.clone().by(&admin)).await;
        let (status, code) = answer.outcome();
        assert_eq!((status, code.as_str()), expected, "{ask:.300?}: {:.300}", answer.text());
    };
    let batch =
        |count: usize| Ask::post("/v1/score", &json!({"listings": vec![json!({"listing_id": "A", "title": "Bag"}); count]}));
    check(batch(0), (422, "batch.empty")).await;
    check(batch(LISTINGS_MAX), (200, "")).await;
    check(batch(LISTINGS_MAX + 1), (422, "batch.too_many")).await;
    let note =
        |bytes: usize| Ask::post("/v1/listings/L/reviews", &json!({"decision": "unsure", "note": "n".repeat(bytes)})).on("*");
    check(note(NOTE_BYTES_MAX), (201, "")).await;
    check(note(NOTE_BYTES_MAX + 1), (422, "review.note_too_long")).await;
    check(Ask::get(&format!("/v1/listings/L?history={HISTORY_MAX}")), (200, "")).await;
    check(Ask::get(&format!("/v1/listings/L?history={}", HISTORY_MAX + 1)), (400, "query.invalid")).await;
    for (path, most) in [("queue", QUEUE_GROUPS_MAX), ("jobs", JOBS_MAX)] {
        check(Ask::get(&format!("/v1/{path}?limit={most}")), (200, "")).await;
        for limit in [0, most + 1] {
            check(Ask::get(&format!("/v1/{path}?limit={limit}")), (400, "query.invalid")).await;
        }
    }
    for (min_risk, status) in [("0", 200), ("100", 200), ("100.1", 400), ("-0.1", 400), ("nan", 400), ("inf", 400), ("x", 400)] {
        check(Ask::get(&format!("/v1/queue?min_risk={min_risk}")), (status, if status == 200 { "" } else { "query.invalid" }))
            .await;
    }
    let id = |bytes: usize| Ask::get(&format!("/v1/listings/{}", "x".repeat(bytes)));
    check(id(scoring::limits::LISTING_ID_BYTES_MAX), (404, "listing.not_found")).await;
    check(id(scoring::limits::LISTING_ID_BYTES_MAX + 1), (400, "path.invalid")).await;
    let long_id = |bytes: usize| Ask::post("/v1/score", &json!({"listing_id": "x".repeat(bytes), "title": "Bag"}));
    check(long_id(scoring::limits::LISTING_ID_BYTES_MAX), (200, "")).await;
    check(long_id(scoring::limits::LISTING_ID_BYTES_MAX + 1), (422, "row.id_too_long")).await;
    let key = |bytes: usize| Ask::post("/v1/score", &json!({"listing_id": "A", "title": "Bag"})).once(&"k".repeat(bytes));
    check(key(0), (422, "idempotency.key_invalid")).await;
    check(key(IDEMPOTENCY_KEY_BYTES_MAX), (200, "")).await;
    check(key(IDEMPOTENCY_KEY_BYTES_MAX + 1), (422, "idempotency.key_invalid")).await;
    let query = |bytes: usize| Ask::get(&format!("/v1/queue?brand={}", "b".repeat(bytes - "brand=".len())));
    check(query(QUERY_BYTES_MAX), (200, "")).await;
    check(query(QUERY_BYTES_MAX + 1), (400, "query.invalid")).await;
    let upload = |bytes: u64| Ask::post("/v1/uploads", &json!({"name": "a.csv", "bytes": bytes, "content_type": "text/csv"}));
    check(upload(0), (422, "upload.bad_size")).await;
    check(upload(score_api::limits::UPLOAD_BYTES_MAX), (201, "")).await;
    check(upload(score_api::limits::UPLOAD_BYTES_MAX + 1), (422, "upload.bad_size")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_named_origins_may_call_and_no_others() {
    let desk = "https://desk.example";
    let endpoint = Endpoint::with(|deps| deps.config.cors_origins = vec![desk.to_owned()]).await;
    let none = Endpoint::begin().await;
    let check = async |endpoint: &Endpoint, origin: &str, expected: &str| {
        let get = endpoint.ask(Ask::get("/healthz").header(ORIGIN.as_str(), origin)).await;
        let asks =
            Ask::new("OPTIONS", "/v1/queue").header(ORIGIN.as_str(), origin).header("access-control-request-method", "GET");
        let preflight = endpoint.ask(asks).await;
        for answer in [get, preflight] {
            assert_eq!((answer.status, answer.header(ACCESS_CONTROL_ALLOW_ORIGIN.as_str())), (200, expected), "{origin}");
        }
    };
    check(&endpoint, desk, desk).await;
    for origin in ["https://evil.example", "http://desk.example", "https://desk.example.evil.example", "null", "*", ""] {
        check(&endpoint, origin, "").await;
    }
    check(&none, desk, "").await;
}
