//! What is done with an event? Each audit that it asks for is run; each message gets its own outcome.

use crate::request::{self, Message};
use crate::run::{self, Outcome};
use crate::{Config, Error};
use jiff::Timestamp;
use lambda::metrics::{Line, Sink, Unit};
use lambda::{BatchResponse, Class, Clock, Invocation};
use scoring::Policy;
use serde::Serialize;
use std::sync::Arc;
use storage::Queue;

/// What the handler needs; built once per process.
#[derive(Clone)]
pub struct Deps {
    /// Uploads, result files and reports.
    pub s3: aws_sdk_s3::Client,
    /// Results, jobs, reviews and audit runs.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// The function's own queue, by which a run goes on that ran out of time.
    pub queue: Option<Queue>,
    /// The settings.
    pub config: Config,
    /// The policy that results are checked against.
    pub policy: Arc<Policy>,
    /// Another policy, to tell what it would change.
    pub candidate: Option<Arc<Policy>>,
    /// Tells the time.
    pub clock: Clock,
    /// Where the metric line of each run goes.
    pub metrics: Sink,
}

/// The answer to an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Response {
    /// To a batch of a queue: the messages to deliver again.
    Batch(BatchResponse),
    /// To an event that came directly.
    Run(Outcome),
}

/// Runs every audit that an event asks for, and writes a metric line for each.
///
/// # Errors
/// When the event came directly and must come again, or asks for no audit.
pub async fn handle(deps: &Deps, event: serde_json::Value, invocation: &Invocation) -> Result<Response, Error> {
    let now = Timestamp::from_millisecond(deps.clock.now_ms()).unwrap_or_default();
    let (is_batch, messages) = request::messages(&event, &deps.config, &run::policies(deps), now);
    drop(event);
    let mut failures = Vec::new();
    let mut last = None;
    for Message { id, request } in messages {
        let owner = format!("{}/{id}", invocation.request_id);
        let begun = deps.clock.now();
        let result = match request {
            Ok(request) => run::run(deps, invocation, &request, &owner).await,
            Err(error) => Err(error),
        };
        let took = deps.clock.now().duration_since(begun).unwrap_or_default();
        deps.metrics.write(&line(&result, invocation, took).render(deps.clock.now_ms()));
        if let Err(error) = &result {
            log(&id, error);
            // A message that asks for nothing will ask for nothing the next time.
            if error.class() != Class::Reject {
                failures.push(id);
            }
        }
        last = Some(result);
    }
    match last {
        Some(result) if !is_batch => result.map(Response::Run),
        _ => Ok(Response::Batch(BatchResponse::failed(failures))),
    }
}

fn log(message_id: &str, error: &Error) {
    let (code, chain) = (error.code(), lambda::runtime::chain(error));
    match error.class() {
        Class::Fault | Class::Reject => tracing::error!(code, chain, message_id, "audit failed"),
        Class::Retry => tracing::warn!(code, chain, message_id, "audit will go on later"),
    }
}

/// The wide line of a run.
fn line(result: &Result<Outcome, Error>, invocation: &Invocation, took: std::time::Duration) -> Line {
    let mut line = Line::new("audit");
    let summary = result.as_ref().ok().and_then(|outcome| outcome.summary.as_ref());
    let in_hundred_thousandths = |share: f64| {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a share of a hundred thousand
        let number = (share.clamp(0.0, 1.0) * 1e5).round() as u64;
        number
    };
    line.metric("audited_results", Unit::Count, summary.map_or(0, |summary| summary.results_count));
    line.metric("integrity_problems", Unit::Count, summary.map_or(0, |summary| summary.integrity_problems_count));
    // A run that goes on later has not failed.
    let has_failed = match result {
        Ok(outcome) => outcome.failure.is_some(),
        Err(error) => error.class() != Class::Retry,
    };
    line.metric("failed_audits", Unit::Count, u64::from(has_failed));
    line.metric("cold_starts", Unit::Count, u64::from(invocation.cold_start));
    line.metric("duration_ms", Unit::Milliseconds, u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    // Nothing is told before it is known: a metric of zero would look like no counterfeits.
    for (name, estimate) in [
        ("prevalence_per_100000", summary.and_then(|summary| summary.prevalence)),
        ("miss_rate_per_100000", summary.and_then(|summary| summary.miss_rate)),
    ] {
        if let Some(estimate) = estimate {
            line.metric(name, Unit::Count, in_hundred_thousandths(estimate.value));
        }
    }
    line.property("run_id", result.as_ref().map_or("", |outcome| outcome.run_id.as_str()));
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compiles only when the handler can run on any thread.
    #[test]
    fn the_handler_can_be_spawned() {
        fn spawnable<T: Send + 'static>(_: impl FnOnce(Deps, Invocation) -> T) {}
        spawnable(|deps, invocation| async move { handle(&deps, serde_json::Value::Null, &invocation).await });
    }
}
