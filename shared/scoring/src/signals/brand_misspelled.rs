//! `brand_misspelled`: a brand is named only in a spelling that is known as a dodge.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::policy::How;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_misspelled",
    group: Group::Brand,
    meaning: "the brand is named in a misspelling that dodges filters",
    source: "policy/brands; names seen in press reports (Valenciaga, Gutxi, Abidisi)",
    counter_example: "a joke gift that makes fun of the brand",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let mention = reading.brand.filter(|mention| mention.how == How::Misspelling && !mention.referential)?;
    let name = reading.brand_name()?;
    (!reading.is_plainly_named(mention.brand))
        .then(|| Finding::words(mention.span, 1000, format!("'{}' is a misspelling of {name}", reading.quoted(mention.span))))?
}
