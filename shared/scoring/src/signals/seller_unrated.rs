//! `seller_unrated`: nobody has rated the seller.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_unrated",
    group: Group::Seller,
    meaning: "nobody has rated the seller yet",
    source: "seller features of competitors of Ozon's E-CUP 2025",
    counter_example: "an honest newcomer, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let rating = reading.listing.seller_rating.filter(|rating| rating.0 == 0 && reading.sells_brand())?;
    Finding::value(Field::SellerRating, rating, 1000, "nobody has rated the seller yet".to_owned())
}
