//! `lookalike_letters`: a brand or a term is written with letters of another script.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::text::Trick;

pub(super) const SIGNAL: Signal = Signal {
    name: "lookalike_letters",
    group: Group::Evasion,
    meaning: "letters of another script stand in for those that they resemble",
    source: "Unicode Technical Standard 39, confusables data",
    counter_example: "a Russian or Greek word in its own letters",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let (span, share) = reading.disguised(&[Trick::LookAlike])?;
    let words = reading.quoted(span);
    Finding::words(span, share, format!("'{words}' mixes in letters of another script that look the same"))
}
