//! `hashtags`: the title is a row of hashtags.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "hashtags",
    group: Group::Presentation,
    meaning: "hashtags fish for buyers who look for something else",
    source: "posts of counterfeit sellers on Instagram (Ghost Data, 2019)",
    counter_example: "one tag of a private seller",
    levels: 2,
    evaluate: Evaluate::Reading(evaluate),
};

/// Numbers of tags at which each degree begins.
const DEGREES: [u32; 2] = [3, 8];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() {
        return None;
    }
    let tags = reading.title_shape().hashtags;
    let level = DEGREES.iter().rposition(|from| *from <= tags)?;
    let why = format!("the title holds {tags} hashtags");
    Finding::words(reading.title_span()?, 1000, why).map(|finding| finding.at_level(level))
}
