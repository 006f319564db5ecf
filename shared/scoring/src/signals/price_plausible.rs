//! `price_plausible`: the price is one that genuine goods of that brand and kind have.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::Field;

pub(super) const SIGNAL: Signal = Signal {
    name: "price_plausible",
    group: Group::Price,
    meaning: "the price is in the range of genuine goods",
    source: "the reverse of price_below_floor",
    counter_example: "sellers of good copies price near retail, so it weighs less than its reverse",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// From one and a half times the floor (thousandths) the price speaks for the seller.
const PLAUSIBLE_MIN: i64 = 1_500;
/// Beyond fifty times it says nothing any more: a stand-in or a mistake.
const PLAUSIBLE_MAX: i64 = 50_000;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let check = reading.price?;
    if !(PLAUSIBLE_MIN..=PLAUSIBLE_MAX).contains(&check.share_of_floor()?) {
        return None;
    }
    let (price, currency, name) = (reading.listing.price?, reading.listing.currency?, reading.brand_name()?);
    Finding::value(Field::Price, format!("{price} {currency}"), 1000, format!("{price} {currency} is a usual price of genuine {name}"))
}
