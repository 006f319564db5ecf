//! `seller_unnamed`: the seller has an account and no name.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_unnamed",
    group: Group::Seller,
    meaning: "the seller of branded goods gives no name",
    source: "advice of consumer protection agencies on online shopping",
    counter_example: "exports without names carry no account either",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let listing = reading.listing;
    if listing.seller_name.is_some() || listing.seller_rating.is_none() && listing.seller_created_at.is_none() {
        return None;
    }
    let (id, brand) = (listing.seller_id.as_deref()?, reading.sold_brand()?);
    Finding::value(Field::SellerId, id, 1000, format!("the seller of {} gives no name", brand.name))
}
