//! What is left when the process dies at any of its calls, or runs out of time? The same tables and files.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;
use tests::faults::{Cut, Faults};
use tests::world::{Message, Pace, State, Upload, World, jsonl};

fn calm(_: u32) -> Arc<Faults> {
    Faults::none().into()
}

/// Four batches of rows, by their bytes: so few rows that a job takes few calls, each of which is a place to die.
fn long_export() -> Vec<u8> {
    jsonl("s", 120, 30_000)
}

async fn world_with(pace: Pace, body: &[u8]) -> (World, Message) {
    let world = World::begin(pace).await;
    let message = world.announced(&Upload::new("exports/shop.jsonl", body)).await;
    (world, message)
}

fn assert_same(expected: &State, found: &State, why: &dyn std::fmt::Debug) {
    let differences = expected.differences(found);
    assert!(differences.is_empty(), "after {why:?}\n{}", differences.join("\n"));
}

/// Lets the process die before and after every `step`-th of its calls, in a world of its own for each; what comes after is a calm day.
async fn check_every_cut(pace: Pace, body: &[u8], step: usize) {
    let (world, message) = world_with(pace, body).await;
    let mut days = Vec::new();
    world
        .settle(vec![message], |_| {
            days.push(Arc::new(Faults::none()));
            days[days.len() - 1].clone()
        })
        .await;
    let expected = world.state().await;
    let calls = days.iter().map(|day| day.calls()).collect::<Vec<_>>();
    // Every delivery of a job that needs several has its own places to die.
    let places = calls.iter().zip(0..).flat_map(|(&calls, delivery)| (0..calls).map(move |call| (delivery, call)));
    let cuts = places.flat_map(|(delivery, call)| [(delivery, Cut::Before(call)), (delivery, Cut::After(call))]);
    // A death before the very first call is none: the job has not begun, and begins later.
    let cuts: Vec<_> = cuts.skip(1).collect();
    assert!(cuts.len() > 16, "{calls:?} calls are too few to show anything");
    let (mut deaths, mut tried) = (0, 0);
    for &(cut_delivery, cut) in cuts.iter().step_by(step) {
        let (world, message) = world_with(pace, body).await;
        let mut deadly = Arc::new(Faults::none());
        let day = |delivery| {
            let day = Arc::new(if delivery == cut_delivery { Faults::none().cut(cut) } else { Faults::none() });
            if delivery == cut_delivery {
                deadly = Arc::clone(&day);
            }
            day
        };
        world.settle(vec![message], day).await;
        // Where an invocation without time ends is a race, so the last calls of one are not always there to die at.
        (deaths, tried) = (deaths + usize::from(deadly.is_dead()), tried + 1);
        assert_same(&expected, &world.state().await, &(cut_delivery, cut));
    }
    assert!(deaths * 10 >= tried * 9, "only {deaths} of {tried} cuts killed anything");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_death_at_any_call_of_a_job_leaves_no_trace() {
    check_every_cut(Pace::Generous, &jsonl("s", 60, 40), 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_death_at_any_call_of_a_job_of_several_invocations_leaves_no_trace() {
    check_every_cut(Pace::OneBatch, &long_export(), 3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_runs_out_of_time_goes_on_and_ends_the_same() {
    let body = long_export();
    let mut states = Vec::new();
    for (pace, deliveries_min) in [(Pace::Generous, 1), (Pace::OneBatch, 4)] {
        let (world, message) = world_with(pace, &body).await;
        let deliveries = world.settle(vec![message], calm).await;
        assert!(deliveries >= deliveries_min, "{pace:?} took {deliveries} deliveries");
        states.push(world.state().await);
    }
    assert_eq!(states[0].jobs().next().unwrap()["summary"]["scored"], 120);
    assert!(states[1].work.is_empty(), "left behind: {:?}", states[1].work);
    assert_same(&states[0], &states[1], &Pace::OneBatch);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_of_several_invocations_survives_its_event_coming_twice() {
    let body = long_export();
    let (world, message) = world_with(Pace::OneBatch, &body).await;
    world.settle(vec![message], calm).await;
    let expected = world.state().await;
    // The event again, at once, and again while the job goes on through its own queue.
    let (world, message) = world_with(Pace::OneBatch, &body).await;
    world.settle(vec![message.clone(), message.clone(), message], calm).await;
    assert_same(&expected, &world.state().await, &"three events at once");
}
