//! What happens to an upload whose event comes twice, late, wrapped, misspelt or in bad company?
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::{Value, json};
use std::sync::Arc;
use tests::faults::Faults;
use tests::world::{Delivered, Message, Pace, State, Upload, World, jsonl, queue_event};

fn calm(_: u32) -> Arc<Faults> {
    Faults::none().into()
}

/// What is there after these uploads were delivered in this order, each until it is done.
async fn after(uploads: &[Upload], order: &[usize]) -> State {
    let world = World::begin(Pace::Generous).await;
    let mut announced = Vec::new();
    for upload in uploads {
        announced.push(world.announced(upload).await);
    }
    world.settle(order.iter().map(|&index| announced[index].clone()).collect(), calm).await;
    world.state().await
}

fn assert_same(expected: &State, found: &State) {
    let differences = expected.differences(found);
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

/// One delivery of an event as it is.
async fn delivered(world: &World, event: Value) -> Vec<String> {
    match world.deliver(event, &Faults::none().into()).await {
        Delivered::Answer(response) => response.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_is_scored() {
    let state = after(&[Upload::new("exports/shop.jsonl", jsonl("s", 60, 40))], &[0]).await;
    let job = state.jobs().next().unwrap();
    assert_eq!(job["state"], "done");
    assert_eq!(job["started_at"], "2026-11-23T00:00:00.000Z");
    assert_eq!(job["summary"]["scored"], 60, "{job}");
    let results: Vec<_> = state.items.values().filter(|item| item.get("order_key").is_some()).collect();
    assert_eq!(results.len(), 60);
    assert!(results.iter().all(|item| item["scored_at"] == "2026-11-23T00:00:00.000Z"));
    assert_eq!(state.files.len(), 4, "{:?}", state.files.keys());
    let scored = zstd::decode_all(state.file("scored.jsonl.zst").unwrap()).unwrap();
    let ids = String::from_utf8(scored).unwrap();
    let ids: Vec<_> = ids.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["listing_id"].clone()).collect();
    assert_eq!(ids, (0..60).map(|row| json!(format!("s-{row}"))).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_event_twice_does_nothing_twice() {
    let upload = [Upload::new("exports/shop.jsonl", jsonl("s", 60, 40))];
    assert_same(&after(&upload, &[0]).await, &after(&upload, &[0, 0, 0]).await);

    let world = World::begin(Pace::Generous).await;
    let event = world.upload(&upload[0]).await;
    let (first, second) = (Arc::new(Faults::none()), Arc::new(Faults::none()));
    for day in [&first, &second] {
        world.deliver(event.clone(), day).await;
    }
    assert!(first.calls_of("BatchWriteItem") > 0 && first.calls_of("PutObject") > 0);
    // All that a repeated event costs is the claim that is refused.
    assert_eq!((second.calls(), second.calls_of("UpdateItem")), (1, 1), "{second:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_event_at_the_same_time_is_worked_on_by_one() {
    let upload = Upload::new("exports/shop.jsonl", jsonl("s", 200, 40));
    let expected = after(std::slice::from_ref(&upload), &[0]).await;
    let world = World::begin(Pace::Generous).await;
    let message = world.announced(&upload).await;
    let event = queue_event(std::slice::from_ref(&message));
    let days: Vec<_> = (0..3).map(|_| Arc::new(Faults::none())).collect();
    let (one, two, three) = tokio::join!(
        world.deliver(event.clone(), &days[0]),
        world.deliver(event.clone(), &days[1]),
        world.deliver(event, &days[2])
    );
    assert!([one, two, three].iter().all(|delivered| matches!(delivered, Delivered::Answer(_))));
    let workers = days.iter().filter(|day| day.calls_of("BatchWriteItem") > 0).count();
    assert_eq!(workers, 1, "{days:#?}");
    assert_same(&expected, &world.state().await);
    // Whoever was told to come again finds it done.
    world.settle(vec![message], calm).await;
    assert_same(&expected, &world.state().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_versions_in_the_wrong_order_end_the_same() {
    let body = |title| json!({"listing_id": "A-1", "title": title}).to_string();
    let key = "exports/shop.jsonl";
    let uploads =
        [Upload::new(key, body("replica bag")).version("v1", 10), Upload::new(key, body("plain bag")).version("v2", 20)];
    let expected = after(&uploads, &[0, 1]).await;
    assert_eq!(expected.latest("A-1").unwrap()["title"], "plain bag");
    assert_eq!(expected.jobs().count(), 2);
    for order in [[1, 0].as_slice(), &[1, 0, 1, 0], &[0, 1, 0]] {
        assert_same(&expected, &after(&uploads, order).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_files_with_the_same_listing_in_the_wrong_order_end_the_same() {
    let body = |title| json!({"listing_id": "A-1", "title": title}).to_string();
    let uploads =
        [Upload::new("exports/a.jsonl", body("replica bag")).at(10), Upload::new("exports/b.jsonl", body("plain bag")).at(20)];
    let expected = after(&uploads, &[0, 1]).await;
    assert_eq!(expected.latest("A-1").unwrap()["title"], "plain bag");
    assert_same(&expected, &after(&uploads, &[1, 0]).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_event_of_a_replaced_object_hides_nothing() {
    // Without versions the older object is gone when its event comes late.
    let body = |title| json!({"listing_id": "A-1", "title": title}).to_string();
    let uploads =
        [Upload::new("exports/a.jsonl", body("replica bag")).at(10), Upload::new("exports/a.jsonl", body("plain bag!")).at(20)];
    for order in [[0, 1], [1, 0]] {
        let state = after(&uploads, &order).await;
        assert_eq!(state.latest("A-1").unwrap()["title"], "plain bag!");
        let jobs: Vec<_> =
            state.jobs().map(|job| (job["uploaded_ms"]["N"].as_str().unwrap(), job["state"].as_str().unwrap())).collect();
        assert!(jobs.contains(&("1795392020000", "done")), "{jobs:?}");
        assert!(jobs.contains(&("1795392010000", "failed")), "{jobs:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_are_taken_as_people_wrote_them() {
    for key in [
        "exports/a b.jsonl",
        "exports/a+b.jsonl",
        "exports/a%2Bb.jsonl",
        "exports/驴牌 é+%.jsonl",
        "exports/deep/er/~x'(1)!.jsonl",
    ] {
        let state = after(&[Upload::new(key, jsonl("s", 2, 0))], &[0]).await;
        let job = state.jobs().next().unwrap_or_else(|| panic!("{key}: no job"));
        assert_eq!((&job["key"], &job["state"]), (&json!(key), &json!("done")));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_upload_is_one_job_whichever_way_its_event_comes() {
    let world = World::begin(Pace::Generous).await;
    let direct = world.upload(&Upload::new("exports/a b+c.jsonl", jsonl("s", 5, 0))).await;
    let object = &direct["Records"][0]["s3"]["object"];
    let bridged = json!({
        "version": "0", "id": "e-1", "detail-type": "Object Created", "source": "aws.s3", "time": "2026-11-23T00:00:00Z",
        "detail": {"bucket": {"name": tests::world::UPLOADS}, "object": {
            // EventBridge does not encode keys.
            "key": "exports/a b+c.jsonl", "size": object["size"], "etag": object["eTag"], "sequencer": object["sequencer"],
        }},
    });
    let queued = |body: &Value| queue_event(&[Message { id: "m-1".into(), body: body.to_string() }]);
    for event in [direct.clone(), bridged.clone(), queued(&direct), queued(&bridged)] {
        assert_eq!(delivered(&world, event).await, Vec::<String>::new());
    }
    let state = world.state().await;
    let jobs: Vec<_> = state.jobs().map(|job| job["key"].clone()).collect();
    assert_eq!(jobs, ["exports/a b+c.jsonl"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_upload_is_left_alone() {
    let world = World::begin(Pace::Generous).await;
    let mut own = world.upload(&Upload::new("exports/a.jsonl", jsonl("s", 1, 0))).await;
    own["Records"][0]["s3"]["bucket"]["name"] = json!(local::stack::RESULTS_BUCKET);
    let mut elsewhere = world.upload(&Upload::new("notes/a.jsonl", jsonl("s", 1, 0))).await;
    let mut removed = world.upload(&Upload::new("exports/b.jsonl", jsonl("s", 1, 0))).await;
    removed["Records"][0]["eventName"] = json!("ObjectRemoved:Delete");
    let test = json!({"Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2026-11-23T00:00:00.000Z", "Bucket": "b"});
    let output = world.upload(&Upload::new("jobs/j-1/scored.jsonl", jsonl("s", 1, 0))).await;
    let folder = world.upload(&Upload::new("exports/folder/", "")).await;
    for event in [own, elsewhere.take(), removed, test, output, folder] {
        let shown = event.to_string();
        let queued = queue_event(&[Message { id: "m-1".into(), body: shown.clone() }]);
        assert_eq!(delivered(&world, event).await, Vec::<String>::new(), "{shown}");
        assert_eq!(delivered(&world, queued).await, Vec::<String>::new(), "{shown}");
    }
    let state = world.state().await;
    assert_eq!((state.items.len(), state.files.len()), (0, 0), "{state:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_batch_only_the_bad_message_comes_again() {
    let world = World::begin(Pace::Generous).await;
    let good = world.announced(&Upload::new("exports/good.jsonl", jsonl("g", 3, 0))).await;
    let broken = world.announced(&Upload::new("exports/broken.jsonl.gz", b"\x1f\x8b\x08\x00 no gzip".to_vec())).await;
    let bad = |id: &str, body: &str| Message { id: id.to_owned(), body: body.to_owned() };
    let messages = [bad("m-1", "{"), good, bad("m-2", "{\"unknown\": true}"), broken, bad("m-3", "[]")];
    let failures = delivered(&world, queue_event(&messages)).await;
    // A broken file is no bad message: it ends as a failed job.
    assert_eq!(failures, ["m-1", "m-2", "m-3"]);
    let state = world.state().await;
    let mut jobs: Vec<_> = state.jobs().map(|job| (job["key"].as_str().unwrap(), job["state"].as_str().unwrap())).collect();
    jobs.sort_unstable();
    assert_eq!(jobs, [("exports/broken.jsonl.gz", "failed"), ("exports/good.jsonl", "done")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_bad_row_never_stops_a_file() {
    let mut body = jsonl("s", 3, 0);
    body.extend_from_slice(b"{\"title\": \"no id\"}\n{\"listing_id\": \"x\"}\nnot json at all\n");
    body.extend(jsonl("t", 3, 0));
    let state = after(&[Upload::new("exports/mixed.jsonl", body)], &[0]).await;
    let summary: Value = serde_json::from_slice(state.file("summary.json").unwrap()).unwrap();
    assert_eq!((&summary["rows"], &summary["scored"], &summary["rejected"]), (&json!(9), &json!(6), &json!(3)));
    let rejects = String::from_utf8(state.file("rejects.jsonl").unwrap().to_vec()).unwrap();
    let rejects: Vec<Value> = rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines: Vec<_> =
        rejects.iter().map(|reject| (reject["line"].as_u64().unwrap(), reject["code"].as_str().unwrap())).collect();
    assert_eq!(lines[..2], [(4, "row.missing_id"), (5, "row.missing_title")]);
    assert_eq!(lines[2].0, 6);
}
