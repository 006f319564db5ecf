//! `price_like_copies`: the price is what copies of such goods usually cost, and far from what the brand asks.

use super::price_against_new::share_by_kind;
use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "price_like_copies",
    group: Group::Price,
    meaning: "the price is what copies of such goods usually cost, and a small part of what the brand asks",
    source: "prices of copies by kind of goods: they follow the cost of making, not the name (agents' catalogues)",
    counter_example: "goods of a brand that asks no more than that itself; worn goods sold for little",
    levels: 3,
    evaluate: Evaluate::Reading(evaluate),
};

/// Shares of the usual upper end of prices of copies (thousandths) below which each degree begins.
const DEGREES: [i64; 3] = [1_150, 850, 500];
/// At a larger share of the price of new goods (thousandths) the price is no longer far from what the brand asks.
const SHARE_OF_NEW_MAX: i64 = 350;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let check = reading.price?;
    let share_of_new = check.share_of_new().filter(|share| *share <= SHARE_OF_NEW_MAX)?;
    let share = check.share_of_copies()?;
    let level = DEGREES.iter().rposition(|below| share < *below)?;
    let (asked, name) = (reading.asked()?, reading.brand_name()?);
    let goods = reading.policy.kind(reading.kind?).id.replace('_', " ");
    let why = format!(
        "{asked} is what copies of such goods ({goods}) usually cost, and {}% of what {name} asks for new ones",
        share_of_new / 10
    );
    Finding::value(Field::Price, asked, share_by_kind(reading), why).map(|finding| finding.at_level(level))
}
