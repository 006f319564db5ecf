//! `brand_withheld`: the brand field says "unbranded" while the title names a brand.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::Field;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_withheld",
    group: Group::Brand,
    meaning: "the brand field hides the brand that the title names",
    source: "catalogues of replica agents leave the field to \"as shown\"",
    counter_example: "a no-name case for a phone: the brand is only what it goes with",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let mention = reading.brand.filter(|mention| mention.field == Field::Title && !mention.referential)?;
    let given = reading.listing.brand.as_deref().filter(|_| reading.withholds_brand())?;
    let name = reading.brand_name()?;
    Finding::words(mention.span, 1000, format!("the title names {name}, the brand field says '{}'", given.trim()))
}
