//! `brand_nickname`: a brand is named only by a code word of the trade.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::policy::How;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_nickname",
    group: Group::Brand,
    meaning: "the brand is named only by a code word",
    source: "policy/brands; Alibaba named \"LYU\" for LV bags in public (China Daily, 2017)",
    counter_example: "a code word beside the plain name, as fans write it",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let mention = reading.brand.filter(|mention| mention.how == How::Nickname && !mention.referential)?;
    let name = reading.brand_name()?;
    (!reading.is_plainly_named(mention.brand))
        .then(|| Finding::words(mention.span, 1000, format!("'{}' is a code word for {name}", reading.quoted(mention.span))))?
}
