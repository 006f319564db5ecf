//! What does a reader of the review queue see on a bad day? The same queue.
#![allow(clippy::unwrap_used)]

use aws_sdk_dynamodb::Client;
use local::stack::{Stack, Storage, tables};
use scoring::{Field, Harm, Policy, RawListing, Scorer};
use std::sync::Arc;
use std::time::Duration;
use storage::results::queue::{Filter, page};
use storage::results::{BatchWriter, Item, Origin, QUEUE_KEYS, to_item};
use storage::sdk::Patience;
use tests::faults::{Fault, Faults, Operation, When};
use tokio::time::Instant;

const LISTINGS: u32 = 20;

/// A stack with two uploads of the same flagged listings, of which the newer expects less harm.
async fn stack() -> Stack {
    let stack = Stack::start(Storage::Memory).await.unwrap();
    let mut scorer = Scorer::new(Policy::embedded());
    let mut items: Vec<Item> = Vec::new();
    for upload in 0..2_u32 {
        let at = storage::Upload { at_ms: 1_790_000_000_000 + i64::from(upload), sequencer: String::new() };
        let origin = Origin::new(&format!("j-{upload}"), &at, 2_000_000_000).unwrap();
        for row in 0..LISTINGS {
            let mut raw = RawListing::default();
            raw.set(Field::ListingId, format!("L-{row}"));
            raw.set(Field::Title, "Louis Vuitton Neverfull 1:1 replica");
            let listing = raw.into_listing().unwrap();
            let scored = scorer.score(&listing, "2026-11-23T00:00:00Z");
            items.push(to_item(&origin, row.into(), &listing, &scored, Harm(u64::from(1_000 - row - 500 * upload))));
        }
    }
    let deadline = Instant::now() + Duration::from_secs(60);
    let mut writer = BatchWriter::new(stack.dynamodb(), &tables().results, deadline);
    writer.put(items).await.unwrap();
    writer.flush().await.unwrap();
    stack
}

/// A client as the endpoint has it, on such a day.
fn client(stack: &Stack, faults: &Arc<Faults>) -> Client {
    let settings = stack.settings();
    settings.clients(&faults.over(settings.http_client()), Patience::Request).dynamodb
}

/// Reads the queue on such a day, and says how many entries are left in its index.
async fn check(faults: Faults, left: u32) {
    let (stack, faults) = (stack().await, Arc::new(faults));
    let found = page(&client(&stack, &faults), &tables(), &Filter::default(), None, 50).await.unwrap();
    let listings: Vec<_> = found.entries.iter().map(|entry| (entry.job_id.as_str(), entry.expected_harm.0)).collect();
    let expected: Vec<_> = (0..LISTINGS).map(|row| ("j-1", u64::from(500 - row))).collect();
    assert_eq!((listings, found.next), (expected, None), "{faults:?}");
    assert!(faults.fired() > 0, "no fault struck, so nothing is shown: {faults:?}");
    let items = stack.dynamodb().scan().table_name(tables().results).send().await.unwrap();
    let in_index = items.items().iter().filter(|item| item.contains_key(QUEUE_KEYS[0])).count();
    assert_eq!(in_index, left as usize, "{faults:?}");
    stack.stop().await;
}

#[tokio::test]
async fn a_call_that_fails_is_made_again() {
    let (once, twice) = (When::FirstAttempts(1), When::FirstAttempts(2));
    check(Faults::none().with(Operation::Named("Query"), once, Fault::Throttle), LISTINGS).await;
    check(Faults::none().with(Operation::Named("BatchGetItem"), twice, Fault::InternalError), LISTINGS).await;
    check(Faults::none().with(Operation::Named("UpdateItem"), once, Fault::LostAnswer), LISTINGS).await;
}

#[tokio::test]
async fn what_cannot_be_taken_out_of_the_index_is_still_not_shown() {
    let always = When::FirstAttempts(u32::MAX);
    check(Faults::none().with(Operation::Named("UpdateItem"), always, Fault::Throttle), 2 * LISTINGS).await;
}

#[tokio::test]
async fn a_table_that_does_not_answer_is_an_error_that_may_pass() {
    let stack = stack().await;
    let always = When::FirstAttempts(u32::MAX);
    let faults = Arc::new(Faults::none().with(Operation::Named("BatchGetItem"), always, Fault::Throttle));
    let error = page(&client(&stack, &faults), &tables(), &Filter::default(), None, 50).await.unwrap_err();
    assert_eq!((error.code(), error.class()), ("storage.service_error", storage::Class::Retry));
    stack.stop().await;
}
