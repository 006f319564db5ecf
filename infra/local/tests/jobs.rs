//! Are jobs found again, and is it known how far they are?
#![allow(clippy::unwrap_used)]

use local::stack::{Stack, Storage, UPLOADS_BUCKET, tables};
use storage::Upload;
use storage::jobs::{Begin, Claim, Jobs, State};

const DAY: &str = "2026-11-23";

/// Begins the job of this number, of an upload to `key`.
async fn begin(jobs: &Jobs, number: u32, key: &str) -> String {
    let job_id = format!("j-{number}");
    let now = format!("{DAY}T00:{:02}:{:02}.000Z", number / 60, number % 60);
    let claim = Claim {
        job_id: &job_id,
        bucket: UPLOADS_BUCKET,
        key,
        version_id: None,
        etag: None,
        upload: &Upload { at_ms: 1_790_000_000_000, sequencer: String::new() },
        owner: "me",
        now: &now,
        now_ms: 0,
        lease_until_ms: 1,
        expires_at: 2_000_000_000,
    };
    assert!(matches!(jobs.begin(&claim).await.unwrap(), Begin::Run(_)));
    job_id
}

#[tokio::test]
async fn a_day_is_listed_to_its_end_and_searched_by_key() {
    let stack = Stack::start(Storage::Memory).await.unwrap();
    let jobs = Jobs::new(stack.dynamodb(), &tables().jobs);
    // Together more than the megabyte at which an answer ends.
    let summary = format!("\"{}\"", "x".repeat(6_000));
    for number in 0..300 {
        let key = if number % 100 == 7 { "exports/wanted.csv".to_owned() } else { format!("exports/{number}.csv") };
        let job_id = begin(&jobs, number, &key).await;
        jobs.finish(&job_id, "me", "2026-11-23T01:00:00.000Z", &summary).await.unwrap();
    }
    for (jobs_max, found) in [(0, 0), (1, 1), (299, 299), (300, 300), (1_000, 300)] {
        let listed = jobs.of_day(DAY, jobs_max).await.unwrap();
        assert_eq!(listed.len(), found);
        assert!(listed.is_sorted_by(|newer, older| newer.started_at > older.started_at));
    }
    for (day, key, jobs_max, expected) in [
        (DAY, "exports/wanted.csv", 10, &["j-207", "j-107", "j-7"][..]),
        (DAY, "exports/wanted.csv", 2, &["j-207", "j-107"]),
        (DAY, "exports/0.csv", 1, &["j-0"]),
        (DAY, "exports/300.csv", 1, &[]),
        ("2026-11-22", "exports/wanted.csv", 10, &[]),
    ] {
        let found: Vec<_> = jobs.of_key(day, key, jobs_max).await.unwrap().into_iter().map(|job| job.job_id).collect();
        assert_eq!(found, expected, "{day} {key}");
    }
    stack.stop().await;
}

#[tokio::test]
async fn a_running_job_tells_how_far_it_is() {
    let stack = Stack::start(Storage::Memory).await.unwrap();
    let jobs = Jobs::new(stack.dynamodb(), &tables().jobs);
    let job_id = begin(&jobs, 1, "exports/a.csv").await;
    let far = async || {
        let job = jobs.get(&job_id).await.unwrap().unwrap();
        (job.state, job.hop, job.rows_done)
    };
    assert_eq!(far().await, (State::Running, 0, None));
    jobs.checkpoint(&job_id, "me", 1, 250_000).await.unwrap();
    assert_eq!(far().await, (State::Running, 1, Some(250_000)));
    jobs.finish(&job_id, "me", "2026-11-23T01:00:00.000Z", "{}").await.unwrap();
    assert_eq!(far().await, (State::Done, 1, None));
    stack.stop().await;
}
