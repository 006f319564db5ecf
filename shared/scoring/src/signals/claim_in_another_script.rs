//! `claim_in_another_script`: the claim is in another script than the title.

use super::ALL;
use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "claim_in_another_script",
    group: Group::Wording,
    meaning: "the claim is in another script than the rest of the title, for readers who know",
    source: "titles on marketplaces of one language that carry a word of another",
    counter_example: "a title in one language, whichever it is",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Share of the title's word characters (thousandths) that are Latin, from which another script stands out.
const LATIN_MIN: usize = 700;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if reading.listing.title.is_ascii() {
        return None;
    }
    let is_claim = |signal: usize| ALL[signal].can_be_denied();
    let claim = reading.terms.iter().find(|term_use| {
        term_use.field == Field::Title && is_claim(term_use.signal) && {
                // As folded: styled letters are Latin.
                let words = &reading.folded(term_use.span.view).text()[term_use.span.range()];
                words.chars().all(|c| u32::from(c) > 0x2ff || c == ' ')
            }
    })?;
    let letters = || reading.listing.title.chars().filter(|c| c.is_alphabetic());
    let latin = letters().filter(|c| u32::from(*c) < 0x250).count();
    (latin * 1000 >= LATIN_MIN * letters().count().max(1)).then(|| {
        Finding::words(
            claim.span,
            claim.share,
            format!("'{}' is in another script than the rest of the title", reading.quoted(claim.span)),
        )
    })?
}
