//! `style_code_given`: the maker's style code is given: "CW2288-111".

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "style_code_given",
    group: Group::Context,
    meaning: "the maker's code lets a buyer look the style up",
    source: "catalogues of makers and authorised shops",
    counter_example: "part numbers of electronics are of another kind",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() || !reading.is_in(&["shoes", "clothing", "bags", "watches", "accessories", "eyewear"]) {
        return None;
    }
    let span = reading.style_code()?;
    Finding::words(span, 1000, format!("'{}' is a code by which the style can be looked up", reading.quoted(span)))
}
