//! `brand_hashtag`: the brand is a hashtag.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_hashtag",
    group: Group::Brand,
    meaning: "the brand is set as a hashtag, so that those who look for it find this",
    source: "posts of counterfeit sellers on Instagram (Ghost Data, 2019)",
    counter_example: "private sellers who tag, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let sold = reading.brand.filter(|mention| !mention.referential)?.brand;
    let is_tag = |mention: &&crate::reading::Mention| {
        mention.brand == sold && reading.folded(mention.span.view).text()[..mention.span.start as usize].ends_with('#')
    };
    let tag = reading.mentions.iter().find(is_tag)?;
    Finding::words(tag.span, 1000, format!("{} is set as a hashtag", reading.brand_name()?))
}
