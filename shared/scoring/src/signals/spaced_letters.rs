//! `spaced_letters`: a brand or a term is written with its letters set apart.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::text::Trick;

pub(super) const SIGNAL: Signal = Signal {
    name: "spaced_letters",
    group: Group::Evasion,
    meaning: "the letters of a name or word are set apart so that filters miss it",
    source: "evasion classes collected by Charcoal-SE/SmokeDetector#14768",
    counter_example: "initials such as U.S.A., which spell no name",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let (span, share) = reading.disguised(&[Trick::Spaced])?;
    let words = reading.quoted(span);
    Finding::words(span, share, format!("'{words}' sets the letters apart so that filters miss the word"))
}
