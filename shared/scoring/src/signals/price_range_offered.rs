//! `price_range_offered`: the title names several prices.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "price_range_offered",
    group: Group::Price,
    meaning: "the title names several prices, so that it stands for several goods",
    source: "hidden-link sellers (CircleID, 2022)",
    counter_example: "one price that is repeated",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() {
        return None;
    }
    let mut sums = reading.sums_in_title().iter();
    let first = sums.next()?;
    let other = sums.find(|sum| sum.currency == first.currency && sum.amount != first.amount)?;
    let why = format!("the title names {} and {} {}", first.amount, other.amount, other.currency);
    Finding::words(other.span, 1000, why)
}
