//! What is left of a bad day? The same tables and files as of a good one.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;
use tests::faults::{Fault, Faults, Operation, When};
use tests::world::{Pace, State, Upload, World, jsonl};

/// What is there after one upload of this content, and how many deliveries it took.
async fn after(body: &[u8], day: impl FnMut(u32) -> Arc<Faults>) -> (State, u32) {
    let world = World::begin(Pace::Generous).await;
    let message = world.announced(&Upload::new("exports/shop.jsonl", body)).await;
    let deliveries = world.settle(vec![message], day).await;
    (world.state().await, deliveries)
}

/// The same export on a good day and on days with this fault, once for each seed. Gives the most deliveries it took.
async fn check(rows: usize, description_bytes: usize, rules: &[(Operation, When, Fault)]) -> u32 {
    let body = jsonl("s", rows, description_bytes);
    let (expected, _) = after(&body, |_| Faults::none().into()).await;
    assert_eq!(expected.jobs().next().unwrap()["summary"]["scored"], rows);
    let (mut deliveries_max, mut fired) = (0, 0);
    for seed in 1..=3 {
        let mut days = Vec::new();
        let (found, deliveries) = after(&body, |delivery| {
            let empty = Faults::seeded(seed * 1_000 + u64::from(delivery));
            let faults = rules.iter().fold(empty, |faults, &(operation, when, fault)| faults.with(operation, when, fault));
            days.push(Arc::new(faults));
            days[days.len() - 1].clone()
        })
        .await;
        fired += days.iter().map(|day| day.fired()).sum::<u64>();
        let differences = expected.differences(&found);
        assert!(differences.is_empty(), "after {days:#?}\n{}", differences.join("\n"));
        deliveries_max = deliveries_max.max(deliveries);
    }
    assert!(fired > 0, "no fault struck, so nothing is shown: {rules:?}");
    deliveries_max
}

const BATCHES: Operation = Operation::Named("BatchWriteItem");
const DOWNLOADS: Operation = Operation::Named("GetObject");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thirty_percent_throttling_is_slower_and_nothing_else() {
    assert_eq!(check(400, 0, &[(Operation::DynamoDb, When::Percent(30), Fault::Throttle)]).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_percent_throttling_loses_nothing() {
    check(200, 0, &[(Operation::DynamoDb, When::Percent(60), Fault::Throttle)]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_store_loses_nothing() {
    assert_eq!(check(50, 0, &[(Operation::S3, When::Percent(30), Fault::Throttle)]).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn services_that_fail_twice_are_asked_a_third_time() {
    let rules = [Operation::DynamoDb, Operation::S3].map(|service| (service, When::FirstAttempts(2), Fault::InternalError));
    assert_eq!(check(50, 0, &rules).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_break_are_made_again() {
    let rules = [Operation::DynamoDb, Operation::S3].map(|service| (service, When::Percent(20), Fault::Reset));
    assert_eq!(check(100, 0, &rules).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_lost_is_not_work_done_twice() {
    // The first attempt of everything is done and not heard of: the claim, the results, the files, the end of the job.
    let rules = [Operation::DynamoDb, Operation::S3].map(|service| (service, When::FirstAttempts(1), Fault::LostAnswer));
    assert_eq!(check(100, 0, &rules).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_never_comes_is_not_waited_for() {
    assert_eq!(check(100, 0, &[(Operation::DynamoDb, When::FirstAttempts(1), Fault::Silence)]).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_never_answers_is_not_waited_for() {
    assert_eq!(check(50, 0, &[(DOWNLOADS, When::FirstAttempts(1), Fault::Silence)]).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_is_cut_goes_on_where_it_broke() {
    assert_eq!(check(200, 400, &[(DOWNLOADS, When::FirstAttempts(1), Fault::CutBody(50))]).await, 1);
    // Each piece is cut again; the SDK itself retries none of them.
    check(200, 400, &[(DOWNLOADS, When::Percent(70), Fault::CutBody(30))]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_goes_silent_is_not_waited_for() {
    assert_eq!(check(200, 400, &[(DOWNLOADS, When::First(1), Fault::StallBody(50))]).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_ends_early_in_good_order_is_not_the_end() {
    assert_eq!(check(200, 400, &[(DOWNLOADS, When::FirstAttempts(1), Fault::ShortBody(50))]).await, 1);
    check(200, 400, &[(DOWNLOADS, When::FirstAttempts(1), Fault::ShortBody(0))]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn items_that_are_handed_back_are_written_again() {
    assert_eq!(check(400, 0, &[(BATCHES, When::Percent(60), Fault::Unprocessed)]).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_of_it_together_loses_nothing() {
    let rules = [
        (BATCHES, When::Percent(20), Fault::Unprocessed),
        (DOWNLOADS, When::Percent(30), Fault::CutBody(60)),
        (DOWNLOADS, When::Percent(10), Fault::ShortBody(40)),
        (Operation::DynamoDb, When::Percent(30), Fault::Throttle),
        (Operation::DynamoDb, When::Percent(5), Fault::Silence),
        (Operation::DynamoDb, When::Percent(10), Fault::LostAnswer),
        (Operation::S3, When::Percent(10), Fault::InternalError),
        (Operation::S3, When::Percent(10), Fault::Reset),
    ];
    check(300, 200, &rules).await;
}
