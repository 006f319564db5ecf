//! `seller_new_dear_goods`: a new account sells dear goods of a copied brand.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::Copied;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_new_dear_goods",
    group: Group::Seller,
    meaning: "a new account begins with dear goods of a brand that is copied",
    source: "hijacked and made-up accounts (Amazon brand protection reports)",
    counter_example: "an heir who sells one watch, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

const DAYS_MAX: i64 = 30;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let opened = reading.listing.seller_created_at?;
    let days = reading.listing.created_at?.days_since(opened);
    let brand = reading.dear_brand().filter(|brand| brand.copied != Copied::Rarely && (0..=DAYS_MAX).contains(&days))?;
    Finding::value(Field::SellerCreatedAt, opened, 1000, format!("an account of {days} days sells {}", brand.name))
}
