//! `seller_established`: the account is years old.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_established",
    group: Group::Seller,
    meaning: "the seller's account has existed for years",
    source: "seller age, a feature of competitors of Ozon's E-CUP 2025",
    counter_example: "bought accounts, which is why it weighs little",
    levels: 2,
    evaluate: Evaluate::Reading(evaluate),
};

/// Days since the account was opened at which each degree begins: two and five years.
const DEGREES: [i64; 2] = [730, 1_826];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let (opened, listed) = (reading.listing.seller_created_at?, reading.listing.created_at?);
    let days = listed.days_since(opened);
    let level = DEGREES.iter().rposition(|from| *from <= days)?;
    if !reading.sells_brand() {
        return None;
    }
    let why = format!("the seller's account was {} years old when the listing was made", days / 365);
    Finding::value(Field::SellerCreatedAt, opened, 1000, why).map(|finding| finding.at_level(level))
}
