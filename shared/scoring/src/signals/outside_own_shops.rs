//! `outside_own_shops`: the brand sells new goods in its own shops only, and nothing says that these are used.

use super::{Evaluate, Finding, Group, Signal};
use crate::policy::GuardKind;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "outside_own_shops",
    group: Group::Brand,
    meaning: "the brand sells new goods in its own shops only, and nothing says that these are used",
    source: "how the brands themselves say that they sell",
    counter_example: "second-hand goods that say so; perfume and cosmetics, which go through other shops",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Kinds of goods that such brands sell through other shops too.
const WIDELY_SOLD: &[&str] = &["perfume", "cosmetics", "eyewear", "media", "electronics"];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let brand = reading.sold_brand().filter(|brand| brand.own_shops_only)?;
    if reading.guards.anywhere(GuardKind::SecondHand) || reading.is_in(WIDELY_SOLD) {
        return None;
    }
    let why = format!("{} sells new goods in its own shops only, and nothing says that these are used", brand.name);
    Finding::words(reading.brand?.span, 1000, why)
}
