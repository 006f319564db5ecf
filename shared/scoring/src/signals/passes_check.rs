//! `passes_check`: the listing promises to pass an authenticity check: 过验, 可过得物.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "passes_check",
    group: Group::Wording,
    meaning: "the words promise that the goods pass an authenticity check",
    source: "policy/lexicon, with the origin of each entry",
    counter_example: "a genuine seller who shows a certificate",
    levels: 1,
    evaluate: Evaluate::Terms,
};
