//! `gtin_filler`: the trade item number only fills the field: 0000000000000.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "gtin_filler",
    group: Group::Identity,
    meaning: "the trade item number only fills the field",
    source: "GS1 General Specifications",
    counter_example: "numbers with a few equal digits",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let gtin = reading.listing.gtin.as_deref().filter(|gtin| reading.sells_brand() && is_filler(gtin))?;
    Finding::value(Field::Gtin, gtin, 1000, format!("{gtin} is typed to fill the field"))
}

/// Whether all digits are the same, or each follows on the one before it ("123456789012", with any last digit).
pub(super) fn is_filler(gtin: &str) -> bool {
    let body = &gtin.as_bytes()[..gtin.len().saturating_sub(1)];
    let all = |follows: fn(u8, u8) -> bool| body.len() > 3 && body.windows(2).all(|pair| follows(pair[0], pair[1]));
    all(|before, after| before == after) || all(|before, after| (before - b'0' + 1) % 10 == after - b'0')
}
