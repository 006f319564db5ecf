//! `used_price_against_new`: how far is the price of goods sold as used below what new ones of that brand and kind cost?

use super::{Evaluate, Finding, Group, Signal, price_against_new};
use crate::policy::GuardKind;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "used_price_against_new",
    group: Group::Price,
    meaning: "the price is far below what new goods of that brand and kind cost, further than use explains",
    source: "resale prices beside prices of new goods, in the project's reference table",
    counter_example: "old and worn goods sold honestly for little: the first degrees weigh next to nothing",
    levels: 8,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.guards.anywhere(GuardKind::SecondHand) {
        return None;
    }
    price_against_new::finding(reading, "although they are sold as used")
}
