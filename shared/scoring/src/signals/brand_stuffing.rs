//! `brand_stuffing`: several famous brands in one title.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_stuffing",
    group: Group::Brand,
    meaning: "the title names several brands at once",
    source: "Alibaba made this rule public in 2017",
    counter_example: "a case with a list of the phones that it fits; a co-branded model names two",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Two brands may work together; three in one title are bait.
const BRANDS_MIN: usize = 3;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if reading.mentions.len() < BRANDS_MIN {
        return None;
    }
    let brands = reading.brands_in_title();
    if brands.len() < BRANDS_MIN || brands.iter().any(|mention| mention.referential) {
        return None;
    }
    let names: Vec<_> = brands.iter().map(|mention| reading.policy.brand(mention.brand).name.as_str()).collect();
    let share = if brands.len() > BRANDS_MIN { 1000 } else { 750 };
    Finding::words(brands[brands.len() - 1].span, share, format!("the title names {} brands: {}", brands.len(), names.join(", ")))
}
