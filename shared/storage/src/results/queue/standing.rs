//! Does an entry of the queue still stand? It does while its result is the latest of its listing and nobody has decided about it.

use super::QueueEntry;
use crate::backoff::pause;
use crate::limits::{QUEUE_CALLS_IN_FLIGHT_MAX, QUEUE_HEADS_PER_CALL_MAX, QUEUE_HEADS_TRIES_MAX};
use crate::results::Item;
use crate::results::item::bad;
use crate::reviews::{HEAD, Head, ReviewState};
use crate::{Error, Tables};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use std::collections::{BTreeSet, HashMap};
use tokio::task::JoinSet;

/// What is known of an entry.
pub(super) enum Standing {
    /// It is to be reviewed; with what was decided before, if anything was.
    Open(Option<ReviewState>),
    /// The listing has a newer result. This one is out of the queue for good.
    Superseded,
    /// Somebody has decided. The decision may be taken back.
    Decided {
        /// Version of the state of the review.
        version: u64,
    },
}

/// Where each entry stands, in their order. Looked up with consistent reads: what was decided a moment ago is not shown again.
pub(super) async fn of(client: &Client, tables: &Tables, entries: &[QueueEntry]) -> Result<Vec<Standing>, Error> {
    let (superseded, heads) =
        tokio::try_join!(superseded(client, &tables.results, entries), heads(client, &tables.reviews, entries))?;
    let standing = |(entry, superseded): (&QueueEntry, bool)| match heads.get(&entry.listing_id) {
        _ if superseded => Standing::Superseded,
        Some(head) if head.settles(&entry.order_key, &entry.input) => Standing::Decided { version: head.state.version },
        head => Standing::Open(head.map(|head| head.state.clone())),
    };
    Ok(entries.iter().zip(superseded).map(standing).collect())
}

/// Whether each entry's listing has a newer result. Asked so that the answer is empty unless there is one, and costs least.
async fn superseded(client: &Client, table: &str, entries: &[QueueEntry]) -> Result<Vec<bool>, Error> {
    let calls = entries.iter().map(|entry| {
        client
            .query()
            .table_name(table)
            .key_condition_expression("#listing_id = :listing_id AND #order_key > :order_key")
            .projection_expression("#order_key")
            .expression_attribute_names("#listing_id", "listing_id")
            .expression_attribute_names("#order_key", "order_key")
            .expression_attribute_values(":listing_id", AttributeValue::S(entry.listing_id.clone()))
            .expression_attribute_values(":order_key", AttributeValue::S(entry.order_key.clone()))
            .consistent_read(true)
            .limit(1)
            .send()
    });
    let answers = in_parallel(calls).await?.into_iter();
    answers.map(|answer| Ok(answer.map_err(|error| Error::service("Query", error))?.count > 0)).collect()
}

/// The heads of the listings that have one.
async fn heads(client: &Client, table: &str, entries: &[QueueEntry]) -> Result<HashMap<String, Head>, Error> {
    // A listing may be here with several results, and a call must not name a key twice.
    let listings: Vec<_> = entries.iter().map(|entry| &entry.listing_id).collect::<BTreeSet<_>>().into_iter().collect();
    let calls = listings.chunks(QUEUE_HEADS_PER_CALL_MAX).map(|listings| {
        let key = |listing_id: &&String| {
            let text = |text: &str| AttributeValue::S(text.to_owned());
            HashMap::from([("listing_id".to_owned(), text(listing_id)), ("reviewed_at".to_owned(), text(HEAD))])
        };
        heads_at(client.clone(), table.to_owned(), listings.iter().map(key).collect())
    });
    let mut heads = HashMap::new();
    for items in in_parallel(calls).await? {
        for item in items? {
            let head = Head::try_from(&item)?;
            let listing_id = item.get("listing_id").and_then(|value| value.as_s().ok()).cloned();
            heads.insert(listing_id.ok_or_else(|| bad("listing_id is missing".to_owned()))?, head);
        }
    }
    Ok(heads)
}

/// The items at these keys, to the last one.
async fn heads_at(client: Client, table: String, keys: Vec<Item>) -> Result<Vec<Item>, Error> {
    let mut left = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true).build().expect("the keys are set");
    let mut items = Vec::new();
    for failures in 0..QUEUE_HEADS_TRIES_MAX {
        let answer = client.batch_get_item().request_items(&table, left.clone()).send().await;
        let answer = answer.map_err(|error| Error::service("BatchGetItem", error))?;
        items.extend(answer.responses.and_then(|mut tables| tables.remove(&table)).unwrap_or_default());
        match answer.unprocessed_keys.and_then(|mut tables| tables.remove(&table)).filter(|keys| !keys.keys().is_empty()) {
            None => return Ok(items),
            Some(keys) => left = keys,
        }
        tokio::time::sleep(pause(failures)).await;
    }
    Err(Error::TooSlow { items: left.keys().len() })
}

/// The outcomes of all calls in their order, a bounded number of them in flight.
pub(super) async fn in_parallel<T: Send + 'static>(
    calls: impl Iterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Result<Vec<T>, Error> {
    let mut outcomes = Vec::new();
    let mut in_flight = JoinSet::new();
    let mut calls = calls.enumerate();
    loop {
        while in_flight.len() < QUEUE_CALLS_IN_FLIGHT_MAX
            && let Some((number, call)) = calls.next()
        {
            in_flight.spawn(async move { (number, call.await) });
        }
        match in_flight.join_next().await {
            Some(outcome) => outcomes.push(outcome.map_err(|_| Error::Interrupted)?),
            None => break,
        }
    }
    outcomes.sort_unstable_by_key(|(number, _)| *number);
    Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
}
