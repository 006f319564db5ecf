//! `currency_missing`: the price has no currency.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "currency_missing",
    group: Group::Price,
    meaning: "the price has no currency, so nobody can compare it",
    source: "exports of self-made shops",
    counter_example: "exports of one country, which is why it weighs next to nothing",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let price = reading.listing.price.filter(|_| reading.listing.currency.is_none() && reading.sells_brand())?;
    Finding::value(Field::Price, price, 1000, format!("{price} has no currency"))
}
