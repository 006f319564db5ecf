//! `returns_accepted`: returns are accepted.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "returns_accepted",
    group: Group::Context,
    meaning: "the words accept returns",
    source: "listings of retailers",
    counter_example: "\"no returns\" does not say it",
    levels: 1,
    evaluate: Evaluate::Terms,
};
