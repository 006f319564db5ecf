//! `description_missing`: nothing describes dear goods.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "description_missing",
    group: Group::Missing,
    meaning: "dear goods are offered without a description",
    source: "catalogues of replica agents",
    counter_example: "an export without descriptions: only those that name seller and page count",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let brand = reading.dear_brand().filter(|_| reading.listing.description.is_none() && reading.has_page())?;
    Finding::words(reading.brand?.span, 1000, format!("goods of {} are offered without a description", brand.name))
}
