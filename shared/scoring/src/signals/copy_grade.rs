//! `copy_grade`: the listing grades itself as a copy: "1:1", "AAA quality", 超A, N級.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "copy_grade",
    group: Group::Wording,
    meaning: "the words grade the goods as copies are graded",
    source: "policy/lexicon, with the origin of each entry",
    counter_example: "AAA batteries, a 1:1 scale model, A货翡翠 (untreated jade)",
    levels: 1,
    evaluate: Evaluate::Terms,
};
