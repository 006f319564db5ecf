//! `brand_short_form`: the brand is named by a short form alone: "LV bag".

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::How;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_short_form",
    group: Group::Brand,
    meaning: "the brand is named by a short form that filters miss",
    source: "policy/brands",
    counter_example: "short forms that everybody uses, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let mention = reading.brand.filter(|mention| mention.how == How::Short && mention.field == Field::Title && !mention.referential)?;
    let why = format!("'{}' is short for {}, whose name is left out", reading.quoted(mention.span), reading.brand_name()?);
    Finding::words(mention.span, 1000, why)
}
