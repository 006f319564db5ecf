//! How are results found again?

use super::keys::{day_shard, name_shard};
use super::{Item, StoredResult};
use crate::limits::{DAY_SHARDS, NAME_SHARDS};
use crate::order::row_key;
use crate::tables::{RISKS_BY_BRAND, RISKS_BY_DAY, RISKS_BY_SELLER};
use crate::{Error, Upload};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use tokio::task::JoinSet;

/// Which list of risks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By<'a> {
    /// All that were uploaded on a day, UTC: `2026-11-23`. Walk back day by day for the newest first.
    Day(&'a str),
    /// Of a brand id, newest day first.
    Brand(&'a str),
    /// Of a seller id, newest day first.
    Seller(&'a str),
}

/// The result of a listing's newest upload.
///
/// # Errors
/// When DynamoDB refuses or the item cannot be read.
pub async fn latest(client: &Client, table: &str, listing_id: &str) -> Result<Option<StoredResult>, Error> {
    Ok(history(client, table, listing_id, 1).await?.pop())
}

/// The result that a row of a job was stored as, whatever came since.
///
/// # Errors
/// As [`latest`].
pub async fn of_row(
    client: &Client,
    table: &str,
    upload: &Upload,
    job_id: &str,
    listing_id: &str,
    row: u64,
) -> Result<Option<StoredResult>, Error> {
    let answer = client
        .get_item()
        .table_name(table)
        .key("listing_id", AttributeValue::S(listing_id.to_owned()))
        .key("order_key", AttributeValue::S(row_key(&upload.key(job_id)?, row)))
        .send()
        .await
        .map_err(|error| Error::service("GetItem", error))?;
    answer.item.as_ref().map(StoredResult::try_from).transpose()
}

/// The newest results of a listing, newest first.
///
/// # Errors
/// As [`latest`].
pub async fn history(client: &Client, table: &str, listing_id: &str, results_max: usize) -> Result<Vec<StoredResult>, Error> {
    let mut results = Vec::new();
    let mut from = None;
    // An answer ends at a megabyte, which a few large listings have.
    while results.len() < results_max {
        let answer = client
            .query()
            .table_name(table)
            .key_condition_expression("#listing_id = :listing_id")
            .expression_attribute_names("#listing_id", "listing_id")
            .expression_attribute_values(":listing_id", AttributeValue::S(listing_id.to_owned()))
            .scan_index_forward(false)
            .limit(i32::try_from(results_max - results.len()).unwrap_or(i32::MAX))
            .set_exclusive_start_key(from)
            .send()
            .await
            .map_err(|error| Error::service("Query", error))?;
        for item in answer.items() {
            results.push(StoredResult::try_from(item)?);
        }
        from = answer.last_evaluated_key;
        if from.is_none() {
            break;
        }
    }
    Ok(results)
}

/// The entries of a list of risks, newest day first and riskiest first within a day. Entries carry what a list shows; the reasons
/// are in [`history`]. An upload that is newer than the entry may have cleared the listing.
///
/// # Errors
/// When DynamoDB refuses.
pub async fn top_risks(client: &Client, table: &str, by: By<'_>, entries_max: usize) -> Result<Vec<Item>, Error> {
    let (index, key, partitions): (_, _, Vec<String>) = match by {
        By::Day(day) => (RISKS_BY_DAY, "day_shard", (0..DAY_SHARDS).map(|shard| day_shard(day, shard)).collect()),
        By::Brand(brand) => (RISKS_BY_BRAND, "brand_shard", (0..NAME_SHARDS).map(|shard| name_shard(brand, shard)).collect()),
        By::Seller(seller) => {
            (RISKS_BY_SELLER, "seller_shard", (0..NAME_SHARDS).map(|shard| name_shard(seller, shard)).collect())
        }
    };
    let mut queries = JoinSet::new();
    for partition in partitions {
        let query = client
            .query()
            .table_name(table)
            .index_name(index)
            .key_condition_expression("#partition = :partition")
            .expression_attribute_names("#partition", key)
            .expression_attribute_values(":partition", AttributeValue::S(partition))
            .scan_index_forward(false)
            .limit(i32::try_from(entries_max).unwrap_or(i32::MAX));
        queries.spawn(query.send());
    }
    let mut entries: Vec<Item> = Vec::new();
    while let Some(answer) = queries.join_next().await {
        let answer = answer.map_err(|_| Error::Interrupted)?;
        entries.extend(answer.map_err(|error| Error::service("Query", error))?.items.unwrap_or_default());
    }
    // Equal ranks are put in a fixed order: the answers come in any.
    let order = |entry: &Item| {
        ["rank", "order_key", "listing_id"].map(|name| entry.get(name).and_then(|value| value.as_s().ok()).cloned())
    };
    entries.sort_by_cached_key(|entry| std::cmp::Reverse(order(entry)));
    entries.truncate(entries_max);
    Ok(entries)
}
