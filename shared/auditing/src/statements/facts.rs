//! What does a decision rest on, told without anybody's personal data?

use super::build::{ListingFacts, quoted};
use crate::Decided;
use crate::personal_data::redact;
use std::fmt::Write as _;

/// Longest text that the database takes, in characters.
const FACTS_CHARS_MAX: usize = 5_000;
/// Most reasons that are told: the heaviest, so that a person reads them.
const REASONS_MAX: usize = 16;
/// Longest name or quotation that is told, in characters.
const PART_CHARS_MAX: usize = 120;

/// The risk, the reasons with the words that they quote, and that a person decided. Names of signals and rules are the scorer's own and
/// are explained in `docs/signals.md`; quotations are the seller's, without contacts and names.
pub(super) fn told(decided: &Decided, facts: &ListingFacts<'_>) -> String {
    let mut reasons_max = REASONS_MAX.min(decided.reasons.len());
    loop {
        let told = redact(&written(decided, facts, reasons_max), &facts.seller_names);
        // Labels may be longer than what they stand for.
        if told.chars().count() <= FACTS_CHARS_MAX || reasons_max == 0 {
            return told;
        }
        reasons_max -= 1;
    }
}

fn written(decided: &Decided, facts: &ListingFacts<'_>, reasons_max: usize) -> String {
    let mut told = format!("A program rated the risk that the goods are counterfeit at {} of 100.", decided.risk);
    let reasons = &decided.reasons[..reasons_max];
    for (heading, is_for) in [("For it spoke", true), ("Against it spoke", false)] {
        let listed: Vec<_> = reasons
            .iter()
            .filter(|reason| (reason.points.0 > 0) == is_for)
            .map(|reason| {
                let mut text = cut(&reason.signal);
                if let Some(rule) = &reason.rule {
                    let _ = write!(text, " {}", cut(rule));
                }
                if let Some(words) = quoted(reason, facts) {
                    let _ = write!(text, " \"{}\"", cut(words));
                }
                text
            })
            .collect();
        if !listed.is_empty() {
            let _ = write!(told, " {heading}: {}.", listed.join("; "));
        }
    }
    told.push_str(match (&decided.source, decided.sampled.is_some()) {
        (Some(_), _) => " The listing was reported.",
        (None, true) => " The listing was chosen at random for an audit.",
        (None, false) => "",
    });
    told.push_str(" A reviewer looked at the listing and found a counterfeit.");
    told
}

fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(PART_CHARS_MAX).collect()
}
