//! What is in an item of the reviews table?

use super::{Fired, Head, Recorded, Review, ReviewState, Reviewed};
use crate::Error;
use crate::limits::REVIEW_REASONS_MAX;
use crate::results::{Drawn, Item, StoredResult};
use crate::tables::EXPIRES_AT;
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

/// A decision with what only the tables need to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) review: Review,
    /// Who decided, as the authoriser knows them.
    pub(super) reviewer_id: String,
    /// Sort key of the result that it is about.
    pub(super) order_key: String,
    /// Sort key of the decision that stood when this one was made, and stands again when this one is taken back. It stays as it is
    /// while this one stands, for only the decision that stands can be taken back.
    pub(super) before: Option<String>,
    /// Who took it back, as the authoriser knows them.
    pub(super) withdrawn_by: Option<String>,
    /// In seconds since 1970.
    pub(super) expires_at: i64,
}

impl Record {
    /// The attributes of a decision that stands.
    pub(super) fn to_item(&self) -> Result<Item, Error> {
        let review = &self.review;
        let result = serde_json::to_string(&review.result).map_err(|error| bad(error.to_string()))?;
        let [drawn_run, drawn_stratum] = match review.drawn.as_ref().map(Drawn::texts) {
            Some(texts) => texts.map(|(name, value)| (name, Some(value))),
            None => [("drawn_run", None), ("drawn_stratum", None)],
        };
        let texts = [
            drawn_run,
            drawn_stratum,
            ("listing_id", Some(review.listing_id.clone())),
            ("reviewed_at", Some(sort_key(&review.reviewed_at, &review.review_id))),
            ("reviewed_day", Some(review.reviewed_at.get(..10).unwrap_or(&review.reviewed_at).to_owned())),
            ("review_id", Some(review.review_id.clone())),
            ("decision", Some(review.decision.name().to_owned())),
            ("reviewer", Some(review.reviewer.clone())),
            ("reviewer_id", Some(self.reviewer_id.clone())),
            ("note", Some(review.note.clone())),
            ("result", Some(result)),
            ("order_key", Some(self.order_key.clone())),
            ("before", self.before.clone()),
        ];
        Ok(item(texts, review.version, self.expires_at))
    }
}

impl TryFrom<&Item> for Record {
    type Error = Error;

    fn try_from(item: &Item) -> Result<Self, Error> {
        Ok(Self {
            review: Review::try_from(item)?,
            reviewer_id: text(item, "reviewer_id")?,
            order_key: text(item, "order_key")?,
            before: text(item, "before").ok(),
            withdrawn_by: text(item, "withdrawn_by").ok(),
            expires_at: number(item, EXPIRES_AT)?,
        })
    }
}

impl TryFrom<&Item> for Recorded {
    type Error = Error;

    fn try_from(item: &Item) -> Result<Self, Error> {
        let Record { review, before, expires_at, .. } = Record::try_from(item)?;
        Ok(Self { review, before, expires_at })
    }
}

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
            version: number(item, "version")?,
            result: serde_json::from_str(&text(item, "result")?).map_err(|error| bad(error.to_string()))?,
            drawn: Drawn::of(item),
        })
    }
}

impl Head {
    /// The head at this version, when this decision stands or none.
    pub(super) fn at(version: u64, standing: Option<&Record>) -> Self {
        let Some(Record { review, reviewer_id, order_key, .. }) = standing else {
            return Self { state: ReviewState { version, ..ReviewState::default() }, input: None, order_key: None };
        };
        Self {
            state: ReviewState {
                version,
                decision: Some(review.decision),
                reviewer: Some(review.reviewer.clone()),
                reviewer_id: Some(reviewer_id.clone()),
                note: Some(review.note.clone()),
                reviewed_at: Some(review.reviewed_at.clone()),
                review_id: Some(review.review_id.clone()),
            },
            input: Some(review.result.input.clone()),
            order_key: Some(order_key.clone()),
        }
    }

    /// Sort key of the decision that stands.
    pub(super) fn standing(&self) -> Option<String> {
        Some(sort_key(self.state.reviewed_at.as_deref()?, self.state.review_id.as_deref()?))
    }

    /// Its attributes.
    pub(super) fn to_item(&self, listing_id: &str, expires_at: i64) -> Item {
        let state = &self.state;
        let texts = [
            ("listing_id", Some(listing_id.to_owned())),
            ("reviewed_at", Some(HEAD.to_owned())),
            ("decision", state.decision.map(|decision| decision.name().to_owned())),
            ("reviewer", state.reviewer.clone()),
            ("reviewer_id", state.reviewer_id.clone()),
            ("note", state.note.clone()),
            // The sort key, which has this name, says that it is the head.
            ("decided_at", state.reviewed_at.clone()),
            ("review_id", state.review_id.clone()),
            ("input", self.input.clone()),
            ("order_key", self.order_key.clone()),
        ];
        item(texts, state.version, expires_at)
    }
}

impl TryFrom<&Item> for Head {
    type Error = Error;

    fn try_from(item: &Item) -> Result<Self, Error> {
        let optional = |name: &str| text(item, name).ok();
        let state = ReviewState {
            version: number(item, "version")?,
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

fn item<const N: usize>(texts: [(&str, Option<String>); N], version: u64, expires_at: i64) -> Item {
    let texts = texts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), AttributeValue::S(value?))));
    let numbers = [("version", version.to_string()), (EXPIRES_AT, expires_at.to_string())];
    texts.chain(numbers.map(|(name, value)| (name.to_owned(), AttributeValue::N(value)))).collect()
}

fn named<T: DeserializeOwned>(name: &str) -> Result<T, Error> {
    serde_json::from_value(name.into()).map_err(|error| bad(error.to_string()))
}

fn number<T: std::str::FromStr>(item: &Item, name: &str) -> Result<T, Error> {
    let value = item.get(name).and_then(|value| value.as_n().ok()?.parse().ok());
    value.ok_or_else(|| bad(format!("{name} is no number")))
}

fn text(item: &Item, name: &str) -> Result<String, Error> {
    let value = item.get(name).and_then(|value| value.as_s().ok()).cloned();
    value.ok_or_else(|| bad(format!("{name} is missing")))
}

fn bad(detail: String) -> Error {
    Error::BadRecord { what: "review", detail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reviews::Decision;
    use scoring::{Band, Milli, Risk};

    fn record(note: &str, reasons: usize) -> Record {
        let fired = Fired { signal: "replica_term".into(), rule: Some("en.replica".into()), points: Milli(-2_310) };
        Record {
            review: Review {
                review_id: "r-1".into(),
                listing_id: "包#head/1".into(),
                decision: Decision::Rejected,
                reviewer: "ana".into(),
                note: note.into(),
                reviewed_at: "2026-11-24T09:00:00.007Z".into(),
                withdrawn_at: None,
                version: 3,
                result: Reviewed {
                    risk: Risk(914),
                    log_odds: Milli(-2_364),
                    band: Band::RedFlag,
                    brand: None,
                    policy: "p-1".into(),
                    input: "h-1".into(),
                    job_id: "j-1".into(),
                    scored_at: "2026-11-23T00:00:00Z".into(),
                    reasons: vec![fired; reasons],
                },
                drawn: (reasons > 0).then(|| Drawn { run_id: "a-1".into(), stratum: 9 }),
            },
            reviewer_id: "u-1".into(),
            order_key: "2026-09-21T14:13:20.007Z#0#j-1#0".into(),
            before: Some("2026-11-24T08:00:00.000Z#r-0".into()),
            withdrawn_by: None,
            expires_at: 1_900_000_000,
        }
    }

    #[test]
    fn what_is_recorded_reads_back_the_same() {
        for record in [record("", 0), record("a #note\nof two lines", 3), Record { before: None, ..record("x", 1) }] {
            assert_eq!(Record::try_from(&record.to_item().unwrap()).unwrap(), record);
            let head = Head::at(4, Some(&record));
            assert_eq!(Head::try_from(&head.to_item("a", 1)).unwrap(), head);
            assert_eq!(head.standing().as_deref(), Some("2026-11-24T09:00:00.007Z#r-1"));
        }
        let none = Head::at(5, None);
        assert_eq!(Head::try_from(&none.to_item("a", 1)).unwrap(), none);
        assert_eq!((none.standing(), none.state.decision, none.state.version), (None, None, 5));
    }

    #[test]
    fn the_head_sorts_behind_every_decision() {
        for at in ["1970-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"] {
            assert!(sort_key(at, "r-1").as_str() < HEAD);
        }
    }

    #[test]
    fn a_record_that_makes_no_sense_is_named() {
        let check = |name: &str, value: AttributeValue, detail: &str| {
            let mut item = record("", 0).to_item().unwrap();
            item.insert(name.to_owned(), value);
            assert_eq!(Record::try_from(&item).unwrap_err().to_string(), format!("the stored review cannot be read: {detail}"));
        };
        check("version", AttributeValue::S("3".into()), "version is no number");
        check("version", AttributeValue::N("-1".into()), "version is no number");
        check("note", AttributeValue::Bool(true), "note is missing");
        check("result", AttributeValue::S("{".into()), "EOF while parsing an object at line 1 column 1");
        let unknown = "unknown variant `maybe`, expected one of `confirmed`, `rejected`, `unsure`";
        check("decision", AttributeValue::S("maybe".into()), unknown);
    }
}
