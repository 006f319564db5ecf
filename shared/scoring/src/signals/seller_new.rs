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
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Days after opening an account within which the weight counts in full, and in part.
const STEPS: &[(i64, u16)] = &[(7, 1000), (30, 700), (90, 350)];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let (opened, listed) = (reading.listing.seller_created_at?, reading.listing.created_at?);
    let days = listed.days_since(opened);
    if days < 0 || !reading.sells_brand() {
        return None;
    }
    let (_, share) = STEPS.iter().find(|(below, _)| days < *below)?;
    Finding::value(Field::SellerCreatedAt, opened, *share, format!("the seller's account was {days} days old when the listing was made"))
}
