//! `measurements_given`: the piece was measured.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "measurements_given",
    group: Group::Context,
    meaning: "the words give measurements of this one piece",
    source: "listings of resale platforms",
    counter_example: "a size chart, which lists many sizes",
    levels: 1,
    evaluate: Evaluate::Terms,
};
