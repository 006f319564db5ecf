//! Do decisions keep their order, their record and the review queue right, whoever decides at the same time?
#![allow(clippy::unwrap_used, clippy::panic)]

use local::stack::{Stack, Storage, tables};
use scoring::{Band, Field, Harm, Milli, RawListing, Reason, Risk, ScoredListing};
use std::sync::Arc;
use storage::limits::REVIEW_REASONS_MAX;
use storage::results::{BatchWriter, Item, Origin, QUEUE_KEYS, QUEUE_RANK, StoredResult, to_item};
use storage::reviews::{Decided, Decision, NewReview, Review, ReviewState, Reviews};
use storage::{Class, Error, Upload};
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant};

const CONFIRMED: Decision = Decision::Confirmed;
const REJECTED: Decision = Decision::Rejected;
const UNSURE: Decision = Decision::Unsure;

/// 2026-11-24T09:00:00Z.
const BEGINNING_MS: i64 = 1_795_510_800_000;
const EXPIRES_AT: i64 = 2_000_000_000;

/// A stack with results, and what decides on them.
struct Desk {
    stack: Stack,
    reviews: Reviews,
}

fn item(listing_id: &str, upload: i64, risk: u16, reasons: usize) -> Item {
    let mut raw = RawListing::default();
    raw.set(Field::ListingId, listing_id);
    raw.set(Field::Title, "Bag");
    raw.set(Field::SellerId, "s#1");
    let listing = raw.into_listing().unwrap();
    let reason = Reason {
        signal: "replica_term".into(),
        rule: Some("en.replica".into()),
        points: Milli(2_310),
        field: "title".into(),
        start: 0,
        end: 3,
        text: "Bag".into(),
        why: "the seller's words".into(),
    };
    let scored = ScoredListing {
        listing_id: listing_id.to_owned(),
        risk: Risk(risk),
        log_odds: Milli(-7),
        band: if risk >= 400 { Band::Review } else { Band::Clear },
        brand: Some("chanel".into()),
        reasons: vec![reason; reasons],
        issues: vec![],
        policy: "p-1".into(),
        input: format!("h-{risk}"),
        scored_at: "2026-11-23T00:00:00Z".into(),
    };
    let upload = Upload { at_ms: 1_790_000_000_000 + upload, sequencer: String::new() };
    to_item(&Origin::new("j-1", &upload, EXPIRES_AT).unwrap(), 0, &listing, &scored, Harm(5))
}

fn new<'a>(review_id: &'a str, decision: Decision, at: i64, about: &'a StoredResult) -> NewReview<'a> {
    let reviewer_id = review_id.split('-').next().unwrap();
    NewReview {
        review_id,
        decision,
        note: "by the seams",
        reviewer: reviewer_id,
        reviewer_id,
        at_ms: BEGINNING_MS + at,
        expires_at: EXPIRES_AT,
        about,
    }
}

impl Desk {
    async fn open() -> Self {
        let stack = Stack::start(Storage::Memory).await.unwrap();
        let reviews = Reviews::new(stack.dynamodb(), &tables());
        Self { stack, reviews }
    }

    /// Stores a result and gives it as it is read again.
    async fn result(&self, listing_id: &str, upload: i64, risk: u16) -> StoredResult {
        self.store(item(listing_id, upload, risk, 1)).await
    }

    async fn store(&self, item: Item) -> StoredResult {
        let mut writer = BatchWriter::new(self.stack.dynamodb(), &tables().results, Instant::now() + Duration::from_secs(60));
        writer.put([item.clone()]).await.unwrap();
        writer.flush().await.unwrap();
        StoredResult::try_from(&item).unwrap()
    }

    async fn decide(&self, about: &StoredResult, review_id: &str, decision: Decision, at: i64, version: u64) -> Decided {
        self.reviews.decide(&new(review_id, decision, at, about), version).await.unwrap()
    }

    async fn withdraw(&self, about: &StoredResult, review_id: &str, version: u64) -> Result<ReviewState, Error> {
        self.reviews.withdraw(about, review_id, "admin", BEGINNING_MS + 900, version).await
    }

    /// The queue's keys that the result has.
    async fn keys(&self, of: &StoredResult) -> Vec<(&'static str, String)> {
        let items = self.stack.dynamodb().scan().table_name(tables().results).send().await.unwrap();
        let text = |item: &Item, name: &str| Some(item.get(name)?.as_s().unwrap().clone());
        let name = |item: &Item| (text(item, "listing_id"), text(item, "order_key"));
        let of_it = |item: &&Item| name(item) == (Some(of.scored.listing_id.clone()), Some(of.order_key.clone()));
        let item = items.items().iter().find(of_it).unwrap();
        if of.scored.band > Band::Clear {
            assert!(item.contains_key(QUEUE_RANK), "what sorts the queue stays");
        }
        QUEUE_KEYS.into_iter().filter_map(|key| Some((key, text(item, key)?))).collect()
    }

    /// Asserts what is on record of a listing: its reviews newest first as name, version and whether withdrawn, and the state.
    async fn check(&self, listing_id: &str, state: &ReviewState, reviews: &[(&str, u64, bool)]) {
        assert_eq!(self.reviews.state(listing_id).await.unwrap(), *state);
        let found = self.reviews.of_listing(listing_id, 100).await.unwrap();
        let found: Vec<_> =
            found.iter().map(|review| (review.review_id.as_str(), review.version, review.withdrawn_at.is_some())).collect();
        assert_eq!(found, reviews);
    }
}

fn names(reviews: &[Review]) -> Vec<&str> {
    reviews.iter().map(|review| review.review_id.as_str()).collect()
}

/// Asserts that an attempt came too late, and gives the state that it was told.
fn conflict<T: std::fmt::Debug>(outcome: Result<T, Error>) -> ReviewState {
    match outcome {
        Err(Error::ReviewConflict { current }) => *current,
        other => panic!("no conflict: {other:?}"),
    }
}

#[tokio::test]
async fn what_is_recorded_is_the_decision_and_what_it_was_about() {
    let desk = Desk::open().await;
    assert_eq!(desk.reviews.state("A/1 包").await.unwrap(), ReviewState::default());
    assert_eq!(desk.reviews.of_listing("A/1 包", 10).await.unwrap(), []);

    let about = desk.store(item("A/1 包", 1, 500, REVIEW_REASONS_MAX + 1)).await;
    let Decided { review, state } = desk.decide(&about, "ana-1", CONFIRMED, 7, 0).await;
    assert_eq!(review.result.reasons.len(), REVIEW_REASONS_MAX);
    assert_eq!((state.version, state.decision, state.reviewer_id.as_deref()), (1, Some(CONFIRMED), Some("ana")));
    desk.check("A/1 包", &state, &[("ana-1", 1, false)]).await;
    assert_eq!(desk.reviews.of_listing("A/1 包", 10).await.unwrap(), std::slice::from_ref(&review));

    // As the API promises it.
    let told = serde_json::json!({
        "version": 1, "decision": "confirmed", "reviewer": "ana", "note": "by the seams",
        "reviewed_at": "2026-11-24T09:00:00.007Z", "review_id": "ana-1",
    });
    assert_eq!(serde_json::to_value(&state).unwrap(), told);
    let mut told = serde_json::to_value(&review).unwrap();
    let reasons = told["result"].as_object_mut().unwrap().remove("reasons").unwrap();
    assert_eq!(reasons[0], serde_json::json!({"signal": "replica_term", "rule": "en.replica", "points": 2.31}));
    let expected = serde_json::json!({
        "review_id": "ana-1", "listing_id": "A/1 包", "decision": "confirmed", "reviewer": "ana", "note": "by the seams",
        "reviewed_at": "2026-11-24T09:00:00.007Z", "withdrawn_at": null, "version": 1,
        "result": {
            "risk": 50.0, "log_odds": -0.007, "band": "review", "brand": "chanel", "policy": "p-1", "input": "h-500",
            "job_id": "j-1", "scored_at": "2026-11-23T00:00:00Z",
        },
    });
    assert_eq!(told, expected);
    let never = serde_json::to_value(ReviewState::default()).unwrap();
    assert_eq!((&never["version"], &never["decision"]), (&0.into(), &serde_json::Value::Null));
    desk.stack.stop().await;
}

/// Lets all of them decide on the same version at once. One of them is recorded, and all others are told of it.
async fn race(desk: &Desk, about: &StoredResult, round: u64) -> Decided {
    const DECIDERS: usize = 4;
    let ready = Arc::new(Barrier::new(DECIDERS));
    let mut deciders = JoinSet::new();
    for decider in 0..DECIDERS {
        let (reviews, about, ready) = (desk.reviews.clone(), about.clone(), ready.clone());
        let decision = [CONFIRMED, REJECTED, UNSURE][decider % 3];
        deciders.spawn(async move {
            let review_id = format!("r{decider}-{round}");
            let at = i64::try_from(round).unwrap() * 10;
            ready.wait().await;
            reviews.decide(&new(&review_id, decision, at, &about), round).await
        });
    }
    let (winners, losers): (Vec<_>, Vec<_>) = deciders.join_all().await.into_iter().partition(Result::is_ok);
    assert_eq!(winners.len(), 1, "{winners:?} {losers:?}");
    let winner = winners.into_iter().next().unwrap().unwrap();
    for loser in losers {
        assert_eq!(conflict(loser), winner.state);
    }
    winner
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_decide_at_once_one_is_recorded() {
    const ROUNDS: u64 = 40;
    let desk = Desk::open().await;
    let about = desk.result("A", 1, 500).await;
    let mut recorded = Vec::new();
    for round in 0..ROUNDS {
        let winner = race(&desk, &about, round).await;
        assert_eq!(winner.state.version, round + 1);
        let in_queue = if winner.review.decision == UNSURE { about.queue_keys() } else { vec![] };
        assert_eq!(desk.keys(&about).await, in_queue, "{:?}", winner.review.decision);
        recorded.push(winner.review);
    }
    recorded.reverse();
    assert_eq!(desk.reviews.of_listing("A", 100).await.unwrap(), recorded);
    desk.stack.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_takes_back_what_another_decides_anew_is_told_the_truth() {
    let desk = Desk::open().await;
    let (mut withdrawn, mut decided) = (0, 0);
    for round in 0..60 {
        let listing_id = format!("L-{round}");
        let about = desk.result(&listing_id, 1, 500).await;
        desk.decide(&about, "ana-1", CONFIRMED, 1, 0).await;
        let newer = new("bob-2", REJECTED, 2, &about);
        // One after the other in this order or that: neither is favoured.
        let (taken_back, anew) = if round % 2 == 0 {
            tokio::join!(desk.withdraw(&about, "ana-1", 1), desk.reviews.decide(&newer, 1))
        } else {
            let (anew, taken_back) = tokio::join!(desk.reviews.decide(&newer, 1), desk.withdraw(&about, "ana-1", 1));
            (taken_back, anew)
        };
        match (taken_back, anew) {
            (Ok(state), refused) => {
                withdrawn += 1;
                assert_eq!((state.version, state.decision), (2, None));
                assert_eq!(conflict(refused), state);
                desk.check(&listing_id, &state, &[("ana-1", 1, true)]).await;
                assert_eq!(desk.keys(&about).await, about.queue_keys());
            }
            (refused, Ok(Decided { state, .. })) => {
                decided += 1;
                match refused {
                    // It looked when the newer decision stood already.
                    Err(Error::ReviewNotLatest) => {}
                    refused => assert_eq!(conflict(refused), state),
                }
                desk.check(&listing_id, &state, &[("bob-2", 2, false), ("ana-1", 1, false)]).await;
                assert_eq!(desk.keys(&about).await, []);
            }
            neither => panic!("{neither:?}"),
        }
    }
    // Which of the two is faster is the machine's business.
    assert_eq!(withdrawn + decided, 60);
    desk.stack.stop().await;
}

#[tokio::test]
async fn a_decision_that_is_taken_back_makes_the_one_before_it_stand_again() {
    let desk = Desk::open().await;
    let about = desk.result("A", 1, 500).await;
    desk.decide(&about, "ana-1", UNSURE, 10, 0).await;
    assert_eq!(desk.keys(&about).await, about.queue_keys(), "an unsure one stays for a second pair of eyes");
    let settled = desk.decide(&about, "bob-2", REJECTED, 20, 1).await;
    assert_eq!(desk.keys(&about).await, []);
    // A clock that is behind: versions order decisions, not times.
    desk.decide(&about, "cem-3", CONFIRMED, 5, 2).await;
    desk.decide(&about, "ana-4", UNSURE, 30, 3).await;
    assert_eq!(desk.keys(&about).await, about.queue_keys(), "what settled it before does no more");

    let state = desk.withdraw(&about, "ana-4", 4).await.unwrap();
    assert_eq!((state.version, state.review_id.as_deref(), state.decision), (5, Some("cem-3"), Some(CONFIRMED)));
    assert_eq!(desk.keys(&about).await, []);
    let state = desk.withdraw(&about, "cem-3", 5).await.unwrap();
    assert_eq!(state, ReviewState { version: 6, ..settled.state });
    assert_eq!(desk.keys(&about).await, []);

    // Decided anew on top of what was taken back.
    desk.decide(&about, "dee-7", CONFIRMED, 40, 6).await;
    desk.withdraw(&about, "dee-7", 7).await.unwrap();
    let state = desk.withdraw(&about, "bob-2", 8).await.unwrap();
    assert_eq!((state.version, state.review_id.as_deref(), state.decision), (9, Some("ana-1"), Some(UNSURE)));
    assert_eq!(desk.keys(&about).await, about.queue_keys());
    let state = desk.withdraw(&about, "ana-1", 9).await.unwrap();
    assert_eq!(state, ReviewState { version: 10, ..ReviewState::default() });
    assert_eq!(desk.keys(&about).await, about.queue_keys());

    let decided = desk.decide(&about, "ana-11", REJECTED, 50, 10).await;
    let all = [
        ("ana-11", 11, false),
        ("dee-7", 7, true),
        ("ana-4", 4, true),
        ("bob-2", 2, true),
        ("ana-1", 1, true),
        ("cem-3", 3, true),
    ];
    desk.check("A", &decided.state, &all).await;
    desk.stack.stop().await;
}

#[tokio::test]
async fn only_what_stands_can_be_taken_back_and_only_on_its_version() {
    let desk = Desk::open().await;
    let about = desk.result("A", 1, 500).await;
    assert_eq!(desk.withdraw(&about, "ana-1", 0).await.unwrap_err().code(), "review.not_found");
    desk.decide(&about, "ana-1", CONFIRMED, 1, 0).await;
    let latest = desk.decide(&about, "bob-2", REJECTED, 2, 1).await;
    for (review_id, version, code) in
        [("ana-1", 2, "review.not_latest"), ("cem-9", 2, "review.not_found"), ("bob-2", 1, "review.conflict")]
    {
        let error = desk.withdraw(&about, review_id, version).await.unwrap_err();
        assert_eq!((error.code(), error.class()), (code, Class::Reject));
    }
    desk.check("A", &latest.state, &[("bob-2", 2, false), ("ana-1", 1, false)]).await;

    let state = desk.withdraw(&about, "bob-2", 2).await.unwrap();
    assert_eq!(desk.withdraw(&about, "bob-2", 3).await.unwrap_err().code(), "review.not_found", "it is gone already");
    desk.check("A", &state, &[("bob-2", 2, true), ("ana-1", 1, false)]).await;
    let reviews = desk.reviews.of_listing("A", 1).await.unwrap();
    assert_eq!(reviews[0].withdrawn_at.as_deref(), Some("2026-11-24T09:00:00.900Z"));
    desk.stack.stop().await;
}

#[tokio::test]
async fn the_same_decision_twice_is_recorded_once_whatever_comes_in_between() {
    let desk = Desk::open().await;
    let about = desk.result("A", 1, 500).await;
    let first = desk.decide(&about, "ana-1", CONFIRMED, 1, 0).await;
    assert_eq!(desk.decide(&about, "ana-1", CONFIRMED, 1, 0).await, first);
    desk.check("A", &first.state, &[("ana-1", 1, false)]).await;
    // Even on the version that stands, and with another finding: what is on record stays.
    assert_eq!(desk.decide(&about, "ana-1", UNSURE, 1, 1).await, first);
    desk.check("A", &first.state, &[("ana-1", 1, false)]).await;
    assert_eq!(desk.keys(&about).await, []);

    let second = desk.decide(&about, "bob-2", REJECTED, 2, 1).await;
    for version in [0, 1, 2] {
        assert_eq!(desk.decide(&about, "ana-1", CONFIRMED, 1, version).await, first);
    }
    desk.check("A", &second.state, &[("bob-2", 2, false), ("ana-1", 1, false)]).await;
    // Another decision on an old version, or on one that is still to come, is none.
    for version in [0, 1, 3, u64::from(u32::MAX)] {
        assert_eq!(conflict(desk.reviews.decide(&new("cem-3", UNSURE, 3, &about), version).await), second.state);
    }
    desk.check("A", &second.state, &[("bob-2", 2, false), ("ana-1", 1, false)]).await;
    desk.stack.stop().await;
}

#[tokio::test]
async fn the_queue_follows_the_newest_result() {
    let desk = Desk::open().await;
    // Decided, then uploaded again unchanged and decided back: the newer result comes into the queue, the older one stays out.
    let old = desk.result("again", 1, 500).await;
    desk.decide(&old, "ana-1", CONFIRMED, 1, 0).await;
    let newer = desk.result("again", 2, 500).await;
    desk.withdraw(&newer, "ana-1", 1).await.unwrap();
    assert_eq!((desk.keys(&old).await, desk.keys(&newer).await), (vec![], newer.queue_keys()));

    // What stands again was about other content: it settles nothing.
    let old = desk.result("changed", 1, 500).await;
    desk.decide(&old, "ana-1", REJECTED, 1, 0).await;
    let newer = desk.result("changed", 2, 700).await;
    desk.decide(&newer, "bob-2", CONFIRMED, 2, 1).await;
    assert_eq!(desk.keys(&newer).await, []);
    desk.withdraw(&newer, "bob-2", 2).await.unwrap();
    assert_eq!(desk.keys(&newer).await, newer.queue_keys());

    // A clear result is decided on as well and is never queued.
    let clear = desk.result("clear", 1, 10).await;
    desk.decide(&clear, "ana-1", UNSURE, 1, 0).await;
    desk.decide(&clear, "ana-2", CONFIRMED, 2, 1).await;
    desk.withdraw(&clear, "ana-2", 2).await.unwrap();
    assert_eq!(desk.keys(&clear).await, []);
    desk.stack.stop().await;
}

#[tokio::test]
async fn a_decision_on_a_result_that_has_expired_leaves_no_trace() {
    let desk = Desk::open().await;
    let gone = StoredResult::try_from(&item("A", 1, 500, 1)).unwrap();
    let error = desk.reviews.decide(&new("ana-1", CONFIRMED, 1, &gone), 0).await.unwrap_err();
    assert_eq!((error.code(), error.class()), ("storage.lost_race", Class::Retry));
    desk.check("A", &ReviewState::default(), &[]).await;
    let items = desk.stack.dynamodb().scan().table_name(tables().results).send().await.unwrap();
    assert_eq!(items.count, 0);
    desk.stack.stop().await;
}

#[tokio::test]
async fn decisions_of_a_day_are_found_in_their_order_and_in_pages() {
    let desk = Desk::open().await;
    let midnight = 15 * 3_600 * 1_000;
    let mut expected = Vec::new();
    for n in 0..9 {
        let about = desk.result(&format!("L-{n}"), 1, 500).await;
        // Two of them in the same millisecond.
        let review_id = format!("ana-{n}");
        desk.decide(&about, &review_id, CONFIRMED, midnight - 8 + n - n % 2, 0).await;
        expected.push(review_id);
    }
    let next_day = expected.pop().unwrap();
    let mut found: Vec<Review> = Vec::new();
    loop {
        let page = desk.reviews.of_day("2026-11-24", found.last(), 3).await.unwrap();
        let is_last = page.len() < 3;
        found.extend(page);
        if is_last {
            break;
        }
    }
    assert_eq!(names(&found), expected);
    assert_eq!(desk.reviews.of_day("2026-11-25", None, 100).await.unwrap()[0].review_id, next_day);
    assert_eq!(desk.reviews.of_day("2026-11-26", None, 100).await.unwrap(), []);
    assert_eq!(desk.reviews.of_day("2026-11-24", None, 0).await.unwrap(), []);
    desk.stack.stop().await;
}

#[tokio::test]
async fn so_many_decisions_are_given_as_were_asked_for_even_beyond_one_answer() {
    let desk = Desk::open().await;
    let about = desk.store(item("A", 1, 500, REVIEW_REASONS_MAX)).await;
    let note = "n".repeat(20_000);
    // More than a megabyte, at which one answer of DynamoDB ends.
    for version in 0..60 {
        let review_id = format!("ana-{version}");
        let review = NewReview { note: &note, ..new(&review_id, UNSURE, i64::try_from(version).unwrap(), &about) };
        desk.reviews.decide(&review, version).await.unwrap();
    }
    let all: Vec<_> = (0..60).rev().map(|version| format!("ana-{version}")).collect();
    for reviews_max in [0, 1, 59, 60, 61, usize::MAX] {
        let found = desk.reviews.of_listing("A", reviews_max).await.unwrap();
        assert_eq!(names(&found), all[..reviews_max.min(60)]);
    }
    assert_eq!(desk.reviews.of_day("2026-11-24", None, 1_000).await.unwrap().len(), 60);
    desk.stack.stop().await;
}
