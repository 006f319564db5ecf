//! `contact_accumulates`: several ways lead off the marketplace.

use super::{Evaluate, Finding, Group, Signal};
use super::{ALL, Group as Kind};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "contact_accumulates",
    group: Group::Contact,
    meaning: "several ways lead off the marketplace, so that one of them gets through",
    source: "contact diversion in posts of counterfeit sellers (Ghost Data, 2019)",
    counter_example: "one number for questions",
    levels: 2,
    evaluate: Evaluate::Reading(evaluate),
};

/// Numbers of different ways at which each degree begins.
const DEGREES: [usize; 2] = [2, 3];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let brand = reading.sold_brand()?;
    let by_words = reading.terms.iter().filter(|term_use| ALL[term_use.signal].group == Kind::Contact);
    let mut signals: Vec<usize> = by_words.map(|term_use| term_use.signal).collect();
    signals.sort_unstable();
    signals.dedup();
    let mut ways: Vec<_> = reading.contacts().iter().map(|contact| contact.way).collect();
    ways.sort_unstable();
    ways.dedup();
    let count = signals.len() + ways.len();
    let level = DEGREES.iter().rposition(|from| *from <= count)?;
    let span = reading.contacts().last().map(|contact| contact.span).or(reading.terms.iter().rfind(|term_use| ALL[term_use.signal].group == Kind::Contact).map(|term_use| term_use.span))?;
    let why = format!("{count} ways lead off the marketplace from an offer of {}", brand.name);
    Finding::words(span, 1000, why).map(|finding| finding.at_level(level))
}
