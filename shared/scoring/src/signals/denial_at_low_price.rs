//! `denial_at_low_price`: a copy is denied at the price of one.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "denial_at_low_price",
    group: Group::Wording,
    meaning: "the words deny a copy while the price is that of one",
    source: "sellers of fakes also write \"not fake\"",
    counter_example: "a denial at a usual price",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let denied = reading.denied?;
    reading.price?.share_of_floor().filter(|share| *share < 1000)?;
    let why = format!("'{}' is denied at a price below that of genuine goods", reading.quoted(denied.span));
    Finding::words(denied.span, 1000, why)
}
