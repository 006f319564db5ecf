//! `brand_only_in_description`: the brand stands in the description alone.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_only_in_description",
    group: Group::Brand,
    meaning: "only the description names the brand, where fewer filters look",
    source: "sellers of copies keep the brand out of title and field",
    counter_example: "a description that compares the goods with others",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let mention = reading.brand.filter(|mention| mention.field == Field::Description && !mention.referential)?;
    let why = format!("only the description names {}", reading.brand_name()?);
    Finding::words(mention.span, 1000, why)
}
