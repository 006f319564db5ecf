//! `seller_name_term`: the shop's own name says that it sells copies.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::Field;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_name_term",
    group: Group::Seller,
    meaning: "the shop's name says that it sells copies",
    source: "handles of counterfeit sellers on Instagram (Ghost Data, 2019)",
    counter_example: "a shop named after a person: only words of the lexicon count",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Signals whose terms say it, when they stand in the name of a shop.
const CLAIMS: &[&str] = &["replica_term", "copy_grade", "factory_code", "leaked_goods"];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let in_name = |field: Field, signal: usize| field == Field::SellerName && CLAIMS.contains(&super::ALL[signal].name);
    let term_use = reading.terms.iter().find(|term_use| in_name(term_use.field, term_use.signal))?;
    let words = reading.quoted(term_use.span);
    Finding::words(term_use.span, 1000, format!("the shop calls itself '{words}'"))
}
