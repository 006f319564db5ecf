//! `price_in_title_differs`: the title names another price than the price field.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "price_in_title_differs",
    group: Group::Price,
    meaning: "the title names another price than the price field",
    source: "hidden-link sellers (CircleID, 2022)",
    counter_example: "a price that the title repeats; shipping that costs a few dollars",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// How many times larger the one is than the other, at least.
const TIMES_MIN: i64 = 2;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let (price, currency) = (reading.listing.price?, reading.listing.currency?);
    if !reading.sells_brand() {
        return None;
    }
    let differs = |amount: i64| amount >= price.0.saturating_mul(TIMES_MIN) || price.0 >= amount.saturating_mul(TIMES_MIN);
    let sum = reading.sums_in_title().iter().find(|sum| sum.currency == currency && differs(sum.amount.0))?;
    Finding::words(sum.span, 1000, format!("the title names {} {currency}, the price field {price}", sum.amount))
}
