//! `foreign_movement`: a dear watch runs on a movement bought from other makers: "Miyota 8215".

use super::{Evaluate, Finding, Group, Signal};
use crate::Amount;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "foreign_movement",
    group: Group::Identity,
    meaning: "the watch runs on a movement that its brand does not use",
    source: "movements named in offers of replica watches",
    counter_example: "Seiko's own NH35 in a Seiko",
    levels: 1,
    evaluate: Evaluate::Uses(evaluate),
};

/// Lowest price of a genuine watch in US dollars from which a brand makes or finishes its own movements.
const OWN_MOVEMENTS_MIN: Amount = Amount(300 * Amount::ONE);

fn evaluate(reading: &Reading<'_>, signal: usize) -> Option<Finding> {
    let term_use = reading.strongest_term(signal)?;
    let brand = reading.dear_brand().filter(|brand| brand.floor(reading.category).is_some_and(|floor| floor >= OWN_MOVEMENTS_MIN))?;
    Finding::words(term_use.span, 1000, format!("'{}' is no movement of {}", reading.quoted(term_use.span), brand.name))
}
