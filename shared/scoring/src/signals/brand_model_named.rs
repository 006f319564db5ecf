//! `brand_model_named`: brand and model are both named.

use super::{Evaluate, Finding, Group, Signal};
use crate::policy::How;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_model_named",
    group: Group::Brand,
    meaning: "the listing names brand and model, so that it can be compared",
    source: "listings of resale platforms and makers",
    counter_example: "sellers of copies name models as well, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let brand = reading.brand.filter(|mention| mention.how == How::Alias && !mention.referential)?.brand;
    let model = reading.mentions.iter().find(|mention| mention.brand == brand && mention.how == How::Model)?;
    Finding::words(model.span, 1000, format!("'{}' is a model of {}", reading.quoted(model.span), reading.brand_name()?))
}
