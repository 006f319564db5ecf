//! `condition_doubt`: the seller doubts the goods: "cannot guarantee authenticity", 真偽不明.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "condition_doubt",
    group: Group::Wording,
    meaning: "the words leave open whether the goods are genuine",
    source: "policy/lexicon",
    counter_example: "an honest heir who does not know; it asks for a look, not for a verdict",
    levels: 1,
    evaluate: Evaluate::Terms,
};
