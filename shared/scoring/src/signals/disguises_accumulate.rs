//! `disguises_accumulate`: names and claims are disguised in several ways at once.

use super::ALL;
use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::text::Trick;

pub(super) const SIGNAL: Signal = Signal {
    name: "disguises_accumulate",
    group: Group::Evasion,
    meaning: "names and claims are disguised in several ways at once, which does not happen by chance",
    source: "evasion classes collected by Charcoal-SE/SmokeDetector#14768",
    counter_example: "one accent or one styled letter",
    levels: 2,
    evaluate: Evaluate::Reading(evaluate),
};

/// Numbers of different disguises at which each degree begins.
const DEGREES: [usize; 2] = [2, 3];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.is_disguised() {
        return None;
    }
    let names = reading.mentions.iter().filter(|mention| !mention.referential).map(|mention| mention.span);
    let claims = reading.terms.iter().filter(|term_use| ALL[term_use.signal].is_worth_hiding()).map(|term_use| term_use.span);
    let mut tricks: Vec<Trick> = Vec::new();
    let mut last = None;
    for span in names.chain(claims) {
        for trick in reading.tricks(span) {
            if !tricks.contains(&trick) {
                tricks.push(trick);
                last = Some(span);
            }
        }
    }
    let level = DEGREES.iter().rposition(|from| *from <= tricks.len())?;
    let why = format!("names and claims are disguised in {} ways", tricks.len());
    Finding::words(last?, 1000, why).map(|finding| finding.at_level(level))
}
