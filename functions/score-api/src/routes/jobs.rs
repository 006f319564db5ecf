//! How far is a job, and where are its results?

use crate::deps::{Deps, written};
use crate::limits::{DOWNLOAD_LIFETIME, JOBS_DEFAULT, JOBS_MAX, OBJECT_KEY_BYTES_MAX};
use crate::once::json;
use crate::params::{JobId, Params};
use crate::problem::{JOB_NOT_FOUND, Problem, QUERY_INVALID};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;
use storage::jobs::{Job, Jobs, State as JobState};
use storage::objects::{Disposition, JobFiles, Validity, presign_download};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    day: Option<String>,
    key: Option<String>,
    limit: Option<usize>,
}

#[derive(Serialize)]
struct List {
    jobs: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    job_id: String,
    /// Of the upload.
    key: String,
    state: JobState,
    started_at: String,
    finished_at: Option<String>,
    /// How often an invocation began to work on it.
    attempts: u32,
    /// How many checkpoints it has made.
    hops: u32,
    /// How many rows were done at the last of them, while it runs.
    rows_done: Option<u64>,
    failure: Option<Failure>,
    /// The counts, once it has ended.
    summary: Option<Box<RawValue>>,
    /// Links to the result files, once it has ended; they work for an hour.
    files: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct Failure {
    code: String,
    detail: String,
}

/// `GET /v1/jobs`
pub(crate) async fn list(State(deps): State<Arc<Deps>>, Params(query): Params<Query>) -> Result<Response, Problem> {
    let jobs_max = query.limit.unwrap_or(JOBS_DEFAULT);
    if !(1..=JOBS_MAX).contains(&jobs_max) {
        return Err(Problem::new(QUERY_INVALID, format!("limit may be 1 to {JOBS_MAX}")));
    }
    if query.key.as_ref().is_some_and(|key| key.is_empty() || key.len() > OBJECT_KEY_BYTES_MAX) {
        return Err(Problem::new(QUERY_INVALID, format!("key may have 1 to {OBJECT_KEY_BYTES_MAX} bytes")));
    }
    let days = match &query.day {
        Some(day) if day.parse::<Date>().is_ok_and(|date| date.to_string() == *day) => vec![day.clone()],
        Some(_) => return Err(Problem::new(QUERY_INVALID, "day looks like 2026-11-24")),
        None => {
            let now_ms = deps.clock.now_ms();
            [now_ms, now_ms - 86_400_000].map(|ms| written(ms)[..10].to_owned()).into()
        }
    };
    let table = jobs(&deps);
    let mut found = Vec::new();
    for day in days {
        let left = jobs_max - found.len();
        if left == 0 {
            break;
        }
        found.extend(match &query.key {
            Some(key) => table.of_key(&day, key, left).await?,
            None => table.of_day(&day, left).await?,
        });
    }
    let mut list = List { jobs: Vec::with_capacity(found.len()) };
    for job in found {
        list.jobs.push(shown(&deps, job).await?);
    }
    json(StatusCode::OK, &list)
}

/// `GET /v1/jobs/{job_id}`
pub(crate) async fn read(State(deps): State<Arc<Deps>>, JobId(id): JobId) -> Result<Response, Problem> {
    // DynamoDB ends keys at 2,048 bytes and refuses empty ones.
    let job = if (1..=64).contains(&id.len()) { jobs(&deps).get(&id).await? } else { None };
    let job = job.ok_or_else(|| Problem::new(JOB_NOT_FOUND, "it was never begun under this job_id, or it has expired"))?;
    json(StatusCode::OK, &shown(&deps, job).await?)
}

fn jobs(deps: &Deps) -> Jobs {
    Jobs::new(deps.dynamodb.clone(), &deps.config.tables.jobs)
}

async fn shown(deps: &Deps, job: Job) -> Result<Shown, Problem> {
    let mut files = BTreeMap::new();
    if job.state != JobState::Running {
        let keys = JobFiles::of(&job.job_id);
        let validity = Validity { from: deps.clock.now(), lasts: DOWNLOAD_LIFETIME };
        let named = [
            ("scored.jsonl.zst", keys.scored),
            ("rejects.jsonl", keys.rejects),
            ("summary.json", keys.summary),
            ("report.html", keys.report),
        ];
        for (name, key) in named {
            let shown = if name.ends_with(".html") { Disposition::Inline } else { Disposition::Attachment(name) };
            let signed = presign_download(&deps.s3, &deps.config.results_bucket, &key, shown, validity).await?;
            files.insert(name, signed.url);
        }
    }
    Ok(Shown {
        files,
        job_id: job.job_id,
        key: job.key,
        state: job.state,
        started_at: job.started_at,
        finished_at: job.finished_at,
        attempts: job.attempts,
        hops: job.hop,
        rows_done: job.rows_done,
        failure: job.failure.map(|(code, detail)| Failure { code, detail }),
        // Written by ourselves as JSON; if it is none, it is as if it were not there.
        summary: job.summary.and_then(|summary| RawValue::from_string(summary).ok()),
    })
}
