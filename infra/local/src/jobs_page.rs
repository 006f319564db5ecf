//! What does a browser on this machine see of the jobs?

use std::net::Ipv4Addr;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::{SignedDuration, Timestamp};
use maud::{DOCTYPE, PreEscaped, html};
use serde_json::{Value, json};
use storage::jobs::Job;

use crate::error::LocalError;
use crate::pipeline::{Pipeline, RecentJobs};
use crate::transfer;

/// Nothing from elsewhere, and no script; the report page brings the same rule of its own.
const CONTENT_RULE: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const STYLE: &str = "\
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #8884;overflow-wrap:anywhere}";

/// The files of a job that the page hands out, with their types.
const FILES: [(&str, &str); 4] = [
    ("report.html", "text/html; charset=utf-8"),
    ("summary.json", "application/json"),
    ("rejects.jsonl", "application/x-ndjson"),
    ("scored.jsonl.zst", "application/zstd"),
];

/// Where the page has its facts from.
#[derive(Clone)]
struct Source {
    s3: aws_sdk_s3::Client,
    jobs: RecentJobs,
}

impl Source {
    /// Jobs of today and yesterday, newest first.
    async fn recent(&self) -> Result<Vec<Job>, LocalError> {
        self.jobs.since(Timestamp::now() - SignedDuration::from_hours(24)).await
    }
}

/// The routes of the page.
pub(crate) fn router(pipeline: &Pipeline) -> Router {
    let source = Source { s3: pipeline.stack.s3(), jobs: pipeline.jobs.clone() };
    Router::new()
        .route("/", get(index))
        .route("/healthz", get(|| async { "{\"status\":\"ok\"}\n" }))
        .route("/jobs", get(list))
        .route("/jobs/{job_id}/{file}", get(file))
        .with_state(source)
        .layer(middleware::from_fn(guard))
}

/// Refuses requests that were not meant for this machine (a web page may point its own name at 127.0.0.1), and forbids pages to run anything.
async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if name != "localhost" && name.parse() != Ok(Ipv4Addr::LOCALHOST) {
        return (StatusCode::MISDIRECTED_REQUEST, "this page answers to 127.0.0.1 and localhost only\n").into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_RULE));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

impl IntoResponse for LocalError {
    fn into_response(self) -> Response {
        tracing::error!(error = %self, "a page could not be made");
        (StatusCode::INTERNAL_SERVER_ERROR, format!("{self}\n")).into_response()
    }
}

async fn list(State(source): State<Source>) -> Result<Response, LocalError> {
    let jobs: Vec<Value> = source.recent().await?.iter().map(record).collect();
    let body = json!({"jobs": jobs}).to_string();
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

fn record(job: &Job) -> Value {
    let failure = job.failure.as_ref().map(|(code, detail)| json!({"code": code, "detail": detail}));
    json!({
        "job_id": job.job_id,
        "key": job.key,
        "state": job.state.name(),
        "started_at": job.started_at,
        "finished_at": job.finished_at,
        "failure": failure,
        "summary": summary(job),
    })
}

fn summary(job: &Job) -> Option<Value> {
    serde_json::from_str(job.summary.as_deref()?).ok()
}

async fn index(State(source): State<Source>) -> Result<Response, LocalError> {
    let jobs = source.recent().await?;
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="refresh" content="5";
                title { "Touchstone" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "Jobs" }
                @if jobs.is_empty() {
                    p { "None today or yesterday. Put an export into the drop folder, and it appears here." }
                } @else {
                    table {
                        thead { tr { th { "Export" } th { "Started" } th { "State" } th { "Rows" } th { "Red flags" } th { "To review" } th { "Rejected" } } }
                        tbody { @for job in &jobs { (row(job)) } }
                    }
                }
            }
        }
    };
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.into_string()).into_response())
}

fn row(job: &Job) -> maud::Markup {
    let summary = summary(job).unwrap_or_default();
    let numbers = [&summary["rows"], &summary["bands"]["red_flag"], &summary["bands"]["review"], &summary["rejected"]];
    html! {
        tr {
            td {
                @if job.finished_at.is_some() { a href={ "/jobs/" (job.job_id) "/report.html" } { (job.key) } } @else { (job.key) }
                @if let Some((_, detail)) = &job.failure { br; small { (detail) } }
            }
            td { (job.started_at) }
            td { (job.state.name()) }
            @for number in numbers { td { @if let Some(number) = number.as_u64() { (number) } } }
        }
    }
}

/// One file of a job, from the results bucket.
async fn file(State(source): State<Source>, Path((job_id, file)): Path<(String, String)>) -> Result<Response, LocalError> {
    let none = (StatusCode::NOT_FOUND, "no such file\n");
    let Some((name, content_type)) = FILES.into_iter().find(|(name, _)| *name == file) else { return Ok(none.into_response()) };
    if !job_id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Ok(none.into_response());
    }
    match transfer::open(&source.s3, &format!("jobs/{job_id}/{name}")).await? {
        Some(body) => Ok(([(header::CONTENT_TYPE, content_type)], axum::body::Body::new(body.into_inner())).into_response()),
        None => Ok(none.into_response()),
    }
}
