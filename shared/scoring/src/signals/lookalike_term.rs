//! `lookalike_term`: the listing offers a look-alike: "dupe", "inspired by", 平替.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "lookalike_term",
    group: Group::Wording,
    meaning: "the words offer a look-alike, which is often lawful",
    source: "policy/lexicon, with the origin of each entry",
    counter_example: "\"inspired by nature\"",
    levels: 1,
    evaluate: Evaluate::Terms,
};
