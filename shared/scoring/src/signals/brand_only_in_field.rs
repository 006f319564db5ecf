//! `brand_only_in_field`: the brand stands in its field and the title does without it.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::How;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_only_in_field",
    group: Group::Brand,
    meaning: "the brand field names the brand and the title describes the goods",
    source: "catalogues of shops that sell one brand a page",
    counter_example: "sellers of copies want to be found by the brand",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let mention = reading.brand.filter(|mention| mention.field == Field::Brand && !mention.referential)?;
    if reading.mentions.iter().any(|other| other.field == Field::Title && other.brand == mention.brand && other.how != How::Model) {
        return None;
    }
    Finding::words(mention.span, 1000, format!("the brand field names {} and the title does without it", reading.brand_name()?))
}
