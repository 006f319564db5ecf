//! `gtin_book`: the trade item number is that of a book.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::GuardKind;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "gtin_book",
    group: Group::Identity,
    meaning: "the trade item number is that of a book or a journal and not of such goods",
    source: "the public GS1 prefix table: 977 to 979",
    counter_example: "books about a brand",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let gtin = reading.listing.gtin.as_deref().filter(|gtin| gtin.len() == 13 && ["977", "978", "979"].contains(&&gtin[..3]))?;
    if !reading.sells_brand() || reading.is_in(&["media"]) || reading.guards.anywhere(GuardKind::Media) || reading.category.is_none() {
        return None;
    }
    Finding::value(Field::Gtin, gtin, 1000, format!("{gtin} is the number of a book or a journal"))
}
