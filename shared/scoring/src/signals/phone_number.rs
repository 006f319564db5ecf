//! `phone_number`: a telephone number with a country's code stands in the text.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::{Reading, Way};

pub(super) const SIGNAL: Signal = Signal {
    name: "phone_number",
    group: Group::Contact,
    meaning: "a telephone number moves the talk off the marketplace",
    source: "the main trait of counterfeit sellers on Instagram (Ghost Data, 2019)",
    counter_example: "article numbers, which begin with no plus",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() {
        return None;
    }
    let contact = reading.contact(Way::Phone)?;
    Finding::words(contact.span, 1000, format!("'{}' is a telephone number", reading.quoted(contact.span)))
}
