//! `seller_perfect_and_new`: a new account has a perfect rating.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_perfect_and_new",
    group: Group::Seller,
    meaning: "a new account has a perfect rating, as bought ratings make it",
    source: "rating distribution, a feature of competitors of Ozon's E-CUP 2025",
    counter_example: "a first honest sale, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

const RATING_MIN: u16 = 495;
const DAYS_MAX: i64 = 30;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let rating = reading.listing.seller_rating.filter(|rating| rating.0 >= RATING_MIN)?;
    let days = reading.listing.created_at?.days_since(reading.listing.seller_created_at?);
    if !(0..=DAYS_MAX).contains(&days) || !reading.sells_brand() {
        return None;
    }
    Finding::value(Field::SellerRating, rating, 1000, format!("the account is {days} days old and rated {rating} of 5"))
}
