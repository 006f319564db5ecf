//! `brand_withheld`: the brand field says "unbranded" while the title names a brand.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::Field;
use crate::text::Folded;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_withheld",
    group: Group::Brand,
    meaning: "the brand field hides the brand that the title names",
    source: "catalogues of replica agents leave the field to \"as shown\"",
    counter_example: "a no-name case for a phone: the brand is only what it goes with",
    evaluate: Evaluate::Reading(evaluate),
};

/// What sellers write into the field instead of the brand, folded.
const NO_BRAND: &[&str] = &[
    "unbranded", "no brand", "nobrand", "generic", "as shown", "as picture", "see pictures", "does not apply", "other", "none", "n/a", "无品牌",
    "无", "其他", "其他/other", "ノーブランド", "ohne marke", "sin marca", "без бренда", "нет бренда", "markasiz", "sans marque",
];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let given = reading.listing.brand.as_deref()?;
    let mention = reading.brand.filter(|mention| mention.field == Field::Title && !mention.referential)?;
    let name = reading.brand_name()?;
    NO_BRAND
        .contains(&Folded::of(given).trim())
        .then(|| Finding::words(mention.span, 1000, format!("the title names {name}, the brand field says '{}'", given.trim())))?
}
