//! `accessory_context`: the brand only says what the goods go with.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "accessory_context",
    group: Group::Context,
    meaning: "the goods go with the brand's goods and do not claim to be them",
    source: "nominative use is lawful; marketplaces allow \"compatible with\" when it is true",
    counter_example: "a \"Gucci style\" belt \"for\" women is no accessory to Gucci",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let mention = reading.brand.filter(|mention| mention.referential)?;
    let name = reading.brand_name()?;
    Finding::words(mention.span, 1000, format!("the goods are made to go with {name}, and do not claim to be {name}"))
}
