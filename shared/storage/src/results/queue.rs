//! What should be reviewed next? Flagged results, greatest expected harm first, without those that are decided or superseded.
//!
//! The index is written with the results and knows nothing of what comes after, so each entry is checked when it is read: it counts when
//! it is the newest result of its listing and nobody has decided on that text. Superseded entries leave the index as they are met.

use super::item::queue_shard;
use super::{Item, QUEUE_KEYS};
use crate::Error;
use crate::limits::{CHECKS_IN_FLIGHT_MAX, NAME_SHARDS, QUEUE_READ_MAX, QUEUE_READ_MIN, QUEUE_SHARDS};
use crate::reviews::{Head, ReviewState};
use crate::tables::{QUEUE, QUEUE_BY_BRAND, QUEUE_BY_SELLER, Tables};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use futures_util::stream::{self, StreamExt};
use scoring::{Band, Harm, Milli, Risk};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Which part of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter<'a> {
    /// Of a brand id.
    pub brand: Option<&'a str>,
    /// Of a seller id.
    pub seller: Option<&'a str>,
    /// At least this risky.
    pub min_risk: Option<Risk>,
}

/// A place in the queue; what comes behind it stays behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position(String);

/// One listing to review.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // as in `StoredResult`
pub struct QueueEntry {
    pub position: Position,
    pub listing_id: String,
    pub order_key: String,
    pub title: String,
    pub brand: Option<String>,
    pub seller_id: Option<String>,
    pub seller_name: Option<String>,
    pub price: Option<String>,
    pub currency: Option<String>,
    pub risk: Risk,
    pub log_odds: Milli,
    pub band: Band,
    pub expected_harm: Harm,
    pub job_id: String,
    pub scored_at: String,
    /// What was said of the listing before: an `unsure`, or a decision on a former text.
    pub review: Option<ReviewState>,
}

/// Some entries, and where to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuePage {
    /// In the order of the queue.
    pub entries: Vec<QueueEntry>,
    /// Behind the last one that was read; nothing at the end of the queue.
    pub next: Option<Position>,
}

/// Reads on behind a position: `entries_max` entries, or fewer when there are no more or [`QUEUE_READ_MAX`] were looked at.
///
/// # Errors
/// When DynamoDB refuses or an item cannot be read.
pub async fn page(
    client: &Client,
    tables: &Tables,
    filter: &Filter<'_>,
    after: Option<&Position>,
    entries_max: usize,
) -> Result<QueuePage, Error> {
    let mut merge = Merge::new(client, &tables.results, filter, after, entries_max);
    let mut entries = Vec::new();
    let mut next = after.cloned();
    let mut read = 0;
    while entries.len() < entries_max && read < QUEUE_READ_MAX {
        let wanted = (entries_max - entries.len()).clamp(QUEUE_READ_MIN, CHECKS_IN_FLIGHT_MAX);
        let candidates = merge.take(wanted).await?;
        let Some(last) = candidates.last() else { return Ok(QueuePage { entries, next: None }) };
        next = Some(last.position.clone());
        read += candidates.len();
        let checks = candidates.into_iter().filter(|entry| filter.takes(entry)).map(|entry| check(client, tables, entry));
        let checked: Vec<_> = stream::iter(checks).buffered(CHECKS_IN_FLIGHT_MAX).collect().await;
        for entry in checked {
            let Some(entry) = entry? else { continue };
            if entries.len() == entries_max {
                // More were wanted than were missing, so that a few that do not count cost no further round.
                next = entries.last().map(|entry: &QueueEntry| entry.position.clone());
                break;
            }
            entries.push(entry);
        }
    }
    Ok(QueuePage { entries, next })
}

impl Filter<'_> {
    /// What the choice of the index has not settled.
    fn takes(&self, entry: &QueueEntry) -> bool {
        self.min_risk.is_none_or(|least| entry.risk >= least)
            && self.brand.is_none_or(|brand| entry.brand.as_deref() == Some(brand))
    }
}

/// The entry with what was said of its listing; nothing when it does not count.
async fn check(client: &Client, tables: &Tables, mut entry: QueueEntry) -> Result<Option<QueueEntry>, Error> {
    let (newest, head) =
        tokio::join!(newest(client, &tables.results, &entry.listing_id), Head::read(client, &tables.reviews, &entry.listing_id));
    // The index may be behind the table: a result that is not there any more has expired.
    let Some((order_key, input)) = newest? else { return Ok(None) };
    if order_key != entry.order_key {
        take_off(client, &tables.results, &entry).await;
        return Ok(None);
    }
    let head = head?;
    if head.as_ref().is_some_and(|head| head.settles(&input)) {
        return Ok(None);
    }
    entry.review = head.map(|head| head.state);
    Ok(Some(entry))
}

/// Order key and input of the newest result of a listing.
async fn newest(client: &Client, table: &str, listing_id: &str) -> Result<Option<(String, String)>, Error> {
    let answer = client
        .query()
        .table_name(table)
        .key_condition_expression("#listing_id = :listing_id")
        .projection_expression("#order_key, #input")
        .expression_attribute_names("#listing_id", "listing_id")
        .expression_attribute_names("#order_key", "order_key")
        .expression_attribute_names("#input", "input")
        .expression_attribute_values(":listing_id", AttributeValue::S(listing_id.to_owned()))
        .scan_index_forward(false)
        .limit(1)
        .send()
        .await
        .map_err(|error| Error::service("Query", error))?;
    answer.items().first().map(|item| Ok((text(item, "order_key")?, text(item, "input")?))).transpose()
}

/// Takes a superseded entry out of the indexes. Whether that works out is no concern of the reader's: the entry is not shown anyway.
async fn take_off(client: &Client, table: &str, entry: &QueueEntry) {
    let mut update = client
        .update_item()
        .table_name(table)
        .key("listing_id", AttributeValue::S(entry.listing_id.clone()))
        .key("order_key", AttributeValue::S(entry.order_key.clone()))
        .update_expression("REMOVE #a, #b, #c")
        .condition_expression("attribute_exists(#order_key)")
        .expression_attribute_names("#order_key", "order_key");
    for (placeholder, name) in ["#a", "#b", "#c"].into_iter().zip(QUEUE_KEYS) {
        update = update.expression_attribute_names(placeholder, name);
    }
    if let Err(error) = update.send().await {
        let error = Error::service("UpdateItem", error);
        tracing::debug!(code = error.service_code(), "a superseded entry stays in the index");
    }
}

/// The partitions of an index, read together as one list.
struct Merge<'a> {
    client: &'a Client,
    table: &'a str,
    index: &'static str,
    key: &'static str,
    shards: Vec<Shard>,
    page_items: usize,
}

struct Shard {
    partition: String,
    /// Read and not yet taken, in order.
    ahead: VecDeque<QueueEntry>,
    /// Everything from here on is read or taken.
    after: Option<Position>,
    is_read: bool,
}

impl<'a> Merge<'a> {
    fn new(client: &'a Client, table: &'a str, filter: &Filter<'_>, after: Option<&Position>, entries_max: usize) -> Self {
        let by_name = |name: &str| (0..NAME_SHARDS).map(|shard| super::item::name_shard(name, shard)).collect::<Vec<_>>();
        let [all, by_brand, by_seller] = QUEUE_KEYS;
        let (index, key, partitions) = match (filter.seller, filter.brand) {
            // A seller has fewer listings than a brand.
            (Some(seller), _) => (QUEUE_BY_SELLER, by_seller, by_name(seller)),
            (None, Some(brand)) => (QUEUE_BY_BRAND, by_brand, by_name(brand)),
            (None, None) => (QUEUE, all, (0..QUEUE_SHARDS).map(queue_shard).collect()),
        };
        let page_items = (2 * entries_max / partitions.len()).clamp(QUEUE_READ_MIN, 100);
        let shard = |partition| Shard { partition, ahead: VecDeque::new(), after: after.cloned(), is_read: false };
        Self { client, table, index, key, shards: partitions.into_iter().map(shard).collect(), page_items }
    }

    /// The next entries, fewer only at the end.
    async fn take(&mut self, entries: usize) -> Result<Vec<QueueEntry>, Error> {
        let mut taken = Vec::with_capacity(entries);
        while taken.len() < entries {
            self.fill().await?;
            let greatest = self.shards.iter_mut().max_by(|a, b| {
                let rank = |shard: &Shard| shard.ahead.front().map(|entry| entry.position.0.clone());
                rank(a).cmp(&rank(b))
            });
            match greatest.and_then(|shard| shard.ahead.pop_front()) {
                Some(entry) => taken.push(entry),
                None => break,
            }
        }
        Ok(taken)
    }

    /// Reads on wherever nothing is left ahead, everywhere at once.
    async fn fill(&mut self) -> Result<(), Error> {
        let (client, table, index, key, items) = (self.client, self.table, self.index, self.key, self.page_items);
        let empty = self.shards.iter_mut().filter(|shard| shard.ahead.is_empty() && !shard.is_read);
        let reads = empty.map(|shard| async move { shard.read(client, table, index, key, items).await });
        let mut reads = stream::iter(reads.collect::<Vec<_>>()).buffer_unordered(CHECKS_IN_FLIGHT_MAX);
        while let Some(read) = reads.next().await {
            read?;
        }
        Ok(())
    }
}

impl Shard {
    async fn read(&mut self, client: &Client, table: &str, index: &str, key: &str, items: usize) -> Result<(), Error> {
        let mut query = client
            .query()
            .table_name(table)
            .index_name(index)
            .expression_attribute_names("#partition", key)
            .expression_attribute_values(":partition", AttributeValue::S(self.partition.clone()))
            .scan_index_forward(false)
            .limit(i32::try_from(items).unwrap_or(i32::MAX));
        query = match &self.after {
            None => query.key_condition_expression("#partition = :partition"),
            Some(Position(rank)) => query
                .key_condition_expression("#partition = :partition AND #rank < :rank")
                .expression_attribute_names("#rank", "queue_rank")
                .expression_attribute_values(":rank", AttributeValue::S(rank.clone())),
        };
        let answer = query.send().await.map_err(|error| Error::service("Query", error))?;
        self.is_read = answer.last_evaluated_key().is_none();
        for item in answer.items() {
            self.ahead.push_back(entry(item)?);
        }
        if let Some(last) = self.ahead.back() {
            self.after = Some(last.position.clone());
        }
        Ok(())
    }
}

fn entry(item: &Item) -> Result<QueueEntry, Error> {
    let optional = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
    Ok(QueueEntry {
        position: Position(text(item, "queue_rank")?),
        listing_id: text(item, "listing_id")?,
        order_key: text(item, "order_key")?,
        title: text(item, "title")?,
        brand: optional("brand"),
        seller_id: optional("seller_id"),
        seller_name: optional("seller_name"),
        price: optional("price"),
        currency: optional("currency"),
        risk: number(item, "risk")?,
        log_odds: number(item, "log_odds")?,
        band: serde_json::from_value(text(item, "band")?.into()).map_err(|error| bad(error.to_string()))?,
        expected_harm: number(item, "expected_harm")?,
        job_id: text(item, "job_id")?,
        scored_at: text(item, "scored_at")?,
        review: None,
    })
}

fn text(item: &Item, name: &str) -> Result<String, Error> {
    let value = item.get(name).and_then(|value| value.as_s().ok()).cloned();
    value.ok_or_else(|| bad(format!("{name} is missing")))
}

fn number<T: DeserializeOwned>(item: &Item, name: &str) -> Result<T, Error> {
    let value = item.get(name).and_then(|value| value.as_n().ok());
    let value = value.ok_or_else(|| bad(format!("{name} is missing")))?;
    serde_json::from_str(value).map_err(|error| bad(error.to_string()))
}

fn bad(detail: String) -> Error {
    Error::BadRecord { what: "queue entry", detail }
}
