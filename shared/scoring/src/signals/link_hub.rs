//! `link_hub`: a link that hides its end or opens a chat stands in the text: wa.me, linktr.ee.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::{Reading, Way};

pub(super) const SIGNAL: Signal = Signal {
    name: "link_hub",
    group: Group::Contact,
    meaning: "a link opens a chat or hides where it leads",
    source: "hidden-link sellers (CircleID, 2022)",
    counter_example: "a link to a maker's own site",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() {
        return None;
    }
    let contact = reading.contact(Way::Hub)?;
    Finding::words(contact.span, 1000, format!("'{}' opens a chat or hides where it leads", reading.quoted(contact.span)))
}
