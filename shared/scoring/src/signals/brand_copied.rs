//! `brand_copied`: goods of the brand are counterfeited more than those of others.

use super::{Evaluate, Finding, Group, Signal};
use crate::policy::Copied;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_copied",
    group: Group::Brand,
    meaning: "the brand is one that is counterfeited, which says something about the odds and nothing about this seller",
    source: "customs seizures by brand (OECD and EUIPO, 2019 and 2025) and catalogues of replica agents",
    counter_example: "every honest seller of that brand, which is why a usual price outweighs it",
    levels: 3,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let brand = reading.sold_brand()?;
    let (level, how) = match brand.copied {
        Copied::Rarely => (0, "now and then"),
        Copied::Sometimes => (1, "regularly"),
        Copied::Often => (2, "more than most"),
    };
    let span = reading.brand?.span;
    let why = ["goods of ", &brand.name, " are counterfeited ", how].concat();
    Finding::words(span, 1000, why).map(|finding| finding.at_level(level))
}
