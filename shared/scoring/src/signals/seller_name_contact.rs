//! `seller_name_contact`: the shop's name is a way to reach it elsewhere.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_name_contact",
    group: Group::Seller,
    meaning: "the shop's name holds a number or an address to reach it elsewhere",
    source: "hidden-link sellers (CircleID, 2022)",
    counter_example: "a year in a shop's name",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    reading.listing.seller_name.as_deref()?;
    let brand = reading.sold_brand()?;
    let contact = reading.contacts().iter().find(|contact| reading.field(contact.span) == Field::SellerName)?;
    let why = format!("'{}' in the name of the shop that sells {} leads elsewhere", reading.quoted(contact.span), brand.name);
    Finding::words(contact.span, 1000, why)
}
