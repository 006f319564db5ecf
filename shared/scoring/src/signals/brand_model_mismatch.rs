//! `brand_model_mismatch`: the model is another brand's: "Gucci Neverfull".

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::How;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_model_mismatch",
    group: Group::Brand,
    meaning: "the title joins one brand's name with another brand's model",
    source: "model lines in policy/brands",
    counter_example: "two brands of one house; a collaboration names both brands",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let sold = reading.brand.filter(|mention| !mention.referential && mention.how == How::Alias)?;
    let house = |brand: u16| reading.policy.brand(brand).house.as_deref();
    let named = |brand: u16| reading.mentions.iter().any(|other| other.brand == brand && other.how != How::Model);
    let is_foreign = |mention: &&crate::reading::Mention| {
        mention.how == How::Model
            && mention.field == Field::Title
            && !named(mention.brand)
            && (house(sold.brand).is_none() || house(mention.brand) != house(sold.brand))
    };
    let model = reading.mentions.iter().find(is_foreign)?;
    // Brands share names of models, such as "Classic".
    let is_own = reading.mentions.iter().any(|own| own.brand == sold.brand && own.how == How::Model && own.span.overlaps(model.span));
    if is_own || model.span.overlaps(sold.span) {
        return None;
    }
    let why = format!("'{}' is a model of {} and not of {}", reading.quoted(model.span), reading.policy.brand(model.brand).name, reading.brand_name()?);
    Finding::words(model.span, 1000, why)
}
