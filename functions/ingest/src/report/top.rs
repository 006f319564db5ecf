//! Which listings should a person look at first? The flagged ones with the largest log odds, with what a card needs of them.

use super::excerpt::{Excerpt, cut, excerpt};
use super::limits::{
    DESCRIPTION_BYTES_MAX, FIELD_BYTES_MAX, REASONS_KEPT_MAX, SUMMARY_REASONS_MAX, TITLE_BYTES_MAX, TOP_LISTINGS_MAX,
    WHY_BYTES_MAX,
};
use super::summary::{Highest, ShortReason};
use scoring::{Band, Field, Listing, Milli, Reason, Risk, ScoredListing};
use serde::{Deserialize, Serialize};

/// Fields of text that a card shows.
const TEXTS: [(Field, usize); 7] = [
    (Field::Title, TITLE_BYTES_MAX),
    (Field::Description, DESCRIPTION_BYTES_MAX),
    (Field::Brand, FIELD_BYTES_MAX),
    (Field::SellerName, FIELD_BYTES_MAX),
    (Field::SellerId, FIELD_BYTES_MAX),
    (Field::Category, FIELD_BYTES_MAX),
    (Field::Gtin, FIELD_BYTES_MAX),
];

/// At most [`TOP_LISTINGS_MAX`] listings, the largest log odds first; of equal ones the earlier row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Top(Vec<TopListing>);

/// What a card shows of a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TopListing {
    pub(super) listing_id: String,
    pub(super) risk: Risk,
    pub(super) log_odds: Milli,
    pub(super) band: Band,
    pub(super) brand: Option<String>,
    pub(super) texts: Vec<Excerpt>,
    /// With its currency.
    pub(super) price: Option<String>,
    pub(super) ship_from: Option<String>,
    pub(super) seller_rating: Option<String>,
    /// A date.
    pub(super) seller_created_at: Option<String>,
    pub(super) url: Option<String>,
    /// The largest, by the size of their points.
    pub(super) reasons: Vec<Reason>,
    /// How many more there were, and their sum.
    pub(super) others: (usize, Milli),
}

impl Top {
    /// Looks at a flagged listing; keeps what a card needs if it belongs to the top so far.
    pub(super) fn offer(&mut self, listing: &Listing, scored: &ScoredListing) {
        let full = self.0.len() >= TOP_LISTINGS_MAX;
        if full && self.0.last().is_some_and(|last| last.log_odds >= scored.log_odds) {
            return;
        }
        // Behind its equals, which came earlier.
        let at = self.0.partition_point(|kept| kept.log_odds >= scored.log_odds);
        self.0.truncate(TOP_LISTINGS_MAX - 1);
        self.0.insert(at, TopListing::new(listing, scored));
    }

    pub(super) fn listings(&self) -> &[TopListing] {
        &self.0
    }
}

impl TopListing {
    fn new(listing: &Listing, scored: &ScoredListing) -> Self {
        let mut reasons: Vec<Reason> = scored.reasons.clone();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.points.0.unsigned_abs())); // stable: equals keep their order
        let others = reasons.split_off(REASONS_KEPT_MAX.min(reasons.len()));
        let others = (others.len(), others.iter().fold(Milli(0), |sum, reason| sum.plus(reason.points)));
        let texts = TEXTS.iter().filter_map(|&(field, bytes_max)| {
            let spans: Vec<_> =
                reasons.iter().filter(|r| r.field == field.name()).map(|r| r.start as usize..r.end as usize).collect();
            Some(excerpt(field.name(), listing.text(field)?, &spans, bytes_max))
        });
        let texts = texts.collect();
        for reason in &mut reasons {
            reason.why = cut(&reason.why, WHY_BYTES_MAX);
            reason.text = cut(&reason.text, FIELD_BYTES_MAX);
        }
        Self {
            listing_id: scored.listing_id.clone(),
            risk: scored.risk,
            log_odds: scored.log_odds,
            band: scored.band,
            brand: scored.brand.clone(),
            texts,
            price: listing.price.map(|price| match listing.currency {
                Some(currency) => format!("{price} {currency}"),
                None => price.to_string(),
            }),
            ship_from: listing.ship_from.map(|country| country.to_string()),
            seller_rating: listing.seller_rating.map(|rating| rating.to_string()),
            seller_created_at: listing.seller_created_at.map(|time| cut_to_date(&time.to_string())),
            url: listing.url.clone(),
            reasons,
            others,
        }
    }

    /// What the summary says of it.
    pub(super) fn in_short(&self) -> Highest {
        let title = self.texts.iter().find(|excerpt| excerpt.field == Field::Title.name());
        let passage = title.and_then(|excerpt| excerpt.passages.first());
        let reasons = self.reasons.iter().take(SUMMARY_REASONS_MAX);
        Highest {
            listing_id: self.listing_id.clone(),
            title: passage.map_or_else(String::new, |passage| cut(&passage.text, FIELD_BYTES_MAX)),
            price: self.price.clone(),
            brand: self.brand.clone(),
            risk: self.risk,
            log_odds: self.log_odds,
            band: self.band,
            reasons: reasons.map(|reason| ShortReason { points: reason.points, why: reason.why.clone() }).collect(),
        }
    }
}

fn cut_to_date(rfc3339: &str) -> String {
    rfc3339.split('T').next().unwrap_or(rfc3339).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(top: &mut Top, id: usize, log_odds: i32) {
        let listing = Listing { listing_id: id.to_string(), title: "Bag".into(), ..Listing::default() };
        let scored = ScoredListing {
            listing_id: id.to_string(),
            risk: Risk(900),
            log_odds: Milli(log_odds),
            band: Band::RedFlag,
            brand: None,
            reasons: Vec::new(),
            issues: Vec::new(),
            policy: String::new(),
            input: String::new(),
            scored_at: String::new(),
        };
        top.offer(&listing, &scored);
    }

    #[test]
    fn the_largest_stay_and_of_equals_the_earlier() {
        let mut top = Top::default();
        for id in 0..10 * TOP_LISTINGS_MAX {
            offer(&mut top, id, i32::try_from(id * 7_919 % 50).unwrap());
        }
        let found: Vec<_> =
            top.listings().iter().map(|kept| (kept.log_odds.0, kept.listing_id.parse::<usize>().unwrap())).collect();
        let mut expected: Vec<_> = (0..10 * TOP_LISTINGS_MAX).map(|id| (i32::try_from(id * 7_919 % 50).unwrap(), id)).collect();
        expected.sort_by_key(|&(log_odds, id)| (-log_odds, id));
        expected.truncate(TOP_LISTINGS_MAX);
        assert_eq!(found, expected);
    }
}
