//! `invisible_characters`: a brand or a term is broken up by characters that do not show.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::text::Trick;

pub(super) const SIGNAL: Signal = Signal {
    name: "invisible_characters",
    group: Group::Evasion,
    meaning: "invisible characters break up a name or word",
    source: "Unicode Technical Report 36",
    counter_example: "soft hyphens that a web page left in long words of no interest",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let (span, share) = reading.disguised(&[Trick::Invisible, Trick::Marked])?;
    let words = reading.quoted(span);
    Finding::words(span, share, format!("'{words}' holds characters that do not show or only decorate, so that filters miss the word"))
}
