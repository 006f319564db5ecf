//! `gift_with_purchase`: the goods were given away with a purchase.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "gift_with_purchase",
    group: Group::Context,
    meaning: "the goods were a promotional gift of the brand, which cost little",
    source: "beauty counters' pouches, sold on resale platforms",
    counter_example: "\"free gift with every order\" says nothing about the goods",
    levels: 1,
    evaluate: Evaluate::Terms,
};
