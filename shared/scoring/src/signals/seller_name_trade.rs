//! `seller_name_trade`: the shop calls itself a factory or an outlet.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_name_trade",
    group: Group::Seller,
    meaning: "the shop of branded goods calls itself a factory, an outlet or a wholesaler",
    source: "handles of counterfeit sellers on Instagram (Ghost Data, 2019)",
    counter_example: "outlets that brands run themselves, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Uses(evaluate),
};

fn evaluate(reading: &Reading<'_>, signal: usize) -> Option<Finding> {
    let in_name = |field: Field| field == Field::SellerName;
    let term_use = reading.terms.iter().find(|term_use| term_use.signal == signal && in_name(term_use.field))?;
    let name = &reading.sold_brand()?.name;
    Finding::words(term_use.span, 1000, format!("the shop that sells {name} calls itself '{}'", reading.quoted(term_use.span)))
}
