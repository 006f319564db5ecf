//! `contact_beside_brand`: contact words stand right beside the brand.

use super::{Evaluate, Finding, Group, Signal};
use super::{ALL, Group as Kind};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "contact_beside_brand",
    group: Group::Contact,
    meaning: "contact words stand right beside the brand, as in the posts of sellers of copies",
    source: "posts of counterfeit sellers on Instagram (Ghost Data, 2019)",
    counter_example: "a contact at the foot of a description",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Most words between them.
const WORDS_MAX: usize = 3;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let mention = reading.brand.filter(|mention| !mention.referential)?;
    let near = |words: Option<usize>| words.is_some_and(|words| words <= WORDS_MAX);
    let by_words = reading.terms.iter().filter(|term_use| ALL[term_use.signal].group == Kind::Contact).map(|term_use| term_use.span);
    let mut spans = by_words.chain(reading.contacts().iter().map(|contact| contact.span));
    let span = spans.find(|span| near(reading.words_between(mention.span, *span)) || near(reading.words_between(*span, mention.span)))?;
    Finding::words(span, 1000, format!("'{}' stands right beside {}", reading.quoted(span), reading.brand_name()?))
}
