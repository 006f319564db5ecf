//! `seller_rating_low`: buyers rate the seller badly.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::Field;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_rating_low",
    group: Group::Seller,
    meaning: "buyers rate the seller badly",
    source: "rating distribution, a feature of competitors of Ozon's E-CUP 2025",
    counter_example: "a seller without ratings has none, not a bad one",
    levels: 3,
    evaluate: Evaluate::Reading(evaluate),
};

/// Ratings (hundredths) below which each degree lies.
const DEGREES: [u16; 3] = [400, 350, 250];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let rating = reading.listing.seller_rating.filter(|rating| rating.0 > 0)?;
    if !reading.sells_brand() {
        return None;
    }
    let level = DEGREES.iter().rposition(|below| rating.0 < *below)?;
    let why = format!("buyers rate the seller {rating} of 5");
    Finding::value(Field::SellerRating, rating, 1000, why).map(|finding| finding.at_level(level))
}
