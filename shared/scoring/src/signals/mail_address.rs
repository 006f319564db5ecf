//! `mail_address`: a mail address stands in the text.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::{Reading, Way};

pub(super) const SIGNAL: Signal = Signal {
    name: "mail_address",
    group: Group::Contact,
    meaning: "a mail address moves the talk off the marketplace",
    source: "contact rules of marketplaces",
    counter_example: "a maker's address for the recall of goods, which names no brand of fashion",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() {
        return None;
    }
    let contact = reading.contact(Way::Mail)?;
    Finding::words(contact.span, 1000, format!("'{}' is a mail address", reading.quoted(contact.span)))
}
