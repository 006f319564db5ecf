//! How does an entry leave the index that is not to be shown?
//!
//! Otherwise those who come back with every export, decided long ago and with much harm to expect, would pile up at the head of the
//! queue, and every reader would have to go through them.

use super::QueueEntry;
use super::standing::in_parallel;
use crate::limits::QUEUE_TAKEN_OUT_MAX;
use crate::results::{Item, QUEUE_KEYS};
use crate::reviews::HEAD;
use crate::{Error, Tables};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, TransactWriteItem, Update};
use std::collections::HashMap;

/// An entry that is not to be shown.
pub(super) struct Gone {
    pub(super) listing_id: String,
    pub(super) order_key: String,
    pub(super) because: Because,
}

/// Why it is not to be shown.
pub(super) enum Because {
    /// A newer result has superseded it, and always will have.
    Superseded,
    /// A decision has settled it. It may be taken back, which puts the entry into the index again; so it is taken out only while the
    /// state of the review is this version.
    Decided {
        /// Version of the state.
        version: u64,
    },
}

impl Gone {
    pub(super) fn new(entry: QueueEntry, because: Because) -> Self {
        Self { listing_id: entry.listing_id, order_key: entry.order_key, because }
    }
}

/// Takes entries out of the index, a bounded number of them. What does not succeed is left to the next reader.
pub(super) async fn take_out(client: &Client, tables: &Tables, mut gone: Vec<Gone>) {
    gone.truncate(QUEUE_TAKEN_OUT_MAX);
    let calls = gone.into_iter().map(|gone| {
        let (client, tables) = (client.clone(), tables.clone());
        async move {
            let outcome = match gone.because {
                Because::Superseded => update(&client, &tables, &gone).await,
                Because::Decided { version } => update_at(&client, &tables, &gone, version).await,
            };
            if let Err(error) = outcome {
                tracing::warn!(code = error.code(), service_code = error.service_code(), "entry stays in the queue's index");
            }
        }
    });
    if let Err(error) = in_parallel(calls).await {
        tracing::warn!(code = error.code(), "entries stay in the queue's index");
    }
}

const REMOVE: &str = "REMOVE #overall, #by_brand, #by_seller";
/// An item that has expired must not come back as an empty one.
const IS_IN_INDEX: &str = "attribute_exists(#overall)";

fn names() -> HashMap<String, String> {
    let names = ["#overall", "#by_brand", "#by_seller"].into_iter().zip(QUEUE_KEYS);
    names.map(|(name, key)| (name.to_owned(), key.to_owned())).collect()
}

async fn update(client: &Client, tables: &Tables, gone: &Gone) -> Result<(), Error> {
    let call = client
        .update_item()
        .table_name(&tables.results)
        .set_key(Some(key(gone)))
        .update_expression(REMOVE)
        .condition_expression(IS_IN_INDEX)
        .set_expression_attribute_names(Some(names()));
    match call.send().await {
        Err(error) if !error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) => {
            Err(Error::service("UpdateItem", error))
        }
        _ => Ok(()),
    }
}

async fn update_at(client: &Client, tables: &Tables, gone: &Gone, version: u64) -> Result<(), Error> {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let check = ConditionCheck::builder()
        .table_name(&tables.reviews)
        .key("listing_id", text(&gone.listing_id))
        .key("reviewed_at", text(HEAD))
        .condition_expression("#version = :version")
        .expression_attribute_names("#version", "version")
        .expression_attribute_values(":version", AttributeValue::N(version.to_string()));
    let update = Update::builder()
        .table_name(&tables.results)
        .set_key(Some(key(gone)))
        .update_expression(REMOVE)
        .condition_expression(IS_IN_INDEX)
        .set_expression_attribute_names(Some(names()));
    let check = TransactWriteItem::builder().condition_check(check.build().expect("table, key and condition are set"));
    let update = TransactWriteItem::builder().update(update.build().expect("table, key and expression are set"));
    match client.transact_write_items().transact_items(check.build()).transact_items(update.build()).send().await {
        // Somebody has decided anew or was quicker, or does so at this moment.
        Err(error) if !error.as_service_error().is_some_and(TransactWriteItemsError::is_transaction_canceled_exception) => {
            Err(Error::service("TransactWriteItems", error))
        }
        _ => Ok(()),
    }
}

fn key(gone: &Gone) -> Item {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    [("listing_id".to_owned(), text(&gone.listing_id)), ("order_key".to_owned(), text(&gone.order_key))].into()
}
