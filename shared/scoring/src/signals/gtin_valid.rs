//! `gtin_valid`: the trade item number is a real one.

use super::{Evaluate, Finding, Group, Signal};
use super::gtin_check_digit::is_valid;
use super::{gtin_filler, gtin_prefix};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "gtin_valid",
    group: Group::Identity,
    meaning: "the goods carry a trade item number that can be looked up",
    source: "GS1 General Specifications",
    counter_example: "copied numbers, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let gtin = reading.listing.gtin.as_deref().filter(|gtin| reading.sells_brand() && is_valid(gtin))?;
    if gtin_filler::is_filler(gtin) || gtin_prefix::is_internal(reading, gtin) {
        return None;
    }
    Finding::value(Field::Gtin, gtin, 1000, format!("{gtin} is a number that can be looked up"))
}
