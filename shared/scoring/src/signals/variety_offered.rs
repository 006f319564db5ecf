//! `variety_offered`: one listing stands for many designs: "30 styles", "all sizes all colors".

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "variety_offered",
    group: Group::Presentation,
    meaning: "one listing stands for many designs, which an honest shop lists apart",
    source: "catalogues of replica agents",
    counter_example: "three colours of one cap that a shop has in stock",
    levels: 3,
    evaluate: Evaluate::Uses(evaluate),
};

/// Fewest designs that count, and most: above it the number is a year or an article's.
const DESIGNS: std::ops::RangeInclusive<u32> = 3..=500;
/// Numbers of designs at which each degree begins; all sizes and colours without a number are of the first.
const DEGREES: [u32; 3] = [3, 10, 25];

fn evaluate(reading: &Reading<'_>, signal: usize) -> Option<Finding> {
    let uses = reading.terms.iter().filter(|term_use| term_use.signal == signal && term_use.field != Field::SellerName);
    let found = uses.filter_map(|term_use| {
        let number = reading.number_before(term_use.span).filter(|number| DESIGNS.contains(number));
        let level = match number {
            Some(number) => DEGREES.iter().rposition(|from| *from <= number)?,
            // Weak words only count things; the others say "all" by themselves.
            None if reading.policy.term(term_use.term).strength == 1 => return None,
            None => 0,
        };
        // A description tells what else there is; a title says what is sold.
        let share = if term_use.field == Field::Title { 1000 } else { 300 };
        Some((share, level, term_use.span))
    });
    let (share, level, span) = found.rev().max_by_key(|(share, level, _)| (*share, *level))?;
    let why = format!("'{}' says that one listing stands for many designs", reading.quoted(span));
    Finding::words(span, share, why).map(|finding| finding.at_level(level))
}
