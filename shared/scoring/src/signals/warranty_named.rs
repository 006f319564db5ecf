//! `warranty_named`: a warranty is named.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "warranty_named",
    group: Group::Context,
    meaning: "the words name a warranty, which can be called upon",
    source: "listings of retailers",
    counter_example: "a lifetime guarantee of authenticity is another signal",
    levels: 1,
    evaluate: Evaluate::Terms,
};
