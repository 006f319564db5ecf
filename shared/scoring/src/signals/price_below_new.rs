//! `price_below_new`: the price is below what the brand's cheapest new goods cost, and nothing says that they are used.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::GuardKind;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "price_below_new",
    group: Group::Price,
    meaning: "the price is below the brand's cheapest new goods, and nothing says that the goods are used",
    source: "lowest price of new goods per brand, written for this project; a sanity check and no official price",
    counter_example: "a used bag that says so; perfume, socks and children's wear, which is why it weighs less than price_below_floor",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Shares of the lowest new price (thousandths) below which a share of the weight (thousandths) counts. Hardly any copy is sold
/// for a tenth of it, but many an accessory is.
const STEPS: &[(i64, u16)] = &[(150, 300), (600, 1000), (1000, 650)];
/// Kinds of goods that cost little also when a luxury label stands on them.
const CHEAP_KINDS: &[&str] = &["perfume", "cosmetics", "media", "food", "health", "toys", "home"];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let check = reading.price?;
    if reading.guards.anywhere(GuardKind::SecondHand) || reading.is_in(CHEAP_KINDS) || check.share_of_floor().is_some_and(|share| share < 1000) {
        return None;
    }
    let brand = reading.sold_brand()?;
    let lowest = brand.new_floor?;
    let share_of_lowest = check.usd.0.saturating_mul(1000) / lowest.0.max(1);
    let (_, share) = STEPS.iter().find(|(below, _)| share_of_lowest < *below)?;
    let (price, currency) = (reading.listing.price?, reading.listing.currency?);
    let why = format!("{price} {currency} is {}% of what {}'s cheapest new goods cost, {lowest} USD, and nothing says that they are used", share_of_lowest / 10, brand.name);
    Finding::value(Field::Price, format!("{price} {currency}"), *share, why)
}
