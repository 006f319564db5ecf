//! `size_run_offered`: one listing offers a run of sizes: "36-45".

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::{Reading, Size};

pub(super) const SIGNAL: Signal = Signal {
    name: "size_run_offered",
    group: Group::Presentation,
    meaning: "one listing offers every size, as factories do and owners of one piece cannot",
    source: "catalogues of replica agents",
    counter_example: "a shop that lists its sizes, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Fewest sizes from the first to the last: "S-M" is one size of some makers.
const SIZES_MIN: u32 = 4;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() {
        return None;
    }
    let (size, span) = reading.size()?;
    let Size::Run(from, to) = size else { return None };
    if to - from < SIZES_MIN - 1 {
        return None;
    }
    Finding::words(span, 1000, format!("'{}' offers a whole run of sizes", reading.quoted(span)))
}
