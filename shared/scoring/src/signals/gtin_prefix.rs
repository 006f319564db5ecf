//! `gtin_prefix`: the trade item number is of a range that is never given to goods.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::Field;

pub(super) const SIGNAL: Signal = Signal {
    name: "gtin_prefix",
    group: Group::Identity,
    meaning: "the trade item number is from a range for shop-internal use",
    source: "the public GS1 prefix table, see policy/gs1_prefixes.toml",
    counter_example: "a supermarket's own weighed goods, which are of no brand",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Words of the prefix table for ranges that no branded goods carry.
const INTERNAL: &[&str] = &["restricted", "coupon", "receipt", "demonstration"];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let gtin = reading.listing.gtin.as_deref().filter(|_| reading.sells_brand())?;
    // A GTIN-12 is a GTIN-13 with a leading zero; a GTIN-14 has a packaging digit in front.
    let prefix = match gtin.len() {
        13 => gtin.get(..3)?.to_owned(),
        12 => format!("0{}", gtin.get(..2)?),
        14 => gtin.get(1..4)?.to_owned(),
        _ => return None,
    };
    let number: u16 = prefix.parse().ok()?;
    let range = reading.policy.prefixes().iter().find(|range| (range.from..=range.to).contains(&number))?;
    if !INTERNAL.iter().any(|word| range.purpose.contains(word)) {
        return None;
    }
    Finding::value(Field::Gtin, gtin, 1000, format!("numbers from {prefix} are for {} and never for branded goods", range.purpose))
}
