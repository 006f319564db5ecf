//! Does an audit say the same however it was cut off, and does it find what was altered?
#![allow(clippy::unwrap_used, clippy::panic)]

use audit::Response;
use auditing::integrity::Problem;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_s3::primitives::ByteStream;
use local::stack::{RESULTS_BUCKET, tables};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use storage::objects::{self, JobFiles};
use storage::reviews::Decision;
use tests::faults::{Cut, Faults};
use tests::world::{Files, Pace, Upload, World, jsonl};

const DAY: Duration = Duration::from_secs(86_400);

/// The window of every test: the first day of the world and the one after.
fn window(run_id: &str) -> Value {
    json!({"run_id": run_id, "from": "2026-11-23T00:00:00Z", "to": "2026-11-25T00:00:00Z"})
}

fn calm(_: u32) -> Arc<Faults> {
    Faults::none().into()
}

/// Two exports, scored and partly decided, on the day after.
async fn decided_world(pace: Pace) -> World {
    let world = World::begin(Pace::Generous).await;
    let mut copies = String::new();
    for at in 0..40 {
        let title = if at % 2 == 0 { "Louis Vuitton Neverfull 1:1 replica, mirror quality" } else { "Cotton tote bag, natural" };
        let listing = json!({"listing_id": format!("c-{at}"), "title": title, "price": 89, "currency": "USD", "seller_id": format!("s-{}", at % 3)});
        copies.push_str(&format!("{listing}\n"));
    }
    let messages = [
        world.announced(&Upload::new("exports/shop.jsonl", jsonl("s", 600, 40))).await,
        world.announced(&Upload::new("exports/copies.jsonl", copies)).await,
    ];
    world.settle(messages.to_vec(), calm).await;
    for at in [0, 2, 4] {
        world.decide(&format!("c-{at}"), Decision::Confirmed).await;
    }
    world.decide("c-6", Decision::Rejected).await;
    world.decide("c-8", Decision::Unsure).await;
    world.pass(2 * DAY);
    world.at_pace(pace)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_audit_counts_what_there_is() {
    let world = decided_world(Pace::Generous).await;
    world.audit(&window("a-1"), calm).await;
    let report = world.audit_report("a-1").await;
    assert_eq!((report.covered.jobs_count, report.covered.results_count), (2, 640));
    assert_eq!((report.covered.decisions_count, report.statements.statements_count), (4, 3));
    assert!(report.integrity.is_sound(), "{:#?}", report.integrity);
    assert_eq!(report.integrity.rows_replayed, 640);
    // Sealed with their day, and compared with the results that they quote.
    assert_eq!(report.integrity.decisions_checked, 10);
    // Everything that nobody had decided is drawn: there are fewer listings than the budget.
    assert_eq!(report.sample.drawn_count, 636);
    assert_eq!(report.estimates.waiting, 635, "one of them was looked at, and is unsure");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_drawn_is_reviewed_like_anything_else_and_tells_what_is_missed() {
    let world = decided_world(Pace::Generous).await;
    world.audit(&window("a-1"), calm).await;
    // Honest listings of low risk among them, and one that turns out to be a counterfeit.
    for at in 0..600 {
        let decision = if at == 7 { Decision::Confirmed } else { Decision::Rejected };
        world.decide(&format!("s-{at}"), decision).await;
    }
    world.audit(&window("a-2"), calm).await;
    let report = world.audit_report("a-2").await;
    let figures = report.estimates.leading().expect("six hundred answers are enough");
    assert!(figures.review.missed.value >= 0.9, "{figures:?}");
    assert!(figures.review.missed.interval.low <= 1.0 && figures.review.missed.interval.high >= 1.0, "{figures:?}");
    assert_eq!(report.past.len(), 1);
}

/// The files of an audit that nothing disturbs.
async fn undisturbed() -> (Files, u64) {
    let world = decided_world(Pace::Generous).await;
    let day = Arc::new(Faults::none());
    world.audit(&window("a-1"), |_| day.clone()).await;
    (world.audit_files("a-1").await, day.calls())
}

fn assert_same(expected: &Files, found: &Files, why: &dyn std::fmt::Debug) {
    for (name, bytes) in expected {
        let same = found.get(name) == Some(bytes);
        assert!(same, "after {why:?} {name} differs:\n{}\n{}", shown(Some(bytes)), shown(found.get(name)));
    }
}

fn shown(bytes: Option<&Vec<u8>>) -> String {
    bytes.map_or_else(String::new, |bytes| String::from_utf8_lossy(bytes).chars().take(3_000).collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_death_at_any_call_leaves_no_trace() {
    let (expected, calls) = undisturbed().await;
    let cuts = (0..calls).flat_map(|call| [Cut::Before(call), Cut::After(call)]);
    // Sending hundreds of drawn listings to review is hundreds of calls of one kind.
    let cuts: Vec<_> = cuts.step_by(usize::try_from(calls / 8).unwrap().max(1) | 1).collect();
    for cut in cuts {
        let world = decided_world(Pace::Generous).await;
        world.audit(&window("a-1"), |call| Arc::new(if call == 0 { Faults::none().cut(cut) } else { Faults::none() })).await;
        assert_same(&expected, &world.audit_files("a-1").await, &cut);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_audit_that_runs_out_of_time_goes_on_and_ends_the_same() {
    let (expected, _) = undisturbed().await;
    let world = decided_world(Pace::OneBatch).await;
    let calls = world.audit(&window("a-1"), calm).await;
    assert!(calls >= 4, "{calls} calls");
    assert_same(&expected, &world.audit_files("a-1").await, &Pace::OneBatch);
    assert!(world.state().await.work.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_runs_at_once_do_not_disturb_each_other() {
    let world = decided_world(Pace::Generous).await;
    let (one, other) = (window("a-1"), window("a-2"));
    // The first one twice, as a queue may deliver it.
    let faults = calm(0);
    let answers =
        tokio::join!(world.audit_call(&one, &faults), world.audit_call(&one, &faults), world.audit_call(&other, &faults));
    let is_done = |answer: &Option<Result<Response, audit::Error>>| matches!(answer, Some(Ok(_)));
    assert!(is_done(&answers.0) || is_done(&answers.1), "{answers:?}");
    assert!(is_done(&answers.2), "{answers:?}");
    let (expected, _) = undisturbed().await;
    assert_same(&expected, &world.audit_files("a-1").await, &"another run");
    let report = world.audit_report("a-2").await;
    assert_eq!((report.covered.results_count, report.integrity.is_sound()), (640, true));
}

/// Audits again after something was altered: the problems by kind, and the places.
async fn found_after(world: &World) -> Vec<(Problem, String)> {
    world.audit(&window("a-2"), calm).await;
    let report = world.audit_report("a-2").await;
    report.integrity.found.into_iter().map(|finding| (finding.problem, finding.place)).collect()
}

/// The name of the job of an export, and the lines of its results.
async fn results_of(world: &World, key: &str) -> (String, Vec<String>) {
    let state = world.state().await;
    let job = state.jobs().find(|job| job["key"] == key).unwrap();
    let job_id = job["job_id"].as_str().unwrap().to_owned();
    let file = objects::get(&world.stack().s3(), RESULTS_BUCKET, &JobFiles::of(&job_id).scored).await.unwrap();
    let text = String::from_utf8(zstd::stream::decode_all(file.as_ref()).unwrap()).unwrap();
    (job_id, text.lines().map(str::to_owned).collect())
}

async fn write_results(world: &World, job_id: &str, lines: &[String]) {
    let body = zstd::bulk::compress(format!("{}\n", lines.join("\n")).as_bytes(), 1).unwrap();
    let put = world.stack().s3().put_object().bucket(RESULTS_BUCKET).key(JobFiles::of(job_id).scored);
    put.body(ByteStream::from(body)).send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_altered_line_of_a_result_file_is_named() {
    let world = decided_world(Pace::Generous).await;
    let (job_id, mut lines) = results_of(&world, "exports/copies.jsonl").await;
    let at = lines.iter().position(|line| line.contains("\"c-12\"")).unwrap();
    lines[at] = lines[at].replacen("red_flag", "clear", 1);
    write_results(&world, &job_id, &lines).await;
    let found = found_after(&world).await;
    assert!(
        found.iter().any(|(_, place)| place.contains(&format!("line {} of the results of job {job_id}", at + 1))),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_line_of_a_result_file_is_told() {
    let world = decided_world(Pace::Generous).await;
    let (job_id, mut lines) = results_of(&world, "exports/copies.jsonl").await;
    lines.remove(12);
    write_results(&world, &job_id, &lines).await;
    let found = found_after(&world).await;
    assert_eq!(found, [(Problem::LinesMissingOrAdded, format!("results of job {job_id}"))]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_altered_id_hides_nothing_behind_it() {
    let world = decided_world(Pace::Generous).await;
    let (job_id, mut lines) = results_of(&world, "exports/copies.jsonl").await;
    lines[12] = lines[12].replacen("\"c-12\"", "\"x-12\"", 1);
    write_results(&world, &job_id, &lines).await;
    assert_eq!(found_after(&world).await, [(Problem::LinesMissingOrAdded, format!("results of job {job_id}"))]);
    assert_eq!(world.audit_report("a-2").await.covered.results_count, 639);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_is_altered_after_an_audit_differs_from_its_seal() {
    let world = decided_world(Pace::Generous).await;
    world.audit(&window("a-1"), calm).await;
    let (job_id, mut lines) = results_of(&world, "exports/copies.jsonl").await;
    lines[3] = lines[3].replacen("p-", "q-", 1);
    write_results(&world, &job_id, &lines).await;
    let found = found_after(&world).await;
    assert!(found.contains(&(Problem::FileAltered, format!("line 4 of {}", JobFiles::of(&job_id).scored))), "{found:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_result_file_is_named() {
    let world = decided_world(Pace::Generous).await;
    let (job_id, _) = results_of(&world, "exports/copies.jsonl").await;
    let put = world.stack().s3().put_object().bucket(RESULTS_BUCKET).key(JobFiles::of(&job_id).scored);
    put.body(ByteStream::from_static(b"not what it was")).send().await.unwrap();
    world.audit(&window("a-2"), calm).await;
    let unread = world.audit_report("a-2").await.covered.jobs_unread;
    assert_eq!(unread.len(), 1);
    assert_eq!((unread[0].job_id.as_str(), unread[0].code.as_str()), (job_id.as_str(), "results.unreadable"));
}

/// Sets an attribute of the first item of a listing whose sort key begins so.
async fn alter(world: &World, table: &str, sort: &str, listing_id: &str, attribute: &str, value: AttributeValue) {
    let dynamodb = world.stack().dynamodb();
    let items = dynamodb
        .query()
        .table_name(table)
        .key_condition_expression("listing_id = :listing_id")
        .expression_attribute_values(":listing_id", AttributeValue::S(listing_id.to_owned()))
        .send()
        .await
        .unwrap();
    let item = items.items().iter().find(|item| item.contains_key(attribute)).unwrap();
    let update = dynamodb
        .update_item()
        .table_name(table)
        .key("listing_id", item["listing_id"].clone())
        .key(sort, item[sort].clone())
        .update_expression("SET #attribute = :value")
        .expression_attribute_names("#attribute", attribute)
        .expression_attribute_values(":value", value);
    update.send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_altered_row_of_the_table_is_named() {
    let world = decided_world(Pace::Generous).await;
    alter(&world, &tables().results, "order_key", "c-12", "risk", AttributeValue::N("3".to_owned())).await;
    let found = found_after(&world).await;
    assert!(
        found.iter().any(|(problem, place)| *problem == Problem::RowAltered && place.contains("item of listing c-12")),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_altered_decision_is_named() {
    let world = decided_world(Pace::Generous).await;
    world.audit(&window("a-1"), calm).await;
    alter(&world, &tables().reviews, "reviewed_at", "c-2", "note", AttributeValue::S("said nothing".to_owned())).await;
    let found = found_after(&world).await;
    assert!(found.iter().any(|(problem, place)| *problem == Problem::DecisionAltered && place.contains("c-2")), "{found:?}");
}
