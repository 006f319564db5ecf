//! `seller_rating_high`: buyers rate the seller well.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_rating_high",
    group: Group::Seller,
    meaning: "buyers rate the seller well",
    source: "rating distribution, a feature of competitors of Ozon's E-CUP 2025",
    counter_example: "ratings are bought, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Rating in hundredths from which it counts.
const RATING_MIN: u16 = 470;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let rating = reading.listing.seller_rating.filter(|rating| rating.0 >= RATING_MIN && reading.sells_brand())?;
    Finding::value(Field::SellerRating, rating, 1000, format!("buyers rate the seller {rating} of 5"))
}
