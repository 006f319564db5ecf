//! `capacity_impossible`: a memory holds more than any, or for less money than any.

use super::{Evaluate, Finding, Group, Signal};
use crate::Amount;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "capacity_impossible",
    group: Group::Identity,
    meaning: "the memory claims a capacity that none has, or none at this price",
    source: "tests of counterfeit flash memory by computer magazines",
    counter_example: "hard disks, which hold more for less",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// The largest card or stick on the market, in gigabytes.
const LARGEST_GIGABYTES: u32 = 2_000;
/// Smallest capacity whose price is looked at.
const COMPARED_GIGABYTES: u32 = 512;
/// Least that a terabyte of flash memory costs, in US dollars.
const TERABYTE_MIN: i64 = 25 * Amount::ONE;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let kind = reading.policy.kind(reading.kind?);
    if kind.id != "memory" || ["ssd", "hdd", "hard", "disk", "drive enclosure", "nas"].iter().any(|word| reading.words_of(crate::Field::Title).any(|known| known == *word)) {
        return None;
    }
    let (gigabytes, span) = reading.capacity()?;
    let cheap = reading.price.is_some_and(|price| price.usd.0.saturating_mul(1000) / i64::from(gigabytes) < TERABYTE_MIN);
    if gigabytes <= LARGEST_GIGABYTES && !(cheap && gigabytes >= COMPARED_GIGABYTES) {
        return None;
    }
    Finding::words(span, 1000, format!("no memory of '{}' exists at this price", reading.quoted(span)))
}
