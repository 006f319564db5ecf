//! What does a whole small cloud do with these uploads? A stack, the handler and a queue that delivers until all is done.
//!
//! Time is the world's own: it stands still while a message is worked on and jumps when one must come again, so that leases end
//! without anybody waiting and every record of time can be compared.

mod audits;
mod hurry;
mod state;
mod uploads;

pub use audits::Files;
pub use state::State;
pub use uploads::{Upload, jsonl, queue_event};

use crate::faults::Faults;
use crate::versions::Versions;
use hurry::Hurry;
use ingest::{Deps, StoreFrom};
use lambda::{BatchResponse, Clock, Invocation};
use local::stack::{Stack, Storage};
use serde_json::Value;
use std::collections::VecDeque;
use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};
use tokio::time::timeout;

/// The bucket of the tests. Unlike the stack's own it announces nothing: the tests say what is delivered, when and how often.
pub const UPLOADS: &str = "tests-uploads";

/// When every world begins: 2026-11-23T00:00:00Z, in milliseconds since 1970.
pub const BEGINNING_MS: u64 = 1_795_392_000_000;

/// Longest that one delivery may take here, in real time. The slowest of the tests needs a tenth of it.
const DELIVERY_MAX: Duration = Duration::from_secs(60);

/// Deliveries until a queue counts as never emptying.
const DELIVERIES_MAX: u32 = 100;

/// Time that passes before a message comes again: longer than any lease.
const COMES_AGAIN_AFTER: Duration = Duration::from_secs(1_200);

/// How much time an invocation has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Fifteen minutes: enough for anything here.
    Generous,
    /// None beyond the gap before the deadline: one batch of rows, then a checkpoint.
    OneBatch,
}

/// What became of a delivery.
#[derive(Debug)]
pub enum Delivered {
    /// It was answered.
    Answer(BatchResponse),
    /// It failed as a whole, with this machine name.
    Error(String),
    /// The process died.
    Death,
}

/// One message of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// Its body.
    pub body: String,
}

/// A stack with a handler in front of it.
#[derive(Debug)]
pub struct World {
    stack: Stack,
    now_ms: Arc<AtomicU64>,
    invocations: AtomicU64,
    pace: Pace,
    store_from: StoreFrom,
}

impl World {
    /// A new one, at the beginning of time.
    ///
    /// # Panics
    /// When the stack does not start.
    pub async fn begin(pace: Pace) -> Self {
        let stack = Stack::start(Storage::Memory).await.unwrap_or_else(|error| broken("the stack", &error));
        let created = stack.s3().create_bucket().bucket(UPLOADS).send().await;
        created.unwrap_or_else(|error| broken("the bucket", &error));
        Self {
            stack,
            now_ms: Arc::new(AtomicU64::new(BEGINNING_MS)),
            invocations: AtomicU64::new(0),
            pace,
            store_from: StoreFrom::Clear,
        }
    }

    /// With results in files only, for tests of large ones.
    #[must_use]
    pub fn without_items(mut self) -> Self {
        self.store_from = StoreFrom::Nothing;
        self
    }

    /// From now on at another pace.
    #[must_use]
    pub fn at_pace(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// The services.
    #[must_use]
    pub fn stack(&self) -> &Stack {
        &self.stack
    }

    /// Lets time pass.
    pub fn pass(&self, time: Duration) {
        self.now_ms.fetch_add(u64::try_from(time.as_millis()).unwrap_or(u64::MAX), Ordering::SeqCst);
    }

    /// Delivers an event to a new process on that kind of day.
    ///
    /// # Panics
    /// When the handler does not come to an end.
    pub async fn deliver(&self, event: Value, faults: &Arc<Faults>) -> Delivered {
        let deps = self.deps(faults);
        let number = self.invocations.fetch_add(1, Ordering::SeqCst);
        let time = match self.pace {
            Pace::Generous => Duration::from_secs(900),
            Pace::OneBatch => deps.config.deadline_gap.saturating_sub(Duration::from_secs(1)),
        };
        let invocation = Invocation::new(format!("request-{number}"), deps.clock.now() + time);
        let delivered = timeout(DELIVERY_MAX, async {
            tokio::select! {
                biased;
                () = faults.death() => Delivered::Death,
                answer = ingest::handle(&deps, event, &invocation) => match answer {
                    Ok(response) => Delivered::Answer(response),
                    Err(error) => Delivered::Error(error.code().to_owned()),
                },
            }
        });
        delivered.await.unwrap_or_else(|_| broken("the handler", &format!("no end within {DELIVERY_MAX:?}; {faults:?}")))
    }

    /// Delivers messages as SQS does, one at a time, each until it is done, with whatever the handler sends to its own queue behind them.
    /// The n-th delivery, from 0, happens on the n-th day of `day`. Gives the number of deliveries.
    ///
    /// # Panics
    /// When the queue never empties.
    pub async fn settle(&self, messages: Vec<Message>, mut day: impl FnMut(u32) -> Arc<Faults>) -> u32 {
        let mut queue = VecDeque::from(messages);
        let mut deliveries = 0;
        let mut last = Faults::none().into();
        while let Some(message) = queue.pop_front() {
            assert!(deliveries < DELIVERIES_MAX, "the queue never empties: {} messages, last day {last:?}", queue.len() + 1);
            let faults = day(deliveries);
            deliveries += 1;
            match self.deliver(queue_event(std::slice::from_ref(&message)), &faults).await {
                Delivered::Answer(response) if response.batch_item_failures.is_empty() => {}
                _ => {
                    queue.push_back(message);
                    self.pass(COMES_AGAIN_AFTER);
                }
            }
            queue.extend(self.sent().await);
            last = faults;
        }
        deliveries
    }

    /// Takes what the handler has sent to its own queue.
    ///
    /// # Panics
    /// When the queue does not answer.
    pub async fn sent(&self) -> Vec<Message> {
        let queue = self.stack.queue();
        let mut messages = Vec::new();
        loop {
            let received = queue.receive(10, COMES_AGAIN_AFTER, Duration::ZERO).await;
            let received = received.unwrap_or_else(|error| broken("the queue", &error));
            if received.is_empty() {
                return messages;
            }
            for delivery in received {
                queue.delete(&delivery.receipt).unwrap_or_else(|error| broken("the queue", &error));
                messages.push(Message { id: delivery.message_id, body: delivery.body });
            }
        }
    }

    /// What a new process has, with that kind of day under its clients.
    #[must_use]
    pub fn deps(&self, faults: &Arc<Faults>) -> Deps {
        let mut deps = self.stack.deps();
        let now_ms = Arc::clone(&self.now_ms);
        deps.clock = Clock::new(move || SystemTime::UNIX_EPOCH + Duration::from_millis(now_ms.load(Ordering::SeqCst)));
        // Two, as on the smallest function that has more than one, so that the order of results is put to the test.
        deps.config.workers = 2;
        deps.config.store_from = self.store_from;
        let http = faults.over(storage::sdk::plain_http_client());
        let hurry = Hurry { divisor: if faults.is_calm() { 1 } else { 10 } };
        let s3 = deps.s3.config().to_builder().http_client(http.clone()).sleep_impl(hurry).interceptor(Versions);
        deps.s3 = aws_sdk_s3::Client::from_conf(s3.build());
        let dynamodb = deps.dynamodb.config().to_builder().http_client(http.clone()).sleep_impl(hurry);
        deps.dynamodb = aws_sdk_dynamodb::Client::from_conf(dynamodb.build());
        if let Some(queue) = &mut deps.queue {
            let sqs = queue.client.config().to_builder().http_client(http).sleep_impl(hurry);
            queue.client = aws_sdk_sqs::Client::from_conf(sqs.build());
        }
        deps
    }
}

/// Ends the test: what a world is made of does not work, so nothing can be said of the product.
#[allow(clippy::panic)]
fn broken<T>(what: &str, why: &dyn Debug) -> T {
    panic!("{what}: {why:?}")
}
