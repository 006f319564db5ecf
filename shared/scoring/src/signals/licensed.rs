//! `licensed`: the goods are officially licensed merchandise.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::policy::GuardKind;

pub(super) const SIGNAL: Signal = Signal {
    name: "licensed",
    group: Group::Context,
    meaning: "the words name an official licence",
    source: "policy/lexicon",
    counter_example: "a claimed licence for a luxury bag: it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let span = reading.guard_span(GuardKind::Licensed)?;
    Finding::words(span, 1000, format!("'{}' names an official licence", reading.quoted(span)))
}
