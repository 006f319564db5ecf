//! What is done with an event? Each upload that it tells of becomes a job; each message gets its own outcome.

use crate::measures::Measures;
use crate::{Config, Error, job};
use lambda::batch::{self, BatchResponse};
use lambda::events::{Delivery, Message, Way, Work};
use lambda::metrics::Sink;
use lambda::{Clock, Invocation};
use scoring::Policy;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use storage::Queue;

/// What the handler needs; built once per process.
#[derive(Clone)]
pub struct Deps {
    /// Uploads and result files.
    pub s3: aws_sdk_s3::Client,
    /// Results and job records.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// The function's own queue, by which a job goes on that ran out of time.
    pub queue: Option<Queue>,
    /// The settings.
    pub config: Config,
    /// What the scorer knows.
    pub policy: Arc<Policy>,
    /// Tells the time.
    pub clock: Clock,
    /// Counts along, for whoever watches.
    pub progress: Arc<Progress>,
    /// Where the metric line of each invocation goes.
    pub metrics: Sink,
}

/// Counts along while jobs run; never goes back.
#[derive(Debug, Default)]
pub struct Progress {
    /// Rows that are written.
    pub rows: AtomicU64,
    /// Of these, listings.
    pub scored: AtomicU64,
    /// Of these, rows that are no listing.
    pub rejected: AtomicU64,
    /// Bytes of the upload that were read.
    pub bytes_read: AtomicU64,
    /// Bytes of the uploads that were begun.
    pub bytes_total: AtomicU64,
}

impl Progress {
    pub(crate) fn add(counter: &AtomicU64, value: u64) {
        counter.fetch_add(value, Ordering::Relaxed);
    }
}

/// Works on everything that an event tells of, and writes one metric line.
///
/// Of a queue's batch, the messages to deliver again are in the answer. A broken file is not one of them: its job has ended.
///
/// # Errors
/// When the event came directly and must come again.
pub async fn handle(deps: &Deps, event: serde_json::Value, invocation: &Invocation) -> Result<BatchResponse, Error> {
    let begun = deps.clock.now();
    let delivery = Delivery::read(&event);
    drop(event);
    let measures = Mutex::new(Measures::default());
    let messages = delivery.messages.iter().enumerate();
    let work = messages.map(|(index, message)| work_on(deps, invocation, index, message, &measures)).collect();
    let outcomes = batch::run_each(work).await;

    let mut failures = Vec::new();
    for (message, outcome) in delivery.messages.into_iter().zip(outcomes) {
        if let Err(error) = outcome {
            log(&message, &error);
            failures.push((message.id, error));
        }
    }
    let duration = deps.clock.now().duration_since(begun).unwrap_or_default();
    let measures = measures.into_inner().unwrap_or_else(PoisonError::into_inner);
    let line = measures.line(invocation.cold_start, failures.len(), duration, invocation.time_left(&deps.clock));
    deps.metrics.write(&line.render(deps.clock.now_ms()));

    match (delivery.way, failures.pop()) {
        (Way::Direct, Some((_, error))) => Err(error),
        (_, last) => Ok(BatchResponse::failed(failures.into_iter().chain(last).map(|(id, _)| id))),
    }
}

/// One message. All that it asks for is tried, and the first error that asks for another delivery is its outcome: what was done is not done twice.
async fn work_on(
    deps: &Deps,
    invocation: &Invocation,
    index: usize,
    message: &Message,
    measures: &Mutex<Measures>,
) -> Result<(), Error> {
    // The first message is always begun, so that every invocation gets something done.
    if index > 0 && invocation.working_time_left(&deps.clock, deps.config.deadline_gap).is_zero() {
        return Err(Error::NoTime);
    }
    let mut outcome = Ok(());
    for (number, work) in message.work.as_ref().map_err(Clone::clone)?.iter().enumerate() {
        let object = match work {
            Work::Object(object) => object,
            Work::Continue(continuation) => &continuation.object,
        };
        let owner = format!("{}/{}/{number}", invocation.request_id, message.id);
        let result = job::run(deps, invocation, object, &owner, measures).await;
        outcome = outcome.and(result);
    }
    outcome
}

/// Once, at the boundary, with the chain; what only waits its turn is no error to anybody.
fn log(message: &Message, error: &Error) {
    let (code, chain) = (error.code(), lambda::runtime::chain(error));
    match error.class() {
        lambda::Class::Fault => tracing::error!(code, chain, message_id = message.id, "message failed"),
        lambda::Class::Retry | lambda::Class::Reject => {
            tracing::warn!(code, chain, message_id = message.id, "message will come again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compiles only when the handler can run on any thread, as managed instances and the laptop's dispatcher run it.
    #[test]
    fn the_handler_can_be_spawned() {
        fn spawnable<T: Send + 'static>(_: impl FnOnce(Deps, Invocation) -> T) {}
        spawnable(|deps, invocation| async move { handle(&deps, serde_json::Value::Null, &invocation).await });
    }
}
