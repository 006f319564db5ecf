//! `price_far_above_new`: the price is many times that of new goods.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "price_far_above_new",
    group: Group::Price,
    meaning: "the price is many times what such goods cost new, as stand-ins and fillers are",
    source: "hidden-link sellers (CircleID, 2022)",
    counter_example: "rare pieces, which is why it weighs little",
    levels: 2,
    evaluate: Evaluate::Reading(evaluate),
};

/// How many thousandths of the price of new goods the price is, at which each degree begins.
const DEGREES: [i64; 2] = [15_000, 100_000];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    // A lot costs as much as its pieces together.
    let share = reading.price?.share_of_new()? / reading.pieces().map_or(1, |(pieces, _)| i64::from(pieces).max(1));
    let level = DEGREES.iter().rposition(|from| *from <= share)?;
    let (asked, name) = (reading.asked()?, reading.brand_name()?);
    let why = format!("{asked} is {} times what {name} goods of this kind cost new", share / 1000);
    Finding::value(Field::Price, asked, 1000, why).map(|finding| finding.at_level(level))
}
