//! `placeholder_price`: the price is a stand-in: 1, 1234, 9999999.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::{Amount, Field};

pub(super) const SIGNAL: Signal = Signal {
    name: "placeholder_price",
    group: Group::Price,
    meaning: "the price is a stand-in, so the real one is told elsewhere",
    source: "hidden-link sellers (CircleID, 2022)",
    counter_example: "a cheap sticker that costs 1",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Whole prices that nobody asks, in currency units.
const STAND_INS: &[i64] = &[1_111, 1_234, 9_999, 11_111, 12_345, 88_888, 99_999, 111_111, 123_456, 999_999, 1_234_567, 9_999_999];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let price = reading.listing.price?;
    let brand = reading.sold_brand()?;
    let floor = brand.floor(reading.category)?;
    // A unit of currency for something worth a multiple of it, or a number that only fills the field.
    let token = price.0 <= Amount::ONE && floor.0 >= 10 * Amount::ONE;
    let filler = price.0 % Amount::ONE == 0 && STAND_INS.contains(&(price.0 / Amount::ONE)) && floor.0 < price.0 / 10;
    (token || filler).then(|| Finding::value(Field::Price, price, 1000, format!("{price} is a stand-in and no price for {}", brand.name)))?
}
