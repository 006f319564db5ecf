//! How do thousands of items a second get into the table, whatever it throttles?

use super::{Item, QUEUE_KEYS, QUEUE_RANK};
use crate::backoff::pause;
use crate::limits::{BATCH_ITEMS_MAX, BATCHES_IN_FLIGHT_MAX};
use crate::{Class, Error};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Writes items in batches, several in flight. A throttled table slows it down until the deadline and loses nothing:
/// what the table leaves over or refuses for the moment is written again. Items are put whole and have keys of their own, so writing one twice changes nothing.
#[derive(Debug)]
pub struct BatchWriter {
    client: Client,
    table: String,
    deadline: Instant,
    buffer: Vec<WriteRequest>,
    in_flight: JoinSet<Result<usize, Error>>,
    written: u64,
}

impl BatchWriter {
    /// Writes to `table` until `deadline`.
    #[must_use]
    pub fn new(client: Client, table: &str, deadline: Instant) -> Self {
        Self { client, table: table.to_owned(), deadline, buffer: Vec::new(), in_flight: JoinSet::new(), written: 0 }
    }

    /// Takes items; waits while too many batches are in flight. No two items of the job may have the same key.
    ///
    /// # Errors
    /// Of any batch so far; the writer is of no further use then.
    pub async fn put(&mut self, items: impl IntoIterator<Item = Item>) -> Result<(), Error> {
        for item in items {
            let put = PutRequest::builder().set_item(Some(item)).build().expect("the item is set");
            self.buffer.push(WriteRequest::builder().put_request(put).build());
            if self.buffer.len() == BATCH_ITEMS_MAX {
                self.send().await?;
            }
        }
        Ok(())
    }

    /// Waits until everything is in the table; gives how many items this writer has written.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub async fn flush(&mut self) -> Result<u64, Error> {
        if !self.buffer.is_empty() {
            self.send().await?;
        }
        while self.take_one().await? {}
        Ok(self.written)
    }

    async fn send(&mut self) -> Result<(), Error> {
        while self.in_flight.len() >= BATCHES_IN_FLIGHT_MAX {
            self.take_one().await?;
        }
        let batch = std::mem::replace(&mut self.buffer, Vec::with_capacity(BATCH_ITEMS_MAX));
        self.in_flight.spawn(write(self.client.clone(), self.table.clone(), batch, self.deadline));
        Ok(())
    }

    /// Waits for one batch; `false` when none is in flight.
    async fn take_one(&mut self) -> Result<bool, Error> {
        match self.in_flight.join_next().await {
            None => Ok(false),
            Some(Ok(written)) => {
                self.written += written? as u64;
                Ok(true)
            }
            Some(Err(_)) => Err(Error::Interrupted),
        }
    }
}

/// Writes one batch to the last item.
async fn write(client: Client, table: String, batch: Vec<WriteRequest>, deadline: Instant) -> Result<usize, Error> {
    let items = batch.len();
    let mut left = batch;
    let mut failures = 0;
    loop {
        let call = client.batch_write_item().request_items(&table, left.clone()).send();
        let answer = tokio::time::timeout_at(deadline, call).await.map_err(|_| Error::TooSlow { items: left.len() })?;
        let before = left.len();
        match answer.map_err(|error| Error::service("BatchWriteItem", error)) {
            Ok(output) => left = output.unprocessed_items.and_then(|mut tables| tables.remove(&table)).unwrap_or_default(),
            // The SDK has tried ten times by now and gives up; we have until the deadline.
            Err(error) if error.class() == Class::Retry => {
                tracing::debug!(code = error.service_code(), failures, "batch refused for the moment");
            }
            Err(error) => return Err(error),
        }
        if left.is_empty() {
            return Ok(items);
        }
        failures = if left.len() < before { 0 } else { failures + 1 };
        if Instant::now() + pause(failures) >= deadline {
            return Err(Error::TooSlow { items: left.len() });
        }
        tokio::time::sleep(pause(failures)).await;
    }
}
/// What puts an item into the review queue and says who drew it.
const DRAWN_ATTRIBUTES: [&str; 8] =
    ["drawn_run", "drawn_stratum", QUEUE_KEYS[0], QUEUE_KEYS[1], QUEUE_KEYS[2], QUEUE_RANK, "expected_harm", "listing"];

/// Sends a row that an audit drew to review, unless a draw did so before. Of an item that is there only what the draw adds is written, so that
/// nothing is lost that somebody may want to look into.
///
/// # Errors
/// When DynamoDB refuses.
pub async fn send_to_review(client: &Client, table: &str, item: Item) -> Result<(), Error> {
    let added = DRAWN_ATTRIBUTES.iter().enumerate().filter_map(|(at, name)| Some((at, *name, item.get(*name)?.clone())));
    let mut update = client.update_item().table_name(table).set_key(Some(keys_of(&item)));
    let mut parts = Vec::new();
    for (at, name, value) in added {
        parts.push(format!("#a{at} = :a{at}"));
        update = update.expression_attribute_names(format!("#a{at}"), name).expression_attribute_values(format!(":a{at}"), value);
    }
    let update = update
        .update_expression(format!("SET {}", parts.join(", ")))
        .condition_expression("attribute_exists(#order_key) AND attribute_not_exists(#a0)")
        .expression_attribute_names("#order_key", "order_key");
    match update.send().await {
        Ok(_) => return Ok(()),
        Err(error) if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) => {}
        Err(error) => return Err(Error::service("UpdateItem", error)),
    }
    // It is not there, since only flagged results are stored; or it was drawn before.
    let put = client
        .put_item()
        .table_name(table)
        .set_item(Some(item))
        .condition_expression("attribute_not_exists(#order_key)")
        .expression_attribute_names("#order_key", "order_key");
    match put.send().await {
        Ok(_) => Ok(()),
        Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => Ok(()),
        Err(error) => Err(Error::service("PutItem", error)),
    }
}

fn keys_of(item: &Item) -> Item {
    let keys = ["listing_id", "order_key"];
    keys.into_iter().filter_map(|name| Some((name.to_owned(), item.get(name)?.clone()))).collect()
}
