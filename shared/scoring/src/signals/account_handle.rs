//! `account_handle`: the name of an account elsewhere stands in the text: "@name".

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::{Reading, Way};

pub(super) const SIGNAL: Signal = Signal {
    name: "account_handle",
    group: Group::Contact,
    meaning: "the name of an account elsewhere moves the talk off the marketplace",
    source: "the main trait of counterfeit sellers on Instagram (Ghost Data, 2019)",
    counter_example: "language tags and prices behind an @",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() {
        return None;
    }
    let contact = reading.contact(Way::Handle)?;
    Finding::words(contact.span, 1000, format!("'{}' is an account elsewhere", reading.quoted(contact.span)))
}
