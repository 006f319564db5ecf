//! `brand_field_missing`: the brand field is left out although the title names a brand.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_field_missing",
    group: Group::Missing,
    meaning: "the title names a brand and the brand field is left empty",
    source: "distance of brand field and title, a feature of competitors of Ozon's E-CUP 2025",
    counter_example: "an export without brands: only those that name seller and page count",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let brand = reading.sold_brand().filter(|_| reading.listing.brand.is_none() && reading.has_page())?;
    let mention = reading.brand.filter(|mention| mention.field == Field::Title)?;
    Finding::words(mention.span, 1000, format!("the title names {}, the brand field is empty", brand.name))
}
