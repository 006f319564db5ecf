//! `brand_likened`: the goods are only like the brand's: "Gucci style".

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_likened",
    group: Group::Brand,
    meaning: "the goods are said to be like the brand's",
    source: "nominative use ends where the likeness is the offer",
    counter_example: "\"style code\", \"Air type\"",
    levels: 1,
    evaluate: Evaluate::Uses(evaluate),
};

fn evaluate(reading: &Reading<'_>, signal: usize) -> Option<Finding> {
    let brands = || reading.mentions.iter().filter(|mention| !mention.referential);
    let touches = |span| {
        brands().any(|mention| reading.words_between(mention.span, span) == Some(0) || reading.words_between(span, mention.span) == Some(0))
    };
    let term_use = reading.terms.iter().find(|term_use| term_use.signal == signal && touches(term_use.span))?;
    let why = format!("'{}' says that the goods are like those of {}", reading.quoted(term_use.span), reading.brand_name()?);
    Finding::words(term_use.span, 1000, why)
}
