//! `claim_buried`: a claim stands far down in a long description.

use super::ALL;
use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "claim_buried",
    group: Group::Evasion,
    meaning: "the claim stands where a reader no longer looks",
    source: "listings that show other text first",
    counter_example: "the conditions of a shop at the foot of each description, which deny copies",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Bytes of description after which hardly anybody reads on: most of a page.
const BURIED_FROM: usize = 2_000;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if reading.listing.description.as_ref().is_none_or(|text| text.len() < BURIED_FROM) || !reading.sells_brand() {
        return None;
    }
    let mut claims = reading.terms.iter().filter(|term_use| ALL[term_use.signal].can_be_denied());
    let first =
        claims.next().filter(|first| first.field == Field::Description && reading.original(first.span).1.start >= BURIED_FROM)?;
    Finding::words(first.span, first.share, format!("'{}' stands far down in the description", reading.quoted(first.span)))
}
