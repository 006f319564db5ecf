//! `altered_letters`: a brand or a term is written with digits, signs or repeated letters.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::text::Trick;

pub(super) const SIGNAL: Signal = Signal {
    name: "altered_letters",
    group: Group::Evasion,
    meaning: "a name or word is altered so that filters miss it",
    source: "evasion classes collected by Charcoal-SE/SmokeDetector#14768",
    counter_example: "model numbers such as S21 spell no name",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let (span, share) = reading.disguised(&[Trick::Leet, Trick::Repeated, Trick::Censored, Trick::Encoded])?;
    let words = reading.quoted(span);
    Finding::words(span, share, format!("'{words}' is written so that filters miss the word"))
}
