//! How does the queue between the bucket and the function behave?
//!
//! The part of SQS the product relies on: a delivered message is hidden for a while, comes back unless it is deleted, and after
//! [`limits::DELIVERIES_MAX`] deliveries goes to the dead-letter queue. With a folder behind it every message is a small file,
//! so that an upload accepted before a crash is scored after it.

mod files;
pub(crate) mod server;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use crate::error::LocalError;
use crate::limits;
use files::Files;

/// A message as a consumer receives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Stays the same over all deliveries.
    pub message_id: String,
    /// Belongs to this delivery: needed to delete the message or to change how long it is hidden.
    pub receipt: String,
    /// What was sent.
    pub body: String,
    /// 1 for the first delivery.
    pub receive_count: u32,
    /// When the message was sent, milliseconds since 1970.
    pub sent_ms: u64,
}

/// How many messages there are, by state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Depth {
    /// Ready to be delivered.
    pub visible: usize,
    /// Delivered and not yet deleted.
    pub in_flight: usize,
    /// Sent with a delay that has not passed.
    pub delayed: usize,
    /// Given up after [`limits::DELIVERIES_MAX`] deliveries.
    pub dead: usize,
}

/// The queue and its dead-letter queue.
#[derive(Debug)]
pub struct Queue {
    state: Mutex<State>,
    /// Woken when a message may have become visible earlier than a waiting consumer expects.
    changed: Notify,
}

#[derive(Debug)]
struct State {
    next: u64,
    /// By order of arrival.
    waiting: BTreeMap<u64, Message>,
    dead: BTreeMap<u64, Message>,
    files: Option<Files>,
}

/// One stored message. What is serialised is what survives a restart: hiding does not, so work cut off by a crash starts again at once.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Message {
    body: String,
    receive_count: u32,
    sent_ms: u64,
    #[serde(skip)]
    hidden_until: Option<Instant>,
    #[serde(skip)]
    receipt: Option<String>,
}

impl Queue {
    /// A queue that is gone when the process ends.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::with(State { next: 0, waiting: BTreeMap::new(), dead: BTreeMap::new(), files: None })
    }

    /// A queue whose messages are files in `folder`, which is made when it is missing.
    ///
    /// # Errors
    /// When the folder cannot be made or read. A file that is not a message is left alone.
    pub fn in_folder(folder: PathBuf) -> Result<Self, LocalError> {
        let files = Files::open(folder)?;
        let (waiting, dead) = (files.load_waiting()?, files.load_dead()?);
        let next = waiting.keys().chain(dead.keys()).max().map_or(0, |last| last + 1);
        Ok(Self::with(State { next, waiting, dead, files: Some(files) }))
    }

    fn with(state: State) -> Self {
        Self { state: Mutex::new(state), changed: Notify::new() }
    }

    /// Adds a message that becomes visible after `delay`, and returns its id.
    ///
    /// # Errors
    /// When the body is larger than [`limits::MESSAGE_BYTES_MAX`], or its file cannot be written.
    pub fn send(&self, body: String, sent_ms: u64, delay: Duration) -> Result<String, LocalError> {
        if body.len() > limits::MESSAGE_BYTES_MAX {
            return Err(LocalError::MessageTooLarge { bytes: body.len() });
        }
        let hidden_until = (!delay.is_zero()).then(|| Instant::now() + delay.min(limits::VISIBILITY_TIMEOUT_MAX));
        let message = Message { body, receive_count: 0, sent_ms, hidden_until, receipt: None };
        let number = {
            let mut state = self.lock();
            let number = state.next;
            if let Some(files) = &state.files {
                files.write(number, &message)?;
            }
            state.next += 1;
            state.waiting.insert(number, message);
            number
        };
        self.changed.notify_waiters();
        Ok(message_id(number))
    }

    /// Takes up to `max` visible messages, oldest first, and hides them for `hide`. Waits up to `wait` for the first one.
    ///
    /// # Errors
    /// When the file of a message cannot be written: its receive count must not be forgotten.
    pub async fn receive(&self, max: usize, hide: Duration, wait: Duration) -> Result<Vec<Delivery>, LocalError> {
        let give_up = Instant::now() + wait.min(limits::LONG_POLL_MAX);
        loop {
            // Registered before looking, so that a message sent in between is not missed.
            let changed = self.changed.notified();
            let (deliveries, next_visible) = self.take(max, hide)?;
            let now = Instant::now();
            if !deliveries.is_empty() || now >= give_up {
                return Ok(deliveries);
            }
            let until = next_visible.map_or(give_up, |at| at.min(give_up));
            tokio::select! {
                () = changed => {}
                () = tokio::time::sleep_until(until) => {}
            }
        }
    }

    /// Visible messages, hidden from now on; and when the next hidden one is due.
    fn take(&self, max: usize, hide: Duration) -> Result<(Vec<Delivery>, Option<Instant>), LocalError> {
        let now = Instant::now();
        let mut state = self.lock();
        let State { waiting, dead, files, .. } = &mut *state;
        let mut deliveries = Vec::new();
        let due: Vec<u64> = waiting.iter().filter(|(_, message)| message.is_visible(now)).map(|(&number, _)| number).collect();
        for number in due {
            if deliveries.len() == max.clamp(1, limits::RECEIVE_MESSAGES_MAX) {
                break;
            }
            let Some(message) = waiting.get_mut(&number) else { continue };
            if message.receive_count >= limits::DELIVERIES_MAX {
                if let Some(files) = files {
                    files.bury(number)?;
                }
                if let Some(message) = waiting.remove(&number) {
                    dead.insert(number, message);
                }
                continue;
            }
            message.receive_count += 1;
            message.hidden_until = Some(now + hide.min(limits::VISIBILITY_TIMEOUT_MAX));
            let receipt = format!("{number}-{}", message.receive_count);
            message.receipt = Some(receipt.clone());
            if let Some(files) = files {
                files.write(number, message)?;
            }
            deliveries.push(Delivery {
                message_id: message_id(number),
                receipt,
                body: message.body.clone(),
                receive_count: message.receive_count,
                sent_ms: message.sent_ms,
            });
        }
        let next_visible = waiting.values().filter_map(|message| message.hidden_until).min();
        Ok((deliveries, next_visible))
    }

    /// Removes a delivered message. An outdated receipt removes nothing, as in SQS: a later delivery owns the message.
    ///
    /// # Errors
    /// When its file cannot be removed.
    pub fn delete(&self, receipt: &str) -> Result<(), LocalError> {
        let mut state = self.lock();
        let State { waiting, files, .. } = &mut *state;
        let Some(number) = holder(waiting, receipt) else { return Ok(()) };
        if let Some(files) = files {
            files.remove(number)?;
        }
        waiting.remove(&number);
        Ok(())
    }

    /// Changes for how long, from now, a delivered message stays hidden. Zero gives it back at once.
    pub fn change_visibility(&self, receipt: &str, hide: Duration) {
        {
            let mut state = self.lock();
            if let Some(number) = holder(&state.waiting, receipt)
                && let Some(message) = state.waiting.get_mut(&number)
            {
                message.hidden_until = Some(Instant::now() + hide.min(limits::VISIBILITY_TIMEOUT_MAX));
            }
        }
        self.changed.notify_waiters();
    }

    /// Takes a delivery back as if it had never been made: its consumer was stopped, which is no fault of the message.
    ///
    /// # Errors
    /// When the file of the message cannot be written.
    pub fn take_back(&self, receipt: &str) -> Result<(), LocalError> {
        {
            let mut state = self.lock();
            let State { waiting, files, .. } = &mut *state;
            let Some(number) = holder(waiting, receipt) else { return Ok(()) };
            let Some(message) = waiting.get_mut(&number) else { return Ok(()) };
            message.receive_count = message.receive_count.saturating_sub(1);
            message.hidden_until = None;
            message.receipt = None;
            if let Some(files) = files {
                files.write(number, message)?;
            }
        }
        self.changed.notify_waiters();
        Ok(())
    }

    /// Counts of the moment.
    #[must_use]
    pub fn depth(&self) -> Depth {
        let now = Instant::now();
        let state = self.lock();
        let mut depth = Depth { dead: state.dead.len(), ..Depth::default() };
        for message in state.waiting.values() {
            match message {
                message if message.is_visible(now) => depth.visible += 1,
                Message { receipt: Some(_), .. } => depth.in_flight += 1,
                _ => depth.delayed += 1,
            }
        }
        depth
    }

    /// Bodies of the dead letters, oldest first.
    #[must_use]
    pub fn dead_letters(&self) -> Vec<String> {
        self.lock().dead.values().map(|message| message.body.clone()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Every change of the state is complete before the next thing that can fail, so a poisoned lock still guards a whole state.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Message {
    fn is_visible(&self, now: Instant) -> bool {
        self.hidden_until.is_none_or(|at| at <= now)
    }
}

fn message_id(number: u64) -> String {
    format!("00000000-0000-4000-8000-{number:012x}")
}

fn holder(waiting: &BTreeMap<u64, Message>, receipt: &str) -> Option<u64> {
    let number = receipt.split('-').next()?.parse().ok()?;
    (waiting.get(&number)?.receipt.as_deref() == Some(receipt)).then_some(number)
}

#[cfg(test)]
mod tests;
