//! `title_stuffed`: the title is a list of search words.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "title_stuffed",
    group: Group::Presentation,
    meaning: "the title is stuffed with words to be found by",
    source: "title quality rules that marketplaces publish for sellers",
    counter_example: "a long and exact title of a collector, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Titles of honest shops have under 20 words.
const WORDS_MIN: u32 = 24;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() || reading.title_shape().words < WORDS_MIN {
        return None;
    }
    let why = format!("the title is {} words long", reading.title_shape().words);
    Finding::words(reading.title_span()?, 1000, why)
}
