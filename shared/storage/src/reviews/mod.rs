//! What did people decide on a listing, on which result, and when?
//!
//! Decisions are appended and never changed, except that one can be withdrawn. Beside them each listing has a head: the decision that
//! stands, with a version that every change raises, so that nobody decides on what somebody else has changed meanwhile.

mod item;
mod write;

pub(crate) use item::HEAD;
pub use write::{Decided, NewReview};

use crate::Error;
use crate::results::{Drawn, Item};
use crate::tables::{REVIEWS_BY_DAY, Tables};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::AttributeValue;
use item::Record;
use scoring::{Band, Milli, Risk};
use serde::{Deserialize, Serialize};

/// What a reviewer found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// A counterfeit.
    Confirmed,
    /// No counterfeit: the flag was false.
    Rejected,
    /// Somebody else should look; it stays in the queue.
    Unsure,
}

impl Decision {
    /// As written in records and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
            Self::Unsure => "unsure",
        }
    }

    /// Whether nobody else need look.
    #[must_use]
    pub fn settles(self) -> bool {
        self != Self::Unsure
    }
}

/// Where the review of a listing stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewState {
    /// Raised by every decision and withdrawal; 0 before the first.
    pub version: u64,
    /// The decision that stands.
    pub decision: Option<Decision>,
    /// Who made it, as colleagues know them.
    pub reviewer: Option<String>,
    /// Who made it, as the authoriser knows them. Not told to others.
    #[serde(skip)]
    pub reviewer_id: Option<String>,
    /// What they wrote beside it.
    pub note: Option<String>,
    /// When, RFC 3339.
    pub reviewed_at: Option<String>,
    /// Its name.
    pub review_id: Option<String>,
}

/// The result that a decision was about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // as in `ScoredListing`
pub struct Reviewed {
    pub risk: Risk,
    pub log_odds: Milli,
    pub band: Band,
    pub brand: Option<String>,
    pub policy: String,
    pub input: String,
    pub job_id: String,
    pub scored_at: String,
    /// What spoke for and against, so that every signal and rule gets a track record.
    pub reasons: Vec<Fired>,
}

/// One reason of the result, without the seller's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fired {
    /// Name of the signal.
    pub signal: String,
    /// Id of the entry in the lexicon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What it added.
    pub points: Milli,
}

/// A decision, as recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Its name.
    pub review_id: String,
    /// The listing.
    pub listing_id: String,
    /// What was found.
    pub decision: Decision,
    /// Who found it.
    pub reviewer: String,
    /// What they wrote beside it.
    pub note: String,
    /// When, RFC 3339.
    pub reviewed_at: String,
    /// When it was taken back, RFC 3339.
    pub withdrawn_at: Option<String>,
    /// The version of the state that it made.
    pub version: u64,
    /// What it was about.
    pub result: Reviewed,
    /// Which draw of an audit sent the result to review. Not told to reviewers.
    #[serde(skip)]
    pub drawn: Option<Drawn>,
}

/// A decision with what an audit checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The decision.
    pub review: Review,
    /// Time and name of the decision that stood when this one was made.
    pub before: Option<String>,
    /// When it may be forgotten, in seconds since 1970.
    pub expires_at: i64,
}

/// The state of a listing with what only the tables need to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) state: ReviewState,
    /// Content hash of the listing that the decision is about: a decision holds while the seller changes nothing.
    pub(crate) input: Option<String>,
    /// Sort key of the result that the decision is about.
    pub(crate) order_key: Option<String>,
}

impl Head {
    /// Whether nobody need look at a result: it was decided, or a newer one of its listing was, or one of the same content. So a listing
    /// that comes again with every export of a day is decided once, until its seller changes it.
    pub(crate) fn settles(&self, order_key: &str, input: &str) -> bool {
        self.state.decision.is_some_and(Decision::settles)
            && (self.input.as_deref() == Some(input) || self.order_key.as_deref().is_some_and(|decided| decided >= order_key))
    }
}

/// The table of reviews.
#[derive(Clone, Debug)]
pub struct Reviews {
    client: Client,
    table: String,
    /// Decisions take results off the queue and put them back.
    results_table: String,
}

impl Reviews {
    /// The reviews of these tables.
    #[must_use]
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, table: tables.reviews.clone(), results_table: tables.results.clone() }
    }

    /// Where the review of a listing stands.
    ///
    /// # Errors
    /// When DynamoDB refuses or the record cannot be read.
    pub async fn state(&self, listing_id: &str) -> Result<ReviewState, Error> {
        Ok(self.head(listing_id).await?.state)
    }

    /// The decisions on a listing, newest first, those that were withdrawn included.
    ///
    /// # Errors
    /// When DynamoDB refuses or a record cannot be read.
    pub async fn of_listing(&self, listing_id: &str, reviews_max: usize) -> Result<Vec<Review>, Error> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("#listing_id = :listing_id AND #reviewed_at < :head")
            .expression_attribute_names("#listing_id", "listing_id")
            .expression_attribute_names("#reviewed_at", "reviewed_at")
            .expression_attribute_values(":listing_id", AttributeValue::S(listing_id.to_owned()))
            .expression_attribute_values(":head", AttributeValue::S(item::HEAD.to_owned()))
            .scan_index_forward(false)
            .consistent_read(true);
        found(query, reviews_max).await
    }

    /// The decisions of a day (UTC, `2026-11-24`), oldest first, behind the given one. Fewer than asked for are all there are. One that was
    /// made or taken back within the last second may be missing, or not be told as withdrawn: indexes follow their table.
    ///
    /// # Errors
    /// When DynamoDB refuses or a record cannot be read.
    pub async fn of_day(&self, day: &str, after: Option<&Review>, reviews_max: usize) -> Result<Vec<Review>, Error> {
        found(self.day_query(day, after), reviews_max).await
    }

    /// The same with what only an audit asks for.
    ///
    /// # Errors
    /// As [`Self::of_day`].
    pub async fn recorded_of_day(&self, day: &str, after: Option<&Review>, reviews_max: usize) -> Result<Vec<Recorded>, Error> {
        found(self.day_query(day, after), reviews_max).await
    }

    fn day_query(&self, day: &str, after: Option<&Review>) -> QueryFluentBuilder {
        // A key may not be empty; every time sorts behind a blank.
        let after = after.map_or_else(|| " ".to_owned(), |review| item::sort_key(&review.reviewed_at, &review.review_id));
        self.client
            .query()
            .table_name(&self.table)
            .index_name(REVIEWS_BY_DAY)
            .key_condition_expression("#day = :day AND #reviewed_at > :after")
            .expression_attribute_names("#day", "reviewed_day")
            .expression_attribute_names("#reviewed_at", "reviewed_at")
            .expression_attribute_values(":day", AttributeValue::S(day.to_owned()))
            .expression_attribute_values(":after", AttributeValue::S(after))
    }

    /// The head of a listing; version 0 before the first decision.
    async fn head(&self, listing_id: &str) -> Result<Head, Error> {
        let head = self.item(listing_id, item::HEAD).await?;
        head.as_ref().map_or_else(|| Ok(Head::at(0, None)), Head::try_from)
    }

    /// One decision, by its sort key.
    async fn record(&self, listing_id: &str, sort_key: &str) -> Result<Option<Record>, Error> {
        self.item(listing_id, sort_key).await?.as_ref().map(Record::try_from).transpose()
    }

    async fn item(&self, listing_id: &str, sort_key: &str) -> Result<Option<Item>, Error> {
        let request = self
            .client
            .get_item()
            .table_name(&self.table)
            .key("listing_id", AttributeValue::S(listing_id.to_owned()))
            .key("reviewed_at", AttributeValue::S(sort_key.to_owned()));
        let answer = request.consistent_read(true).send().await.map_err(|error| Error::service("GetItem", error))?;
        Ok(answer.item)
    }
}

/// So many decisions, or all there are: one answer of DynamoDB ends after a megabyte.
async fn found<R: for<'i> TryFrom<&'i Item, Error = Error>>(
    query: QueryFluentBuilder,
    reviews_max: usize,
) -> Result<Vec<R>, Error> {
    let (mut reviews, mut next) = (Vec::new(), None);
    while reviews.len() < reviews_max {
        let limit = i32::try_from(reviews_max - reviews.len()).unwrap_or(i32::MAX);
        let answer = query.clone().limit(limit).set_exclusive_start_key(next).send().await;
        let answer = answer.map_err(|error| Error::service("Query", error))?;
        for item in answer.items() {
            reviews.push(R::try_from(item)?);
        }
        next = answer.last_evaluated_key;
        if next.is_none() {
            break;
        }
    }
    Ok(reviews)
}
