//! `denial`: the seller denies that the goods are copies.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "denial",
    group: Group::Wording,
    meaning: "the words deny a copy, which honest sellers seldom need to",
    source: "sellers of fakes also write \"not fake\"",
    counter_example: "a resale platform's standing promise, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let denied = reading.denied?;
    let words = reading.quoted(denied.span);
    Finding::words(denied.span, 1000, format!("'{words}' is denied here, so it does not count as a claim"))
}
