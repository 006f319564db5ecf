//! `payment_diversion`: the listing asks for payment without protection: "friends and family", Western Union.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "payment_diversion",
    group: Group::Contact,
    meaning: "the words ask for a payment without buyer protection",
    source: "policy/lexicon, with the origin of each entry",
    counter_example: "\"crypto\" in the name of the goods",
    levels: 1,
    evaluate: Evaluate::Terms,
};
