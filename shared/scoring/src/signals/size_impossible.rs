//! `size_impossible`: shoes come in a size that does not exist.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::{Reading, Size};

pub(super) const SIGNAL: Signal = Signal {
    name: "size_impossible",
    group: Group::Identity,
    meaning: "shoes come in a size that no maker makes",
    source: "size tables of makers of shoes",
    counter_example: "children's sizes and lengths in millimetres",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Sizes in tenths that lie between the largest of any system and the shortest length in millimetres.
const IMPOSSIBLE: std::ops::RangeInclusive<u32> = 560..=899;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() || !reading.is_in(&["shoes"]) {
        return None;
    }
    let (size, span) = reading.size()?;
    matches!(size, Size::One(tenths) if IMPOSSIBLE.contains(&tenths))
        .then(|| Finding::words(span, 1000, format!("'{}' is no size of shoes", reading.quoted(span))))?
}
