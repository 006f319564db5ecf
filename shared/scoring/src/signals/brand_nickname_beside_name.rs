//! `brand_nickname_beside_name`: a code word stands beside the brand's name.

use super::{Evaluate, Finding, Group, Signal};
use crate::policy::How;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_nickname_beside_name",
    group: Group::Brand,
    meaning: "a code word of the trade stands beside the brand's name",
    source: "policy/brands; guides of replica communities",
    counter_example: "fans who use the same word, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let sold = reading.brand.filter(|mention| !mention.referential)?.brand;
    if !reading.is_plainly_named(sold) {
        return None;
    }
    let nickname = reading.mentions.iter().find(|mention| mention.brand == sold && mention.how == How::Nickname)?;
    let why = format!("'{}' is a code word for {}", reading.quoted(nickname.span), reading.brand_name()?);
    Finding::words(nickname.span, 1000, why)
}
