//! `size_stated`: one size is stated.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::{Reading, Size};

pub(super) const SIGNAL: Signal = Signal {
    name: "size_stated",
    group: Group::Context,
    meaning: "the listing states the one size of the piece",
    source: "listings of resale platforms",
    counter_example: "a run of sizes, which is another signal",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() || !reading.is_in(&["shoes", "clothing", "accessories", "jewellery"]) {
        return None;
    }
    let (size, span) = reading.size()?;
    matches!(size, Size::One(_)).then(|| Finding::words(span, 1000, format!("'{}' states the size of the piece", reading.quoted(span))))?
}
