//! `gtin_length`: the trade item number has a length that no such number has.

use super::{Evaluate, Finding, Group, Signal};
use super::gtin_check_digit::has_check_digit;
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "gtin_length",
    group: Group::Identity,
    meaning: "the trade item number has a length that none has",
    source: "GS1 General Specifications: 8, 12, 13 or 14 digits",
    counter_example: "an exporter that drops leading zeros: 11 digits with a right check digit",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let gtin = reading.listing.gtin.as_deref().filter(|gtin| !matches!(gtin.len(), 8 | 12 | 13 | 14))?;
    // Spreadsheets drop leading zeros, which the check digit does not count.
    if !reading.sells_brand() || (gtin.len() > 8 && has_check_digit(gtin)) {
        return None;
    }
    Finding::value(Field::Gtin, gtin, 1000, format!("no trade item number has {} digits", gtin.len()))
}
