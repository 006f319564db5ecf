//! `price_missing`: no price is named.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "price_missing",
    group: Group::Missing,
    meaning: "goods of a brand are offered without a price",
    source: "hidden-link sellers (CircleID, 2022)",
    counter_example: "an export without prices: only those that name seller and page count",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let brand = reading.sold_brand().filter(|_| reading.listing.price.is_none() && reading.has_page())?;
    Finding::words(reading.brand?.span, 1000, format!("goods of {} are offered without a price", brand.name))
}
