//! `kind_copied`: goods of this kind are counterfeited more than others of the same brand.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::Copied;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "kind_copied",
    group: Group::Brand,
    meaning: "goods of this kind are counterfeited more than others of such brands",
    source: "customs seizures by product (OECD and EUIPO, 2019 and 2025) and headings of replica agents' catalogues",
    counter_example: "every honest seller of such goods, which is why it weighs little",
    levels: 2,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let (kind, brand) = (reading.policy.kind(reading.kind?), reading.sold_brand()?);
    let level = match kind.copied {
        Copied::Rarely => return None,
        Copied::Sometimes => 0,
        Copied::Often => 1,
    };
    let goods = kind.id.replace('_', " ");
    let why = ["goods of this kind (", &goods, ") are counterfeited more than others that carry the name of ", &brand.name].concat();
    Finding::value(Field::Category, goods, 1000, why).map(|finding| finding.at_level(level))
}
