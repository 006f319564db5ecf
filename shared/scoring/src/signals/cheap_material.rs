//! `cheap_material`: a dear brand's goods are of a cheap substitute.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "cheap_material",
    group: Group::Identity,
    meaning: "the goods are of a substitute that the brand does not use",
    source: "catalogues of replica agents name PU and zinc alloy",
    counter_example: "a brand that works without leather and says so",
    levels: 1,
    evaluate: Evaluate::Uses(evaluate),
};

fn evaluate(reading: &Reading<'_>, signal: usize) -> Option<Finding> {
    let brand = reading.dear_brand()?;
    let term_use = reading.strongest_term(signal)?;
    Finding::words(term_use.span, 1000, format!("'{}' is no material of {}", reading.quoted(term_use.span), brand.name))
}
