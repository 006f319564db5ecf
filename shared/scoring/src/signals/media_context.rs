//! `media_context`: the listing sells a book, film or service about the goods.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::policy::GuardKind;

pub(super) const SIGNAL: Signal = Signal {
    name: "media_context",
    group: Group::Context,
    meaning: "the listing sells a book, a film or a service, not the goods",
    source: "*fake*, *mirror*, *clone* and *copy* stand in book titles",
    counter_example: "a bag sold together with a brand's book",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.guards.in_heading(GuardKind::Media) && !reading.is_in(&["media"]) {
        return None;
    }
    let span = reading.guard_span(GuardKind::Media)?;
    Finding::words(span, 1000, format!("'{}' says that it is a book, a film or a service", reading.quoted(span)))
}
