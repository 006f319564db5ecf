//! `link_outside`: a link to another site stands in the text.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::{Reading, Way};

pub(super) const SIGNAL: Signal = Signal {
    name: "link_outside",
    group: Group::Contact,
    meaning: "a link leads off the marketplace",
    source: "contact rules of marketplaces",
    counter_example: "a maker's own site, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() {
        return None;
    }
    let contact = reading.contact(Way::Link)?;
    Finding::words(contact.span, 1000, format!("'{}' leads to another site", reading.quoted(contact.span)))
}
