//! `seller_name_brand`: the shop names itself after brands.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::{How, Meaning, Span, View};
use crate::reading::{Class, Reading};

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_name_brand",
    group: Group::Seller,
    meaning: "the shop names itself after brands that it sells",
    source: "handles of counterfeit sellers on Instagram (Ghost Data, 2019)",
    counter_example: "a brand's own shop, which is why it weighs little",
    levels: 2,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    reading.listing.seller_name.as_deref()?;
    if !reading.sells_brand() {
        return None;
    }
    let mut first: Option<(u16, Span)> = None;
    let mut several = false;
    for hit in reading.hits(Class::Brand) {
        let Meaning::Brand { brand, how: How::Alias | How::Misspelling | How::Nickname } = hit.meaning else { continue };
        if hit.span.view == View::Plain && reading.field(hit.span) == Field::SellerName {
            several |= first.is_some_and(|(known, _)| known != brand);
            first = first.or(Some((brand, hit.span)));
        }
    }
    let (brand, span) = first?;
    // The brand's name alone is the brand itself, or claims to be: that cannot be told from here.
    let name = &reading.policy.brand(brand).name;
    let why = format!("the shop names itself after {name}{}", if several { " and other brands" } else { "" });
    Finding::words(span, 1000, why).map(|finding| finding.at_level(usize::from(several)))
}
