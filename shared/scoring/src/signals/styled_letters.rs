//! `styled_letters`: a brand or a term is written in mathematical or circled letters.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::text::Trick;

pub(super) const SIGNAL: Signal = Signal {
    name: "styled_letters",
    group: Group::Evasion,
    meaning: "mathematical or circled letters dress up a name or word",
    source: "evasion classes collected by Charcoal-SE/SmokeDetector#14768",
    counter_example: "a title that is decorated as a whole, or full-width Latin letters in Japanese and Chinese text",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let (span, share) = reading.disguised(&[Trick::Styled])?;
    // A text that is styled as a whole, but for letters that the alphabet lacks, is decorated; one name among plain words is hidden.
    let (field, _) = reading.original(span);
    reading.listing.text(field)?.as_bytes().windows(2).find(|two| two.iter().all(u8::is_ascii_alphabetic))?;
    let words = reading.quoted(span);
    Finding::words(span, share, format!("'{words}' is written in letters that filters do not read"))
}
