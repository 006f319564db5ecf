//! `brand_pair`: two brands of different houses share a title.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_pair",
    group: Group::Brand,
    meaning: "two brands that do not belong together share a title",
    source: "made-up collaborations in catalogues of replica agents",
    counter_example: "real collaborations, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let sold = reading.sold_brand()?;
    // Most titles name one brand: no list is made for those.
    let first = reading.brand?.brand;
    if reading.mentions.iter().all(|mention| mention.brand == first) {
        return None;
    }
    let brands = reading.brands_in_title();
    let [one, other] = brands.as_slice() else { return None };
    let house = |brand: u16| reading.policy.brand(brand).house.as_deref();
    if one.referential || other.referential || house(one.brand).is_some() && house(one.brand) == house(other.brand) {
        return None;
    }
    let other = if one.brand == first { other } else { one };
    let why = format!("the title names {} beside {}", reading.policy.brand(other.brand).name, sold.name);
    Finding::words(other.span, 1000, why)
}
