//! `claim_only_in_description`: the claim stands in the description and not in the title.

use super::{Evaluate, Finding, Group, Signal};
use super::ALL;
use crate::Field;
use crate::reading::{Reading, TermUse};

pub(super) const SIGNAL: Signal = Signal {
    name: "claim_only_in_description",
    group: Group::Wording,
    meaning: "the claim stands where filters look last",
    source: "listings that pass a filter on titles",
    counter_example: "a description that compares with copies, which guards take out",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Weaker words say little wherever they stand.
const STRENGTH_MIN: u8 = 2;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    // Lawful look-alikes may say so where they like.
    let is_claim = |term_use: &&TermUse| {
        let signal = &ALL[term_use.signal];
        signal.can_be_denied() && signal.name != "lookalike_term" && reading.policy.term(term_use.term).strength >= STRENGTH_MIN
    };
    let mut claims = reading.terms.iter().filter(is_claim);
    let first = claims.next().filter(|first| reading.sells_brand() && first.field == Field::Description)?;
    if claims.any(|term_use| term_use.field != Field::Description) {
        return None;
    }
    Finding::words(first.span, first.share, format!("'{}' stands in the description alone", reading.quoted(first.span)))
}
