//! `exclamations`: the title calls out loud.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "exclamations",
    group: Group::Presentation,
    meaning: "the title is full of exclamation marks",
    source: "wording features of competitors of Ozon's E-CUP 2025",
    counter_example: "one mark at the end of a title",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

const MARKS_MIN: u32 = 3;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() || reading.title_shape().exclamations < MARKS_MIN {
        return None;
    }
    let why = format!("the title holds {} exclamation marks", reading.title_shape().exclamations);
    Finding::words(reading.title_span()?, 1000, why)
}
