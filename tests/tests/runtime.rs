//! Does the binary that is shipped do what the library does, by the protocol that Lambda speaks?
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tests::runtime_api::{Function, Outcome, services};
use tests::world::{Message, Pace, Upload, World, jsonl, queue_event};

const ENOUGH: Duration = Duration::from_secs(300);

/// What the template gives the function, with the services of this world.
fn environment(world: &World) -> BTreeMap<String, String> {
    let mut variables = services(world.stack());
    variables.insert("QUEUE_URL".to_owned(), world.stack().queue_url());
    variables
}

async fn started(world: &World) -> Function {
    let mut function = Function::start("ingest", &environment(world)).await.unwrap_or_else(|error| panic!("{error}"));
    if let Err(outcome) = function.ready().await {
        panic!("never asked for work: {outcome:?}\n{}", function.end().await.join("\n"));
    }
    function
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_of_s3_and_sqs_are_answered_and_done() {
    let world = World::begin(Pace::Generous).await;
    let mut function = started(&world).await;
    let direct = world.upload(&Upload::new("exports/shop a+b.jsonl", jsonl("direct", 40, 100))).await;
    assert_eq!(function.invoke(&direct, ENOUGH).await, Outcome::Response(json!({"batchItemFailures": []})));

    let good = world.announced(&Upload::new("exports/good.jsonl", jsonl("queued", 40, 100))).await;
    let bad = Message { id: "m-bad".into(), body: "no event".into() };
    let answer = function.invoke(&queue_event(&[good, bad]), ENOUGH).await;
    assert_eq!(answer, Outcome::Response(json!({"batchItemFailures": [{"itemIdentifier": "m-bad"}]})));

    let state = world.state().await;
    let results = state.items.values().filter(|item| item.get("order_key").is_some()).count();
    assert_eq!((results, state.files.len(), state.jobs().count()), (80, 8, 2));

    // One metric line for each invocation, and nothing of what sellers wrote.
    let log = function.end().await;
    let lines: Vec<Value> = log.iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let metrics: Vec<_> = lines.iter().filter(|line| line.get("_aws").is_some()).collect();
    let counts: Vec<_> = metrics.iter().map(|line| (line["rows"].as_u64(), line["cold_starts"].as_u64())).collect();
    assert_eq!(counts, [(Some(40), Some(1)), (Some(40), Some(0))], "{log:#?}");
    for secret in ["replica", "mirror", "Leather", "Gucci", "direct-3"] {
        assert!(!log.iter().any(|line| line.contains(secret)), "the log quotes a listing ({secret}): {log:#?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_binary_leaves_what_the_library_leaves() {
    let upload = Upload::new("exports/shop.jsonl", jsonl("s", 40, 100));
    let (by_library, by_binary) = (World::begin(Pace::Generous).await, World::begin(Pace::Generous).await);
    let message = by_library.announced(&upload).await;
    by_library.settle(vec![message], |_| tests::faults::Faults::none().into()).await;
    let event = by_binary.upload(&upload).await;
    let mut function = started(&by_binary).await;
    assert_eq!(function.invoke(&event, ENOUGH).await, Outcome::Response(json!({"batchItemFailures": []})));
    function.end().await;
    // The binary has the time of the machine.
    let printed =
        |scored: &Value| json!([scored["listing_id"], scored["risk"], scored["log_odds"], scored["reasons"], scored["input"]]);
    let lines = |bytes: &[u8]| {
        let text = String::from_utf8(zstd::decode_all(bytes).unwrap()).unwrap();
        text.lines().map(|line| printed(&serde_json::from_str(line).unwrap())).collect::<Vec<_>>()
    };
    let (expected, found) = (by_library.state().await, by_binary.state().await);
    assert_eq!(lines(expected.file("scored.jsonl.zst").unwrap()), lines(found.file("scored.jsonl.zst").unwrap()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invocation_without_time_goes_on_through_the_queue() {
    let world = World::begin(Pace::Generous).await;
    let mut function = started(&world).await;
    let message = world.announced(&Upload::new("exports/long.jsonl", jsonl("s", 120, 30_000))).await;
    let mut messages = vec![message];
    let mut invocations = 0;
    while !messages.is_empty() {
        invocations += 1;
        assert!(invocations < 20, "the job never ends: {messages:?}");
        // Less than the gap before the deadline: one batch.
        let answer = function.invoke(&queue_event(&messages), Duration::from_secs(20)).await;
        assert_eq!(answer, Outcome::Response(json!({"batchItemFailures": []})));
        messages = world.sent().await;
    }
    assert!(invocations >= 4, "{invocations} invocations");
    let state = world.state().await;
    assert_eq!(state.jobs().next().unwrap()["summary"]["scored"], 120);
    function.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failure_has_a_stable_name_and_the_function_lives_on() {
    let world = World::begin(Pace::Generous).await;
    let mut function = started(&world).await;
    match function.invoke(&json!({"hello": "world"}), ENOUGH).await {
        Outcome::Error { error_type, message } => {
            assert_eq!(error_type, "event.not_understood");
            assert!(message.starts_with("the event is not understood: "), "{message}");
        }
        other => panic!("{other:?}"),
    }
    let event = world.upload(&Upload::new("exports/shop.jsonl", jsonl("s", 5, 0))).await;
    assert_eq!(function.invoke(&event, ENOUGH).await, Outcome::Response(json!({"batchItemFailures": []})));
    function.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_or_bad_setting_is_named_before_the_first_event() {
    let world = World::begin(Pace::Generous).await;
    for (name, value) in
        [("RESULTS_TABLE", None), ("AWS_REGION", None), ("STORE_FROM", Some("everything")), ("WORKERS", Some("many"))]
    {
        let mut environment = environment(&world);
        match value {
            None => environment.remove(name),
            Some(value) => environment.insert(name.to_owned(), value.to_owned()),
        };
        let mut function = Function::start("ingest", &environment).await.unwrap_or_else(|error| panic!("{error}"));
        let outcome = function.ready().await;
        let log = function.end().await.join("\n");
        match outcome {
            Err(Outcome::InitError { message, .. }) => assert!(message.contains(name), "{message}"),
            // Without a word to the platform the log has to say it.
            Err(Outcome::Exited(code)) => assert!(code != Some(0) && log.contains(name), "{name}: exit {code:?}, {log}"),
            other => panic!("{name}: {other:?}\n{log}"),
        }
    }
}
