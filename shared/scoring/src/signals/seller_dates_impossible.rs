//! `seller_dates_impossible`: the listing is older than its seller's account.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_dates_impossible",
    group: Group::Seller,
    meaning: "the listing is older than the account that made it, so one of the dates is wrong",
    source: "dates of exports",
    counter_example: "time zones: a day is allowed",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let opened = reading.listing.seller_created_at?;
    let days = opened.days_since(reading.listing.created_at?);
    if days <= 1 || !reading.sells_brand() {
        return None;
    }
    Finding::value(Field::SellerCreatedAt, opened, 1000, format!("the listing is {days} days older than its seller's account"))
}
