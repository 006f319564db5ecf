//! `shouting`: the title is written in capitals.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "shouting",
    group: Group::Presentation,
    meaning: "the title is written in capitals, which some sellers use to be seen",
    source: "wording features of competitors of Ozon's E-CUP 2025",
    counter_example: "shops whose whole catalogue is in capitals, which is why it weighs next to nothing",
    levels: 2,
    evaluate: Evaluate::Reading(evaluate),
};

/// Fewest letters that tell a habit from an abbreviation.
const LETTERS_MIN: u32 = 12;
/// Shares of capitals (thousandths) at which each degree begins.
const DEGREES: [u32; 2] = [600, 900];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() {
        return None;
    }
    let shape = reading.title_shape();
    let share = (shape.capitals * 1000).checked_div(shape.cased).filter(|_| shape.cased >= LETTERS_MIN)?;
    let level = DEGREES.iter().rposition(|from| *from <= share)?;
    let why = format!("{}% of the title's letters are capitals", share / 10);
    Finding::words(reading.title_span()?, 1000, why).map(|finding| finding.at_level(level))
}
