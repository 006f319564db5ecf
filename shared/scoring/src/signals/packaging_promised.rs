//! `packaging_promised`: box, bag and papers are promised with cheap goods.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "packaging_promised",
    group: Group::Presentation,
    meaning: "box and papers are promised at a price that genuine goods without them do not have",
    source: "catalogues of replica agents: packaging is sold as an extra",
    counter_example: "a watch with box and papers at a usual price",
    levels: 1,
    evaluate: Evaluate::Uses(evaluate),
};

/// Share of the price of new goods (thousandths) below which packaging is no bonus.
const CHEAP_BELOW: i64 = 450;

fn evaluate(reading: &Reading<'_>, signal: usize) -> Option<Finding> {
    reading.price?.share_of_new().filter(|share| *share < CHEAP_BELOW)?;
    let term_use = reading.strongest_term(signal)?;
    let name = &reading.sold_brand()?.name;
    let why = format!("'{}' promises packaging at a price far below that of {name}", reading.quoted(term_use.span));
    Finding::words(term_use.span, 1000, why)
}
