//! How is a decision recorded, and taken back? In one transaction with the head and the queue, on a state that it names.

use super::item::{HEAD, REPEATED, sort_key, text, write};
use super::{Decision, Head, Review, ReviewState, Reviewed, Reviews};
use crate::Error;
use crate::results::{Item, QUEUE_KEYS, StoredResult, queue_keys};
use crate::tables::EXPIRES_AT;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem, Update};
use jiff::Timestamp;

/// A decision to be recorded.
#[derive(Clone, Copy, Debug)]
pub struct NewReview<'a> {
    /// Its name: the same for every attempt at the same decision.
    pub review_id: &'a str,
    /// What was found.
    pub decision: Decision,
    /// What the reviewer wrote beside it.
    pub note: &'a str,
    /// Who decides, as colleagues know them.
    pub reviewer: &'a str,
    /// Who decides, as the authoriser knows them.
    pub reviewer_id: &'a str,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// When the record may be forgotten, in seconds since 1970.
    pub expires_at: i64,
    /// The result that it is about.
    pub about: &'a StoredResult,
}

/// A decision that was recorded, and where the review now stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The record.
    pub review: Review,
    /// The state it made.
    pub state: ReviewState,
}

impl Reviews {
    /// Records a decision that was made on version `expected` of the state. The same attempt twice gives the same record, once.
    ///
    /// # Errors
    /// [`Error::ReviewConflict`] with the state as it is, when it is another version; or when DynamoDB refuses.
    pub async fn decide(&self, new: &NewReview<'_>, expected: u64) -> Result<Decided, Error> {
        let listing_id = new.about.scored.listing_id.as_str();
        let review = Review {
            review_id: new.review_id.to_owned(),
            listing_id: listing_id.to_owned(),
            decision: new.decision,
            reviewer: new.reviewer.to_owned(),
            note: new.note.to_owned(),
            reviewed_at: written(new.at_ms),
            withdrawn_at: None,
            version: expected + 1,
            result: Reviewed::of(new.about),
        };
        let item = write(&review, new.reviewer_id, &new.about.order_key, new.expires_at)?;
        let state = ReviewState {
            version: review.version,
            decision: Some(new.decision),
            reviewer: Some(review.reviewer.clone()),
            reviewer_id: Some(new.reviewer_id.to_owned()),
            note: Some(review.note.clone()),
            reviewed_at: Some(review.reviewed_at.clone()),
            review_id: Some(review.review_id.clone()),
        };
        let mut steps = vec![
            self.head(listing_id, expected, Some(&item), new.expires_at),
            Step::Put(Put::builder().table_name(&self.table).set_item(Some(item))),
        ];
        steps.extend(self.in_queue(new.about, !new.decision.settles()));
        match self.transact(steps).await {
            Ok(()) => Ok(Decided { review, state }),
            Err(error) => {
                let current = self.after(error, listing_id).await?;
                // Our own transaction went through, and only its answer was lost on the way.
                if current.version == review.version && current.review_id.as_deref() == Some(new.review_id) {
                    return Ok(Decided { review, state });
                }
                Err(Error::ReviewConflict { current: Box::new(current) })
            }
        }
    }

    /// Takes the decision back that stands; the one before it stands again, if there is one on record that was not withdrawn.
    ///
    /// # Errors
    /// [`Error::ReviewNotFound`], [`Error::ReviewNotLatest`], [`Error::ReviewConflict`]; or when DynamoDB refuses.
    pub async fn withdraw(&self, about: &StoredResult, review_id: &str, at_ms: i64, expected: u64) -> Result<ReviewState, Error> {
        let listing_id = about.scored.listing_id.as_str();
        let head = Head::read(&self.client, &self.table, listing_id).await?.ok_or(Error::ReviewNotFound)?;
        if head.state.review_id.as_deref() != Some(review_id) {
            let all = self.of_listing(listing_id, crate::limits::REVIEWS_LOOKED_AT_MAX).await?;
            let is_known = all.iter().any(|review| review.review_id == review_id);
            return Err(if is_known { Error::ReviewNotLatest } else { Error::ReviewNotFound });
        }
        let reviews = self.of_listing(listing_id, crate::limits::REVIEWS_LOOKED_AT_MAX).await?;
        let standing = reviews.iter().find(|review| review.review_id == review_id).ok_or(Error::ReviewNotFound)?;
        let before = reviews.iter().find(|review| review.withdrawn_at.is_none() && review.version < standing.version);
        let key = sort_key(&standing.reviewed_at, review_id);
        let before = match before {
            None => None,
            Some(review) => self.read(listing_id, &sort_key(&review.reviewed_at, &review.review_id)).await?,
        };
        let expires_at = self.read(listing_id, &key).await?.and_then(|item| item.get(EXPIRES_AT)?.as_n().ok()?.parse().ok());
        let withdrawn = Update::builder()
            .table_name(&self.table)
            .key("listing_id", AttributeValue::S(listing_id.to_owned()))
            .key("reviewed_at", AttributeValue::S(key))
            .update_expression("SET #withdrawn = :now")
            .condition_expression("attribute_exists(#listing)")
            .expression_attribute_names("#withdrawn", "withdrawn_at")
            .expression_attribute_names("#listing", "listing_id")
            .expression_attribute_values(":now", AttributeValue::S(written(at_ms)));
        let mut steps =
            vec![self.head(listing_id, expected, before.as_ref(), expires_at.unwrap_or_default()), Step::Update(withdrawn)];
        let settles_still = match &before {
            None => false,
            Some(item) => Review::try_from(item)?.decision.settles() && text(item, "input")? == about.scored.input,
        };
        steps.extend(self.in_queue(about, !settles_still));
        match self.transact(steps).await {
            Ok(()) => self.state(listing_id).await,
            Err(error) => {
                let current = self.after(error, listing_id).await?;
                if current.version == expected + 1 && current.review_id.as_deref() != Some(review_id) {
                    return Ok(current);
                }
                Err(Error::ReviewConflict { current: Box::new(current) })
            }
        }
    }

    /// The head moves on from a version to what a decision says, or to nothing decided.
    fn head(&self, listing_id: &str, expected: u64, says: Option<&Item>, expires_at: i64) -> Step {
        let mut update = Update::builder()
            .table_name(&self.table)
            .key("listing_id", AttributeValue::S(listing_id.to_owned()))
            .key("reviewed_at", AttributeValue::S(HEAD.to_owned()))
            .expression_attribute_names("#version", "version")
            .expression_attribute_names("#expires", EXPIRES_AT)
            .expression_attribute_values(":next", AttributeValue::N((expected + 1).to_string()))
            .expression_attribute_values(":expires", AttributeValue::N(expires_at.to_string()));
        update = if expected == 0 {
            update.condition_expression("attribute_not_exists(#version)")
        } else {
            update
                .condition_expression("#version = :expected")
                .expression_attribute_values(":expected", AttributeValue::N(expected.to_string()))
        };
        let mut set = String::from("SET #version = :next, #expires = :expires");
        let mut remove = Vec::new();
        for (at, name) in REPEATED.into_iter().enumerate() {
            update = update.expression_attribute_names(format!("#r{at}"), name);
            // The time of a decision is in its sort key.
            let value = says.and_then(|item| match name {
                "decided_at" => {
                    item.get("reviewed_at")?.as_s().ok()?.split('#').next().map(|at| AttributeValue::S(at.to_owned()))
                }
                name => item.get(name).cloned(),
            });
            match value {
                Some(value) => {
                    set.push_str(&format!(", #r{at} = :r{at}"));
                    update = update.expression_attribute_values(format!(":r{at}"), value);
                }
                None => remove.push(format!("#r{at}")),
            }
        }
        let expression = if remove.is_empty() { set } else { format!("{set} REMOVE {}", remove.join(", ")) };
        Step::Update(update.update_expression(expression))
    }

    /// Puts a flagged result into the queue or takes it off.
    fn in_queue(&self, about: &StoredResult, stands: bool) -> Option<Step> {
        let scored = &about.scored;
        if scored.band == scoring::Band::Clear {
            return None;
        }
        let mut update = Update::builder()
            .table_name(&self.results_table)
            .key("listing_id", AttributeValue::S(scored.listing_id.clone()))
            .key("order_key", AttributeValue::S(about.order_key.clone()))
            .condition_expression("attribute_exists(#order_key)")
            .expression_attribute_names("#order_key", "order_key");
        let keys = queue_keys(&scored.listing_id, scored.brand.as_deref(), about.seller_id.as_deref());
        let mut parts = Vec::new();
        for (at, name) in QUEUE_KEYS.into_iter().enumerate() {
            let value = keys.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
            if stands {
                let Some(value) = value else { continue };
                update = update.expression_attribute_values(format!(":k{at}"), AttributeValue::S(value));
                parts.push(format!("#k{at} = :k{at}"));
            } else {
                parts.push(format!("#k{at}"));
            }
            update = update.expression_attribute_names(format!("#k{at}"), name);
        }
        let verb = if stands { "SET" } else { "REMOVE" };
        Some(Step::Update(update.update_expression(format!("{verb} {}", parts.join(", ")))))
    }

    /// All steps or none. The SDK gives its own retries a token, so that they count once.
    async fn transact(&self, steps: Vec<Step>) -> Result<(), Error> {
        let items = steps.into_iter().map(Step::build).collect();
        let request = self.client.transact_write_items().set_transact_items(Some(items));
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) => Err(match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(canceled)) => {
                    let codes = canceled.cancellation_reasons().iter().filter_map(|reason| reason.code());
                    if codes.clone().any(|code| code == "ConditionalCheckFailed") {
                        Error::LostRace
                    } else {
                        Error::service("TransactWriteItems", error)
                    }
                }
                _ => Error::service("TransactWriteItems", error),
            }),
        }
    }

    /// The state after a race that was lost; any other error stays what it is.
    async fn after(&self, error: Error, listing_id: &str) -> Result<ReviewState, Error> {
        match error {
            Error::LostRace => self.state(listing_id).await,
            error => Err(error),
        }
    }
}

/// One part of a transaction.
enum Step {
    Put(aws_sdk_dynamodb::types::builders::PutBuilder),
    Update(UpdateBuilder),
}

impl Step {
    fn build(self) -> TransactWriteItem {
        let item = TransactWriteItem::builder();
        match self {
            Self::Put(put) => item.put(put.build().expect("table and item are set")).build(),
            Self::Update(update) => item.update(update.build().expect("table, key and expression are set")).build(),
        }
    }
}

/// RFC 3339 with milliseconds.
fn written(ms: i64) -> String {
    Timestamp::from_millisecond(ms).unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}
