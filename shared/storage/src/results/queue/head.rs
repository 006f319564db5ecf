//! What does the head of a listing's reviews say: what was decided about it last?

use crate::Error;
use crate::results::Item;

/// Sort key of the head among the reviews of a listing.
pub(super) const HEAD: (&str, &str) = ("reviewed_at", "head");

/// The decision that holds, as the reviews table keeps it beside the reviews themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Counts up with every decision and every one that is taken back.
    pub version: u64,
    /// `confirmed`, `rejected` or `unsure`; nothing when the last decision was taken back.
    pub decision: Option<String>,
    /// Who decided.
    pub reviewer: Option<String>,
    /// In the reviewer's words.
    pub note: Option<String>,
    /// RFC 3339.
    pub decided_at: Option<String>,
    /// The review that holds the decision.
    pub review_id: Option<String>,
    /// The result that it is about.
    pub order_key: Option<String>,
}

impl Head {
    /// Whether nobody needs to look at a result any more: it, or a newer one of its listing, was confirmed or rejected.
    #[must_use]
    pub fn settles(&self, order_key: &str) -> bool {
        matches!(self.decision.as_deref(), Some("confirmed" | "rejected"))
            && self.order_key.as_deref().is_some_and(|decided| decided >= order_key)
    }
}

impl TryFrom<&Item> for Head {
    type Error = Error;

    fn try_from(item: &Item) -> Result<Self, Error> {
        let optional = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
        let version = item.get("version").and_then(|value| value.as_n().ok()).and_then(|digits| digits.parse().ok());
        let missing = || Error::BadRecord { what: "review", detail: "version is no number".to_owned() };
        Ok(Self {
            version: version.ok_or_else(missing)?,
            decision: optional("decision"),
            reviewer: optional("reviewer"),
            note: optional("note"),
            decided_at: optional("decided_at"),
            review_id: optional("review_id"),
            order_key: optional("order_key"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_dynamodb::types::AttributeValue;

    #[test]
    fn a_decision_settles_what_it_is_about_and_what_is_older() {
        let check = |decision: Option<&str>, about: Option<&str>, settled: [bool; 3]| {
            let text =
                |(name, value): (&str, Option<&str>)| value.map(|value| (name.to_owned(), AttributeValue::S(value.to_owned())));
            let mut item: Item = [("decision", decision), ("order_key", about)].into_iter().filter_map(text).collect();
            item.insert("version".to_owned(), AttributeValue::N("3".to_owned()));
            let head = Head::try_from(&item).unwrap();
            assert_eq!(["k-1", "k-2", "k-3"].map(|order_key| head.settles(order_key)), settled, "{head:?}");
        };
        check(Some("confirmed"), Some("k-2"), [true, true, false]);
        check(Some("rejected"), Some("k-2"), [true, true, false]);
        check(Some("unsure"), Some("k-2"), [false; 3]);
        check(None, Some("k-2"), [false; 3]);
        check(Some("confirmed"), None, [false; 3]);
        assert_eq!(Head::try_from(&Item::new()).unwrap_err().code(), "storage.bad_record");
    }
}
