//! `price_below_new`: of goods whose kind is not known, is the price below what the brand's cheapest new goods cost?

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::GuardKind;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "price_below_new",
    group: Group::Price,
    meaning: "the kind of goods is not known, the price is below the brand's cheapest new goods, and nothing says that they are used",
    source: "lowest price of new goods per brand, written for this project; a sanity check and no official price",
    counter_example: "a used bag that says so; perfume, socks and children's wear, which is why it weighs less than price_below_floor",
    levels: 2,
    evaluate: Evaluate::Reading(evaluate),
};

/// Shares of the lowest new price (thousandths) below which each degree begins.
const DEGREES: [i64; 2] = [1000, 600];
/// Kinds of goods that cost little also when a luxury label stands on them.
const CHEAP_KINDS: &[&str] = &["perfume", "cosmetics", "media", "food", "health", "toys", "home"];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let check = reading.price?;
    if reading.guards.anywhere(GuardKind::SecondHand) || reading.is_in(CHEAP_KINDS) || check.new.is_some() || check.share_of_floor().is_some_and(|share| share < 1000) {
        return None;
    }
    let brand = reading.sold_brand()?;
    let lowest = brand.new_floor?;
    let share_of_lowest = check.usd.0.saturating_mul(1000) / lowest.0.max(1);
    let level = DEGREES.iter().rposition(|below| share_of_lowest < *below)?;
    let asked = reading.asked()?;
    let why = format!("{asked} is {}% of what {}'s cheapest new goods cost, {lowest} USD, and nothing says that they are used", share_of_lowest / 10, brand.name);
    Finding::value(Field::Price, asked, 1000, why).map(|finding| finding.at_level(level))
}
