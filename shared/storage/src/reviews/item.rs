//! What is in an item of the reviews table?

use super::{Decision, Fired, Head, Review, ReviewState, Reviewed};
use crate::Error;
use crate::limits::REVIEW_REASONS_MAX;
use crate::results::{Item, StoredResult};
use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::DeserializeOwned;

/// Sort key of the head: a letter, so that it sorts behind every time.
pub(crate) const HEAD: &str = "head";

/// Sort key of a decision.
pub(super) fn sort_key(reviewed_at: &str, review_id: &str) -> String {
    format!("{reviewed_at}#{review_id}")
}

impl Reviewed {
    /// What is kept of a result beside a decision on it.
    pub(super) fn of(stored: &StoredResult) -> Self {
        let scored = &stored.scored;
        let fired =
            |reason: &scoring::Reason| Fired { signal: reason.signal.clone(), rule: reason.rule.clone(), points: reason.points };
        Self {
            risk: scored.risk,
            log_odds: scored.log_odds,
            band: scored.band,
            brand: scored.brand.clone(),
            policy: scored.policy.clone(),
            input: scored.input.clone(),
            job_id: stored.job_id.clone(),
            scored_at: scored.scored_at.clone(),
            reasons: scored.reasons.iter().take(REVIEW_REASONS_MAX).map(fired).collect(),
        }
    }
}

/// Writes the attributes of a decision.
pub(super) fn write(review: &Review, reviewer_id: &str, order_key: &str, expires_at: i64) -> Result<Item, Error> {
    let result = serde_json::to_string(&review.result).map_err(|error| bad(error.to_string()))?;
    let day = review.reviewed_at.get(..10).unwrap_or(&review.reviewed_at);
    let texts = [
        ("listing_id", review.listing_id.as_str()),
        ("reviewed_at", &sort_key(&review.reviewed_at, &review.review_id)),
        ("reviewed_day", day),
        ("review_id", &review.review_id),
        ("decision", review.decision.name()),
        ("reviewer", &review.reviewer),
        ("reviewer_id", reviewer_id),
        ("note", &review.note),
        ("result", &result),
        ("input", &review.result.input),
        ("order_key", order_key),
    ];
    let mut item: Item = texts.map(|(name, value)| (name.to_owned(), AttributeValue::S(value.to_owned()))).into();
    let numbers = [("version", review.version.to_string()), (crate::tables::EXPIRES_AT, expires_at.to_string())];
    item.extend(numbers.map(|(name, value)| (name.to_owned(), AttributeValue::N(value))));
    Ok(item)
}

/// The attributes of a decision that the head repeats.
pub(super) const REPEATED: [&str; 8] =
    ["decision", "reviewer", "reviewer_id", "note", "review_id", "input", "order_key", "decided_at"];

impl TryFrom<&Item> for Review {
    type Error = Error;

    fn try_from(item: &Item) -> Result<Self, Error> {
        let sort_key = text(item, "reviewed_at")?;
        Ok(Self {
            review_id: text(item, "review_id")?,
            listing_id: text(item, "listing_id")?,
            decision: named(&text(item, "decision")?)?,
            reviewer: text(item, "reviewer")?,
            note: text(item, "note")?,
            reviewed_at: sort_key.split('#').next().unwrap_or(&sort_key).to_owned(),
            withdrawn_at: text(item, "withdrawn_at").ok(),
            version: version(item)?,
            result: serde_json::from_str(&text(item, "result")?).map_err(|error| bad(error.to_string()))?,
        })
    }
}

impl TryFrom<&Item> for Head {
    type Error = Error;

    fn try_from(item: &Item) -> Result<Self, Error> {
        let optional = |name: &str| text(item, name).ok();
        let state = ReviewState {
            version: version(item)?,
            decision: optional("decision").map(|name| named(&name)).transpose()?,
            reviewer: optional("reviewer"),
            reviewer_id: optional("reviewer_id"),
            note: optional("note"),
            reviewed_at: optional("decided_at"),
            review_id: optional("review_id"),
        };
        Ok(Self { state, input: optional("input"), order_key: optional("order_key") })
    }
}

fn named(name: &str) -> Result<Decision, Error> {
    from_name(name)
}

fn from_name<T: DeserializeOwned>(name: &str) -> Result<T, Error> {
    serde_json::from_value(name.into()).map_err(|error| bad(error.to_string()))
}

fn version(item: &Item) -> Result<u64, Error> {
    let value = item.get("version").and_then(|value| value.as_n().ok()?.parse().ok());
    value.ok_or_else(|| bad("version is no number".to_owned()))
}

pub(super) fn text(item: &Item, name: &str) -> Result<String, Error> {
    let value = item.get(name).and_then(|value| value.as_s().ok()).cloned();
    value.ok_or_else(|| bad(format!("{name} is missing")))
}

fn bad(detail: String) -> Error {
    Error::BadRecord { what: "review", detail }
}
