//! `urgency`: the buyer is hurried: "selling fast", "last pieces".

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "urgency",
    group: Group::Presentation,
    meaning: "the words hurry the buyer",
    source: "advice of consumer protection agencies on online shopping",
    counter_example: "the last pair of a shop's sale, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Terms,
};
