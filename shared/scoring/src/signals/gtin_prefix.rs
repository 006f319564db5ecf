//! `gtin_prefix`: the trade item number is of a range that is never given to goods.

use super::{Evaluate, Finding, Group, Signal};
use crate::policy::Prefix;
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
    let (prefix, range) = range(reading, gtin)?;
    if !is_for_shops(range) {
        return None;
    }
    Finding::value(Field::Gtin, gtin, 1000, format!("numbers from {prefix:03} are for {} and never for branded goods", range.purpose))
}

/// Whether a number is of a range for shop-internal use.
pub(super) fn is_internal(reading: &Reading<'_>, gtin: &str) -> bool {
    range(reading, gtin).is_some_and(|(_, range)| is_for_shops(range))
}

fn is_for_shops(range: &Prefix) -> bool {
    INTERNAL.iter().any(|word| range.purpose.contains(word))
}

/// The first three digits of a number, and the range that they belong to.
fn range<'r>(reading: &Reading<'r>, gtin: &str) -> Option<(u16, &'r Prefix)> {
    // A GTIN-12 is a GTIN-13 with a leading zero; a GTIN-14 has a packaging digit in front.
    let digits = match gtin.len() {
        13 => gtin.get(..3)?,
        12 => gtin.get(..2)?,
        14 => gtin.get(1..4)?,
        _ => return None,
    };
    let prefix = digits.parse().ok()?;
    let range = reading.policy.prefixes().iter().find(|range| (range.from..=range.to).contains(&prefix))?;
    Some((prefix, range))
}
