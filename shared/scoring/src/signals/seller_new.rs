//! `seller_new`: a new account sells a brand that is often copied.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::Field;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_new",
    group: Group::Seller,
    meaning: "the seller's account was opened shortly before the listing",
    source: "seller age, a feature of competitors of Ozon's E-CUP 2025",
    counter_example: "an honest newcomer: it weighs little and never flags alone",
    levels: 3,
    evaluate: Evaluate::Reading(evaluate),
};

/// Days after opening an account within which each degree lies.
const DEGREES: [i64; 3] = [90, 30, 7];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let (opened, listed) = (reading.listing.seller_created_at?, reading.listing.created_at?);
    let days = listed.days_since(opened);
    if days < 0 || !reading.sells_brand() {
        return None;
    }
    let level = DEGREES.iter().rposition(|below| days < *below)?;
    let why = format!("the seller's account was {days} days old when the listing was made");
    Finding::value(Field::SellerCreatedAt, opened, 1000, why).map(|finding| finding.at_level(level))
}
