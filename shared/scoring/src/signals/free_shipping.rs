//! `free_shipping`: even the shipping is free at a price below that of the goods.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "free_shipping",
    group: Group::Price,
    meaning: "shipping is free at a price below that of genuine goods",
    source: "offers of copies by post",
    counter_example: "free shipping of a shop at usual prices",
    levels: 1,
    evaluate: Evaluate::Uses(evaluate),
};

fn evaluate(reading: &Reading<'_>, signal: usize) -> Option<Finding> {
    reading.price?.share_of_floor().filter(|share| *share < 1000)?;
    let term_use = reading.strongest_term(signal)?;
    let why = format!("'{}' at a price below that of {}", reading.quoted(term_use.span), reading.sold_brand()?.name);
    Finding::words(term_use.span, 1000, why)
}
