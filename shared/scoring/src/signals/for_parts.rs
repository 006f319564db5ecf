//! `for_parts`: the goods are damaged and sold for parts.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "for_parts",
    group: Group::Context,
    meaning: "the goods are broken or sold for parts, so the price says nothing",
    source: "listings of private sellers",
    counter_example: "\"spare parts\" for a machine are accessories",
    levels: 1,
    evaluate: Evaluate::Terms,
};
