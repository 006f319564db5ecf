//! What is left of a decision when the process dies at any of its calls, or on a bad day? The same, once it is sent again: one record,
//! one answer, and the listing off the queue.
#![allow(clippy::unwrap_used)]

use lambda::Clock;
use local::{Tokens, endpoint};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use storage::sdk::Patience;
use tests::endpoint::{Answer, Ask, Endpoint, answer, flagged, person};
use tests::faults::{Cut, Fault, Faults, Operation, When};

/// Longer than a claim on a request holds, in seconds: by then its process must have ended.
const LATER_SECONDS: u64 = 60;

/// A decision under faults, and again without.
struct Attempt {
    endpoint: Endpoint,
    faults: Arc<Faults>,
    ask: Ask,
}

impl Attempt {
    async fn on(faults: Faults) -> Self {
        let endpoint = Endpoint::begin().await;
        endpoint.store(&[flagged("A-17", "Gucci", "Marmont", "s-1")]).await;
        let kim = person("kim", &[score_api::Role::Review]);
        let known = endpoint.ask(Ask::get("/v1/listings/A-17").by(&kim)).await;
        let decision = json!({"decision": "confirmed", "note": "date code"});
        let ask = Ask::post("/v1/listings/A-17/reviews", &decision).by(&kim).on(known.etag()).once("key-1");
        Self { endpoint, faults: Arc::new(faults), ask }
    }

    /// Sends it at that time; nothing when the process dies before it answers.
    async fn send(&self, seconds: u64, faults: &Arc<Faults>) -> Option<Answer> {
        let stack = self.endpoint.stack();
        let mut deps = endpoint::deps(stack, &Tokens::of_folder(stack.home()).unwrap());
        let settings = stack.settings();
        deps.dynamodb = settings.clients(&faults.over(settings.http_client()), Patience::Request).dynamodb;
        let now = SystemTime::now() + Duration::from_secs(seconds);
        deps.clock = Clock::new(move || now);
        let work = answer(score_api::router(deps), self.ask.clone().request());
        tokio::select! {
            answer = work => Some(answer),
            () = faults.death() => None,
        }
    }

    /// What is left is one decision, its answer, and no entry in the queue.
    async fn check(&self, first: Option<Answer>) {
        let calm = Arc::new(Faults::none());
        let again = self.send(LATER_SECONDS, &calm).await.unwrap();
        assert_eq!(again.status, 201, "{} after {:?}", again.text(), self.faults);
        if let Some(first) = first.filter(|first| first.status == 201) {
            assert_eq!(first.text(), again.text(), "{:?}", self.faults);
        }
        let kim = person("kim", &[score_api::Role::Review]);
        let read = async |uri: &str| self.endpoint.ask(Ask::get(uri).by(&kim)).await.json();
        let reviews = read("/v1/listings/A-17/reviews").await;
        assert_eq!(reviews["reviews"].as_array().map(Vec::len), Some(1), "{reviews} after {:?}", self.faults);
        assert_eq!(reviews["reviews"][0], again.json(), "{:?}", self.faults);
        assert_eq!(read("/v1/listings/A-17").await["review"]["version"], json!(1), "{:?}", self.faults);
        assert_eq!(read("/v1/queue").await["entries"], Value::Array(vec![]), "{:?}", self.faults);
        assert_eq!(self.endpoint.items(&local::stack::tables().requests).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_that_is_cut_off_anywhere_is_made_once() {
    for cut in [Cut::Before as fn(u64) -> Cut, Cut::After] {
        let mut deaths = 0;
        for call in 0_u64.. {
            let attempt = Attempt::on(Faults::none().cut(cut(call))).await;
            let first = attempt.send(0, &attempt.faults).await;
            if !attempt.faults.is_dead() {
                break;
            }
            deaths += 1;
            attempt.check(first).await;
        }
        assert!(deaths >= 5, "a decision makes more calls than {deaths}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_day_changes_nothing() {
    let (once, twice) = (When::FirstAttempts(1), When::FirstAttempts(2));
    for (operation, when, fault) in [
        ("TransactWriteItems", once, Fault::LostAnswer),
        ("TransactWriteItems", twice, Fault::Throttle),
        ("PutItem", once, Fault::LostAnswer),
        ("UpdateItem", once, Fault::LostAnswer),
        ("UpdateItem", twice, Fault::InternalError),
        ("GetItem", once, Fault::Reset),
        ("Query", twice, Fault::Throttle),
    ] {
        let attempt = Attempt::on(Faults::none().with(Operation::Named(operation), when, fault)).await;
        let first = attempt.send(0, &attempt.faults).await;
        assert!(attempt.faults.fired() > 0, "no fault struck: {:?}", attempt.faults);
        assert_eq!(first.as_ref().map(|first| first.status), Some(201), "{:?}", attempt.faults);
        attempt.check(first).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_that_refuses_for_good_is_told_and_nothing_is_half_done() {
    let attempt =
        Attempt::on(Faults::none().with(Operation::Named("TransactWriteItems"), When::FirstAttempts(u32::MAX), Fault::Throttle))
            .await;
    let first = attempt.send(0, &attempt.faults).await.unwrap();
    assert_eq!((first.outcome(), first.header("retry-after")), ((503, "storage.unavailable".into()), "1"));
    // The claim was given back, so nobody need wait for its end.
    let again = attempt.send(1, &Arc::new(Faults::none())).await.unwrap();
    assert_eq!(again.status, 201, "{}", again.text());
    attempt.check(Some(again)).await;
}
