//! `tester_or_sample`: a tester, a sample or a miniature is offered.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "tester_or_sample",
    group: Group::Context,
    meaning: "the goods are a tester or a sample, which cost little",
    source: "price lists of perfume shops",
    counter_example: "\"sample\" of a factory: only the phrases of perfume and cosmetics count",
    levels: 1,
    evaluate: Evaluate::Terms,
};
