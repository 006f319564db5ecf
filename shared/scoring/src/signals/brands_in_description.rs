//! `brands_in_description`: the description lists other brands.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::How;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brands_in_description",
    group: Group::Brand,
    meaning: "the description lists brands that are not sold here",
    source: "keyword stuffing, which Alibaba's rules named in 2017",
    counter_example: "a list of the phones that a case fits",
    levels: 3,
    evaluate: Evaluate::Reading(evaluate),
};

/// Numbers of other brands at which each degree begins.
const DEGREES: [usize; 3] = [3, 5, 8];
/// Most brands that are told apart, which bounds the work.
const BRANDS_MAX: usize = 16;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let sold = reading.brand.filter(|mention| !mention.referential)?.brand;
    let mut others: Vec<u16> = Vec::new();
    let mut last = None;
    for mention in &reading.mentions {
        let is_other = mention.field == Field::Description && mention.brand != sold && !mention.referential && mention.how == How::Alias;
        if is_other && others.len() < BRANDS_MAX && !others.contains(&mention.brand) {
            others.push(mention.brand);
            last = Some(mention.span);
        }
    }
    let level = DEGREES.iter().rposition(|from| *from <= others.len())?;
    let why = format!("the description names {} brands beside {}", others.len(), reading.brand_name()?);
    Finding::words(last?, 1000, why).map(|finding| finding.at_level(level))
}
