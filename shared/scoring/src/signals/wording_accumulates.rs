//! `wording_accumulates`: several different claims say what the goods are.

use super::{Evaluate, Finding, Group, Signal};
use super::ALL;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "wording_accumulates",
    group: Group::Wording,
    meaning: "several different claims of the trade stand in one listing",
    source: "catalogues of replica agents",
    counter_example: "one word that has a harmless meaning",
    levels: 3,
    evaluate: Evaluate::Reading(evaluate),
};

/// Numbers of different claims at which each degree begins.
const DEGREES: [usize; 3] = [2, 3, 4];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let is_claim = |signal: usize| ALL[signal].can_be_denied();
    let mut signals: Vec<usize> = reading.terms.iter().map(|term_use| term_use.signal).filter(|signal| is_claim(*signal)).collect();
    signals.sort_unstable();
    signals.dedup();
    let level = DEGREES.iter().rposition(|from| *from <= signals.len())?;
    let last = reading.terms.iter().rfind(|term_use| is_claim(term_use.signal))?;
    let names: Vec<_> = signals.iter().map(|signal| ALL[*signal].name.replace('_', " ")).collect();
    Finding::words(last.span, 1000, format!("several claims of the trade: {}", names.join(", "))).map(|finding| finding.at_level(level))
}
