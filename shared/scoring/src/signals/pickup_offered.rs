//! `pickup_offered`: the buyer may collect and look.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "pickup_offered",
    group: Group::Context,
    meaning: "the words let the buyer collect the goods in person",
    source: "listings of private sellers",
    counter_example: "\"pick-up\" of a guitar",
    levels: 1,
    evaluate: Evaluate::Terms,
};
