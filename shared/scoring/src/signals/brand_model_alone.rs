//! `brand_model_alone`: a model is named and its brand is not.

use super::{Evaluate, Finding, Group, Signal};
use crate::policy::How;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_model_alone",
    group: Group::Brand,
    meaning: "the model stands without the name of its brand, which filters look for",
    source: "sellers of copies leave the brand out",
    counter_example: "sneakers that everybody knows by their model, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let mention = reading.brand.filter(|mention| mention.how == How::Model && !mention.referential)?;
    if reading.mentions.iter().any(|other| other.brand == mention.brand && other.how != How::Model) {
        return None;
    }
    let why = format!("'{}' is a model of {}, whose name is left out", reading.quoted(mention.span), reading.brand_name()?);
    Finding::words(mention.span, 1000, why)
}
