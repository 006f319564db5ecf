//! What does an entry of the review queue say?

use crate::Error;
use crate::results::item::{bad, number, parsed};
use crate::results::{Item, QUEUE_RANK};
use crate::reviews::ReviewState;
use scoring::{Band, Harm, Milli, Risk};
use serde::{Deserialize, Serialize};

/// A place in the queue, such as that behind an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub(super) queue_rank: String,
}

/// One result to be reviewed, with what a list shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueEntry {
    /// The listing.
    pub listing_id: String,
    /// Names the result among those of the listing; it is the latest.
    pub order_key: String,
    /// At most [`crate::limits::ITEM_TITLE_BYTES_MAX`] bytes.
    pub title: String,
    /// Id of the brand that the listing is about.
    pub brand: Option<String>,
    /// The marketplace's id of the seller.
    pub seller_id: Option<String>,
    /// The shop's name.
    pub seller_name: Option<String>,
    /// Decimal.
    pub price: Option<String>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// As scored.
    pub risk: Risk,
    /// As scored.
    pub log_odds: Milli,
    /// As scored: `Review` or `RedFlag`.
    pub band: Band,
    /// What a buyer loses on average.
    pub expected_harm: Harm,
    /// The job that made the result.
    pub job_id: String,
    /// RFC 3339.
    pub scored_at: String,
    /// Content hash of the listing.
    pub input: String,
    /// What was decided about the listing so far: about an older result of it, or that somebody is unsure.
    pub review: Option<ReviewState>,
    /// Where to go on behind this entry.
    pub position: Position,
}

impl TryFrom<&Item> for QueueEntry {
    type Error = Error;

    fn try_from(item: &Item) -> Result<Self, Error> {
        let optional = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
        let text = |name: &str| optional(name).ok_or_else(|| bad(format!("{name} is missing")));
        Ok(Self {
            listing_id: text("listing_id")?,
            order_key: text("order_key")?,
            title: text("title")?,
            brand: optional("brand"),
            seller_id: optional("seller_id"),
            seller_name: optional("seller_name"),
            price: optional("price"),
            currency: optional("currency"),
            risk: parsed(number(item, "risk")?)?,
            log_odds: parsed(number(item, "log_odds")?)?,
            band: parsed(&format!("\"{}\"", text("band")?))?,
            expected_harm: Harm(parsed(number(item, "expected_harm")?)?),
            job_id: text("job_id")?,
            scored_at: text("scored_at")?,
            input: text("input")?,
            review: None,
            position: Position { queue_rank: text(QUEUE_RANK)? },
        })
    }
}
