//! `price_on_request`: the price is told in private.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "price_on_request",
    group: Group::Price,
    meaning: "the words keep the real price for a private message",
    source: "hidden-link sellers (CircleID, 2022)",
    counter_example: "an antiques dealer, who names no brand of fashion",
    levels: 1,
    evaluate: Evaluate::Terms,
};
