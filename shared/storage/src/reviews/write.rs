//! How is a decision recorded, and taken back? In one transaction with the head and the queue, on a state that it names.

use super::item::{Record, sort_key};
use super::{Decision, Head, Review, ReviewState, Reviewed, Reviews};
use crate::Error;
use crate::backoff::pause;
use crate::limits::TRANSACTION_TRIES_MAX;
use crate::results::{QUEUE_KEYS, StoredResult};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem, Update};
use jiff::Timestamp;

/// A decision to be recorded.
#[derive(Clone, Copy, Debug)]
pub struct NewReview<'a> {
    /// Its name: the same for every attempt at the same decision, and no other's.
    pub review_id: &'a str,
    /// What was found.
    pub decision: Decision,
    /// What the reviewer wrote beside it.
    pub note: &'a str,
    /// Who decides, as colleagues know them.
    pub reviewer: &'a str,
    /// Who decides, as the authoriser knows them.
    pub reviewer_id: &'a str,
    /// When, in milliseconds since 1970: the same for every attempt at the same decision.
    pub at_ms: i64,
    /// When the record may be forgotten, in seconds since 1970.
    pub expires_at: i64,
    /// The result that it is about.
    pub about: &'a StoredResult,
}

/// A decision that was recorded, and the state it made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The record.
    pub review: Review,
    /// The state it made; others may have changed it since, when this was an attempt at what is on record already.
    pub state: ReviewState,
}

impl Decided {
    fn by(record: Record) -> Self {
        let state = Head::at(record.review.version, Some(&record)).state;
        Self { review: record.review, state }
    }
}

impl Reviews {
    /// Records a decision that was made on version `expected` of the state. Another attempt at the same decision gives what is on record,
    /// whatever was decided since.
    ///
    /// # Errors
    /// [`Error::ReviewConflict`] with the state as it is, when it is another version; [`Error::LostRace`] when the result is gone; or when
    /// DynamoDB refuses.
    pub async fn decide(&self, new: &NewReview<'_>, expected: u64) -> Result<Decided, Error> {
        let listing_id = new.about.scored.listing_id.as_str();
        let reviewed_at = written(new.at_ms);
        let own_key = sort_key(&reviewed_at, new.review_id);
        let head = self.head(listing_id).await?;
        if head.state.version == expected {
            let review = Review {
                review_id: new.review_id.to_owned(),
                listing_id: listing_id.to_owned(),
                decision: new.decision,
                reviewer: new.reviewer.to_owned(),
                note: new.note.to_owned(),
                reviewed_at,
                withdrawn_at: None,
                version: expected + 1,
                result: Reviewed::of(new.about),
                drawn: new.about.drawn.clone(),
            };
            let record = Record {
                review,
                reviewer_id: new.reviewer_id.to_owned(),
                order_key: new.about.order_key.clone(),
                before: head.standing(),
                withdrawn_by: None,
                expires_at: new.expires_at,
            };
            let after = Head::at(record.review.version, Some(&record));
            let mut steps = vec![self.move_head(listing_id, expected, &after, new.expires_at), self.append(&record)?];
            steps.extend(self.queue(new.about, new.decision.settles()));
            match self.transact(&steps).await {
                Ok(()) => return Ok(Decided::by(record)),
                Err(Error::LostRace) => {}
                Err(error) => return Err(error),
            }
        }
        // An earlier attempt, or our own transaction whose answer was lost on the way, may have made the record.
        match self.record(listing_id, &own_key).await? {
            Some(record) => Ok(Decided::by(record)),
            None => Err(self.lost(listing_id, expected).await?),
        }
    }

    /// Takes the decision back that stands, on version `expected` of the state; the one before it stands again, if there was one and it is
    /// still on record. `by` is who does so, as the authoriser knows them. `about` is the newest result of the listing, which goes back into
    /// the queue unless the decision before settles it.
    ///
    /// # Errors
    /// [`Error::ReviewNotFound`] when it was never made, has expired or was taken back before; [`Error::ReviewNotLatest`];
    /// [`Error::ReviewConflict`] with the state as it is; [`Error::LostRace`] when the result is gone; or when DynamoDB refuses.
    pub async fn withdraw(
        &self,
        about: &StoredResult,
        review_id: &str,
        by: &str,
        at_ms: i64,
        expected: u64,
    ) -> Result<ReviewState, Error> {
        let listing_id = about.scored.listing_id.as_str();
        let head = self.head(listing_id).await?;
        let key = match head.standing() {
            Some(key) if head.state.review_id.as_deref() == Some(review_id) => key,
            _ => return Err(self.does_not_stand(listing_id, review_id).await?),
        };
        if head.state.version != expected {
            return Err(Error::ReviewConflict { current: Box::new(head.state) });
        }
        let standing = self.record(listing_id, &key).await?.ok_or(Error::ReviewNotFound)?;
        let before = match &standing.before {
            None => None,
            Some(before) => self.record(listing_id, before).await?,
        };
        let after = Head::at(expected + 1, before.as_ref());
        let withdrawn_at = written(at_ms);
        let mut steps = vec![
            self.move_head(listing_id, expected, &after, standing.expires_at),
            self.mark_withdrawn(listing_id, &key, &withdrawn_at, by),
        ];
        steps.extend(self.queue(about, after.settles(&about.order_key, &about.scored.input)));
        match self.transact(&steps).await {
            Ok(()) => Ok(after.state),
            Err(Error::LostRace) => {
                let withdrawn = self.record(listing_id, &key).await?;
                let is_ours = withdrawn.is_some_and(|record| {
                    record.review.withdrawn_at.as_deref() == Some(&withdrawn_at) && record.withdrawn_by.as_deref() == Some(by)
                });
                // Our own transaction went through, and only its answer was lost on the way.
                if is_ours { Ok(after.state) } else { Err(self.lost(listing_id, expected).await?) }
            }
            Err(error) => Err(error),
        }
    }

    /// Why a decision that does not stand cannot be taken back.
    async fn does_not_stand(&self, listing_id: &str, review_id: &str) -> Result<Error, Error> {
        let reviews = self.of_listing(listing_id, crate::limits::REVIEWS_LOOKED_AT_MAX).await?;
        let is_covered = reviews.iter().any(|review| review.review_id == review_id && review.withdrawn_at.is_none());
        Ok(if is_covered { Error::ReviewNotLatest } else { Error::ReviewNotFound })
    }

    /// Why a transaction on this version was refused: the head has moved on, or else it can only be the result.
    async fn lost(&self, listing_id: &str, expected: u64) -> Result<Error, Error> {
        let current = self.state(listing_id).await?;
        Ok(if current.version == expected { Error::LostRace } else { Error::ReviewConflict { current: Box::new(current) } })
    }

    /// The head moves on from a version.
    fn move_head(&self, listing_id: &str, expected: u64, after: &Head, expires_at: i64) -> TransactWriteItem {
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(after.to_item(listing_id, expires_at)))
            .expression_attribute_names("#version", "version");
        let put = match expected {
            0 => put.condition_expression("attribute_not_exists(#version)"),
            version => put
                .condition_expression("#version = :expected")
                .expression_attribute_values(":expected", AttributeValue::N(version.to_string())),
        };
        TransactWriteItem::builder().put(put.build().expect("table and item are set")).build()
    }

    /// A decision joins those before it. None is ever overwritten, not even by another attempt at it.
    fn append(&self, record: &Record) -> Result<TransactWriteItem, Error> {
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(record.to_item()?))
            .condition_expression("attribute_not_exists(#listing_id)")
            .expression_attribute_names("#listing_id", "listing_id");
        Ok(TransactWriteItem::builder().put(put.build().expect("table and item are set")).build())
    }

    fn mark_withdrawn(&self, listing_id: &str, key: &str, withdrawn_at: &str, by: &str) -> TransactWriteItem {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let update = Update::builder()
            .table_name(&self.table)
            .key("listing_id", text(listing_id))
            .key("reviewed_at", text(key))
            .update_expression("SET #at = :at, #by = :by")
            .condition_expression("attribute_exists(#listing_id) AND attribute_not_exists(#at)")
            .expression_attribute_names("#at", "withdrawn_at")
            .expression_attribute_names("#by", "withdrawn_by")
            .expression_attribute_names("#listing_id", "listing_id")
            .expression_attribute_values(":at", text(withdrawn_at))
            .expression_attribute_values(":by", text(by));
        TransactWriteItem::builder().update(update.build().expect("table, key and expression are set")).build()
    }

    /// Takes a flagged result off the queue when it is settled, or else puts it there.
    fn queue(&self, about: &StoredResult, is_settled: bool) -> Option<TransactWriteItem> {
        let keys = about.queue_keys();
        if keys.is_empty() {
            return None;
        }
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let mut update = Update::builder()
            .table_name(&self.results_table)
            .key("listing_id", text(&about.scored.listing_id))
            .key("order_key", text(&about.order_key))
            // A result that has expired must not come back as an empty item.
            .condition_expression("attribute_exists(#order_key)")
            .expression_attribute_names("#order_key", "order_key");
        let mut parts = Vec::new();
        if is_settled {
            for (at, name) in QUEUE_KEYS.into_iter().enumerate() {
                update = update.expression_attribute_names(format!("#k{at}"), name);
                parts.push(format!("#k{at}"));
            }
        } else {
            for (at, (name, value)) in keys.into_iter().enumerate() {
                update = update
                    .expression_attribute_names(format!("#k{at}"), name)
                    .expression_attribute_values(format!(":k{at}"), AttributeValue::S(value));
                parts.push(format!("#k{at} = :k{at}"));
            }
        }
        let verb = if is_settled { "REMOVE" } else { "SET" };
        let update = update.update_expression(format!("{verb} {}", parts.join(", ")));
        Some(TransactWriteItem::builder().update(update.build().expect("table, key and expression are set")).build())
    }

    /// All steps or none. The SDK gives its own retries a token, so that they count once; what the service refuses for the moment, because
    /// another transaction is at the same items, it leaves to us.
    async fn transact(&self, steps: &[TransactWriteItem]) -> Result<(), Error> {
        let mut failures = 0;
        loop {
            let request = self.client.transact_write_items().set_transact_items(Some(steps.to_vec()));
            let Err(error) = request.send().await else { return Ok(()) };
            match error.as_service_error().and_then(cancellation) {
                Some(Cancellation::Refused) => return Err(Error::LostRace),
                Some(Cancellation::Busy) if failures + 1 < TRANSACTION_TRIES_MAX => {}
                _ => return Err(Error::service("TransactWriteItems", error)),
            }
            tokio::time::sleep(pause(failures)).await;
            failures += 1;
        }
    }
}

/// Why a transaction was cancelled.
enum Cancellation {
    /// A condition does not hold.
    Refused,
    /// Another transaction is at the same items, or a table takes no more for the moment.
    Busy,
}

fn cancellation(error: &TransactWriteItemsError) -> Option<Cancellation> {
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else { return None };
    let codes: Vec<_> = cancelled.cancellation_reasons().iter().filter_map(|reason| reason.code()).collect();
    let has = |wanted: &[&str]| codes.iter().any(|code| wanted.contains(code));
    if has(&["ConditionalCheckFailed"]) {
        Some(Cancellation::Refused)
    } else {
        has(&["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]).then_some(Cancellation::Busy)
    }
}

/// RFC 3339 with milliseconds.
fn written(ms: i64) -> String {
    Timestamp::from_millisecond(ms).unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}
