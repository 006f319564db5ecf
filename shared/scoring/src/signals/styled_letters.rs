//! `styled_letters`: a brand or a term is written in mathematical or circled letters.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::text::Trick;

pub(super) const SIGNAL: Signal = Signal {
    name: "styled_letters",
    group: Group::Evasion,
    meaning: "mathematical or circled letters dress up a name or word",
    source: "evasion classes collected by Charcoal-SE/SmokeDetector#14768",
    counter_example: "full-width Latin letters in Japanese and Chinese text, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let (span, share) = reading.disguised(&[Trick::Styled])?;
    let words = reading.quoted(span);
    Finding::words(span, share, format!("'{words}' is written in letters that filters do not read"))
}
