//! Who takes the bucket's events from the queue and calls the function with them?
//!
//! The part that AWS calls an event source mapping: messages in batches, a few invocations at once, and of each batch only what the
//! function names as failed comes back.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::limits;
use crate::queue::server::{md5, queue_arn};
use crate::queue::{Delivery, Queue};
use crate::stack::REGION;

/// What an invocation answers: the ids of the messages that failed, or why all of them did.
pub type Answer = Result<Vec<String>, String>;

/// The function behind the queue, called with an SQS event.
pub type Function = Arc<dyn Fn(Value) -> Pin<Box<dyn Future<Output = Answer> + Send>> + Send + Sync>;

/// The running event source mapping. Dropping it cuts invocations off; their messages are delivered again by the next one.
#[derive(Debug)]
pub struct Dispatcher {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Dispatcher {
    /// Begins to take messages from `queue`.
    #[must_use]
    pub fn start(queue: Arc<Queue>, function: Function) -> Self {
        let stop = watch::Sender::new(false);
        let task = tokio::spawn(run(queue, function, stop.subscribe()));
        Self { stop, task }
    }

    /// Takes no more messages and waits until the running invocations have ended.
    pub async fn drain(&mut self) {
        self.stop.send_replace(true);
        if self.task.is_finished() {
            return;
        }
        if let Err(error) = (&mut self.task).await {
            tracing::error!(%error, "the dispatcher ended badly");
        }
    }
}

impl Drop for Dispatcher {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn run(queue: Arc<Queue>, function: Function, mut stop: watch::Receiver<bool>) {
    let free = Arc::new(Semaphore::new(limits::INVOCATIONS_MAX));
    let mut invocations = JoinSet::new();
    loop {
        let stopped = async {
            // An error means the dispatcher was dropped.
            let _ = stop.wait_for(|stop| *stop).await;
        };
        let batch = async {
            // The semaphore is never closed.
            let permit = Arc::clone(&free).acquire_owned().await.ok()?;
            Some((permit, queue.receive(limits::BATCH_MESSAGES_MAX, limits::VISIBILITY_TIMEOUT, limits::LONG_POLL_MAX).await))
        };
        tokio::select! {
            biased;
            () = stopped => break,
            // Ended invocations must not pile up in the set.
            Some(_) = invocations.join_next(), if !invocations.is_empty() => {}
            Some((permit, batch)) = batch => match batch {
                Ok(batch) if batch.is_empty() => {}
                Ok(batch) => {
                    let (queue, function) = (Arc::clone(&queue), Arc::clone(&function));
                    invocations.spawn(async move {
                        invoke(&queue, &function, &batch).await;
                        drop(permit);
                    });
                }
                Err(error) => {
                    tracing::error!(%error, "the queue cannot be read");
                    tokio::time::sleep(limits::RETRY_REST).await;
                }
            },
        }
    }
    while invocations.join_next().await.is_some() {}
}

/// One invocation: what did not fail is deleted, what failed rests, longer each time.
async fn invoke(queue: &Queue, function: &Function, batch: &[Delivery]) {
    let mut unanswered = Unanswered { queue, batch };
    let failed = match function(event(batch)).await {
        Ok(failed) => failed,
        Err(error) => {
            tracing::error!(error, "the function failed");
            batch.iter().map(|delivery| delivery.message_id.clone()).collect()
        }
    };
    unanswered.batch = &[];
    for delivery in batch {
        if failed.contains(&delivery.message_id) {
            queue.change_visibility(&delivery.receipt, limits::RETRY_REST * delivery.receive_count);
        } else if let Err(error) = queue.delete(&delivery.receipt) {
            // It will be delivered again, and the function does nothing twice.
            tracing::error!(%error, "a finished message cannot be deleted");
        }
    }
}

/// A batch whose invocation has not answered. Cut off, its deliveries do not count: stopping the stack often must not bury a long job.
struct Unanswered<'a> {
    queue: &'a Queue,
    batch: &'a [Delivery],
}

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        for delivery in self.batch {
            if let Err(error) = self.queue.take_back(&delivery.receipt) {
                tracing::error!(%error, "a delivery cannot be taken back");
            }
        }
    }
}

/// The batch as SQS hands it to a function.
fn event(batch: &[Delivery]) -> Value {
    let record = |delivery: &Delivery| {
        json!({
            "messageId": delivery.message_id,
            "receiptHandle": delivery.receipt,
            "body": delivery.body,
            "attributes": {
                "ApproximateReceiveCount": delivery.receive_count.to_string(),
                "SentTimestamp": delivery.sent_ms.to_string(),
                "SenderId": "local",
                "ApproximateFirstReceiveTimestamp": delivery.sent_ms.to_string(),
            },
            "messageAttributes": {},
            "md5OfBody": md5(&delivery.body),
            "eventSource": "aws:sqs",
            "eventSourceARN": queue_arn(),
            "awsRegion": REGION,
        })
    };
    json!({"Records": batch.iter().map(record).collect::<Vec<_>>()})
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use tokio::sync::Notify;

    use super::*;
    use crate::queue::Depth;

    /// A function that notes the bodies it sees and fails those that say so.
    fn noting(seen: &Arc<Mutex<Vec<String>>>, called: &Arc<Notify>) -> Function {
        let (seen, called) = (Arc::clone(seen), Arc::clone(called));
        Arc::new(move |event| {
            let records = event["Records"].as_array().unwrap().clone();
            let mut failed = Vec::new();
            for record in &records {
                let body = record["body"].as_str().unwrap();
                seen.lock().unwrap().push(format!("{body}{}", record["attributes"]["ApproximateReceiveCount"].as_str().unwrap()));
                if body.starts_with("bad") {
                    failed.push(record["messageId"].as_str().unwrap().to_owned());
                }
            }
            called.notify_one();
            let answer =
                if records.iter().any(|record| record["body"] == "poison") { Err("broken".to_owned()) } else { Ok(failed) };
            Box::pin(async move { answer })
        })
    }

    async fn seen_after(bodies: &[&str], calls: usize) -> (Vec<String>, Depth) {
        let queue = Arc::new(Queue::in_memory());
        for body in bodies {
            queue.send((*body).to_owned(), 0, Duration::ZERO).unwrap();
        }
        let (seen, called) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Notify::new()));
        let mut dispatcher = Dispatcher::start(Arc::clone(&queue), noting(&seen, &called));
        for _ in 0..calls {
            called.notified().await;
        }
        dispatcher.drain().await;
        let seen = seen.lock().unwrap().clone();
        (seen, queue.depth())
    }

    #[tokio::test(start_paused = true)]
    async fn only_what_failed_comes_back() {
        let (seen, depth) = seen_after(&["good", "bad", "good too"], 2).await;
        assert_eq!(seen, ["good1", "bad1", "good too1", "bad2"]);
        assert_eq!((depth.visible, depth.in_flight, depth.dead), (0, 1, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn a_failed_invocation_fails_its_whole_batch_and_in_the_end_buries_it() {
        let (seen, depth) = seen_after(&["poison", "good"], limits::DELIVERIES_MAX as usize).await;
        assert_eq!(seen.iter().filter(|body| body.starts_with("good")).count(), limits::DELIVERIES_MAX as usize);
        assert_eq!(depth.in_flight, 2);
    }

    #[tokio::test]
    async fn an_invocation_that_is_cut_off_leaves_its_message_as_it_was() {
        let queue = Arc::new(Queue::in_memory());
        queue.send("long".to_owned(), 0, Duration::ZERO).unwrap();
        let called = Arc::new(Notify::new());
        let function: Function = {
            let called = Arc::clone(&called);
            Arc::new(move |_| {
                called.notify_one();
                Box::pin(std::future::pending())
            })
        };
        let dispatcher = Dispatcher::start(Arc::clone(&queue), function);
        called.notified().await;
        drop(dispatcher);
        let again = queue.receive(1, Duration::ZERO, limits::LONG_POLL_MAX).await.unwrap();
        assert_eq!(again[0].receive_count, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_batch_has_a_limit() {
        let bodies: Vec<String> = (0..=limits::BATCH_MESSAGES_MAX).map(|n| n.to_string()).collect();
        let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
        let (seen, depth) = seen_after(&bodies, 2).await;
        assert_eq!(seen.len(), limits::BATCH_MESSAGES_MAX + 1);
        assert_eq!(depth, Depth::default());
    }
}
