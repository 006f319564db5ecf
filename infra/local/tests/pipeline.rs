//! Is every accepted upload scored once, also when the process ends in between?
#![allow(clippy::unwrap_used)]

use aws_sdk_s3::primitives::ByteStream;
use ingest::StoreFrom;
use jiff::Timestamp;
use local::pipeline::Submitted;
use local::stack::{RESULTS_BUCKET, Stack, Storage, UPLOADS_BUCKET, tables};
use local::{Pipeline, Ports};
use serde_json::Value;
use storage::Upload;
use storage::jobs::{Begin, Claim, Jobs, State, job_id};

const EXPORT: &[u8] = b"listing_id,title\nA-1,Leather bag\nA-2,Garden hose\n,without an id\n";

async fn put(stack: &Stack, key: &str) -> Submitted {
    let since = Timestamp::now();
    stack.s3().put_object().bucket(UPLOADS_BUCKET).key(key).body(ByteStream::from_static(EXPORT)).send().await.unwrap();
    Submitted { key: key.to_owned(), since }
}

async fn start(storage: Storage) -> Pipeline {
    Pipeline::start(storage, Ports::default(), StoreFrom::Clear).await.unwrap()
}

/// Rows of the results table.
async fn stored(stack: &Stack) -> i32 {
    stack.dynamodb().scan().table_name(tables().results).send().await.unwrap().count()
}

#[tokio::test]
async fn an_upload_that_was_accepted_before_a_crash_is_scored_after_it() {
    let home = tempfile::tempdir().unwrap();
    let storage = Storage::Dir(home.path().to_path_buf());
    let stack = Stack::start(storage.clone()).await.unwrap();
    let submitted = put(&stack, "exports/a.csv").await;
    stack.stop().await;

    let pipeline = start(storage.clone()).await;
    let job = pipeline.finished(&submitted).await.unwrap();
    assert_eq!((job.state, job.attempts), (State::Done, 1));
    assert_eq!(stored(&pipeline.stack).await, 2);
    pipeline.stop().await;

    let pipeline = start(storage).await;
    assert_eq!(pipeline.finished(&submitted).await.unwrap(), job);
    assert_eq!(stored(&pipeline.stack).await, 2);
    pipeline.stop().await;
}

/// A killed process leaves its claim on the job behind, which would hold for a quarter of an hour.
#[tokio::test]
async fn a_job_that_was_cut_off_goes_on_at_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let storage = Storage::Dir(home.path().to_path_buf());
    let stack = Stack::start(storage.clone()).await.unwrap();
    let submitted = put(&stack, "exports/a.csv").await;
    let messages = stack.sqs().receive_message().queue_url(stack.queue_url()).send().await.unwrap();
    let event: Value = serde_json::from_str(messages.messages()[0].body().unwrap()).unwrap();
    let object = &event["Records"][0]["s3"]["object"];
    let (e_tag, sequencer) = (object["eTag"].as_str().unwrap(), object["sequencer"].as_str().unwrap());
    let now = Timestamp::now();
    let claim = Claim {
        job_id: &job_id(UPLOADS_BUCKET, "exports/a.csv", &format!("{e_tag}#{sequencer}")),
        bucket: UPLOADS_BUCKET,
        key: "exports/a.csv",
        version_id: None,
        etag: None,
        upload: &Upload { at_ms: now.as_millisecond(), sequencer: sequencer.to_owned() },
        owner: "the killed process",
        now: &now.to_string(),
        now_ms: now.as_millisecond(),
        lease_until_ms: now.as_millisecond() + 900_000,
        expires_at: now.as_second() + 86_400,
    };
    let begun = Jobs::new(stack.dynamodb(), &tables().jobs).begin(&claim).await.unwrap();
    assert!(matches!(begun, Begin::Run(_)));
    stack.stop().await;

    let pipeline = start(storage).await;
    let job = pipeline.finished(&submitted).await.unwrap();
    assert_eq!((job.state, job.attempts), (State::Done, 2));
    assert_eq!(pipeline.stack.queue().depth().dead, 0);
    pipeline.stop().await;
}

#[tokio::test]
async fn waiting_for_what_is_never_scored_ends() {
    let pipeline = start(Storage::Memory).await;
    let submitted = put(&pipeline.stack, "elsewhere/a.csv").await;
    assert_eq!(pipeline.finished(&submitted).await.unwrap_err().code(), "local.not_scored");
    pipeline.stop().await;
}

#[tokio::test]
async fn a_removed_upload_leaves_no_object_behind() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("a.csv");
    std::fs::write(&file, EXPORT).unwrap();
    let pipeline = start(Storage::Scratch(home.path().join("out"))).await;
    let submitted = pipeline.submit(&file, "a.csv").await.unwrap();
    let job = pipeline.finished(&submitted).await.unwrap();
    pipeline.remove(&submitted, &job.job_id).await.unwrap();
    for bucket in [UPLOADS_BUCKET, RESULTS_BUCKET] {
        let left = pipeline.stack.s3().list_objects_v2().bucket(bucket).send().await.unwrap();
        assert!(left.contents().is_empty(), "{bucket}: {left:?}");
    }
    pipeline.stop().await;
    assert_eq!(std::fs::read_dir(home.path().join("out")).unwrap().count(), 0);
}
