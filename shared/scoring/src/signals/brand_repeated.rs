//! `brand_repeated`: the title says the brand several times.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::{How, View};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_repeated",
    group: Group::Brand,
    meaning: "the title says the brand again and again",
    source: "title quality rules that marketplaces publish for sellers",
    counter_example: "a name in two scripts, which counts twice and weighs little",
    levels: 2,
    evaluate: Evaluate::Reading(evaluate),
};

/// Numbers of times at which each degree begins.
const DEGREES: [usize; 2] = [2, 3];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let brand = reading.brand.filter(|mention| !mention.referential)?.brand;
    let (mut times, mut end, mut last) = (0, 0, None);
    for mention in &reading.mentions {
        let names = mention.brand == brand && mention.field == Field::Title && mention.span.view == View::Plain && mention.how != How::Model;
        if names && mention.span.start >= end {
            (times, end, last) = (times + 1, mention.span.end, Some(mention.span));
        }
    }
    let level = DEGREES.iter().rposition(|from| *from <= times)?;
    let why = format!("the title names {} {times} times", reading.brand_name()?);
    Finding::words(last?, 1000, why).map(|finding| finding.at_level(level))
}
