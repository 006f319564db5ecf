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
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Ratings (hundredths) below which the weight counts in full, and in part.
const STEPS: &[(u16, u16)] = &[(250, 1000), (350, 600), (400, 250)];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let rating = reading.listing.seller_rating.filter(|rating| rating.0 > 0)?;
    if !reading.sells_brand() {
        return None;
    }
    let (_, share) = STEPS.iter().find(|(below, _)| rating.0 < *below)?;
    Finding::value(Field::SellerRating, rating, *share, format!("buyers rate the seller {rating} of 5"))
}
