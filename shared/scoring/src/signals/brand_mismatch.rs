//! `brand_mismatch`: the brand field says one brand, the title another.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::Field;
use crate::policy::How;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_mismatch",
    group: Group::Brand,
    meaning: "brand field and title name different brands",
    source: "distance of brand field and title, a feature of competitors of Ozon's E-CUP 2025",
    counter_example: "\"Jordan\" in the title and Nike as the brand: one house",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let field = reading.mentions.iter().find(|mention| mention.field == Field::Brand && mention.how == How::Alias)?;
    // Most listings name one brand: no list is made for those.
    if reading.mentions.iter().all(|mention| mention.brand == field.brand) {
        return None;
    }
    let titled = reading.brands_in_title();
    if titled.is_empty() || titled.iter().any(|mention| mention.brand == field.brand || mention.referential) {
        return None;
    }
    let house = |brand: u16| reading.policy.brand(brand).house.as_deref();
    if house(field.brand).is_some() && titled.iter().any(|mention| house(mention.brand) == house(field.brand)) {
        return None;
    }
    let (given, named) = (&reading.policy.brand(field.brand).name, &reading.policy.brand(titled[0].brand).name);
    Finding::words(titled[0].span, 1000, format!("the title names {named}, the brand field says {given}"))
}
