//! `versions_offered`: the same goods are offered in several qualities.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "versions_offered",
    group: Group::Wording,
    meaning: "the words offer the same goods in several qualities, as only copies come",
    source: "price lists of replica sellers",
    counter_example: "several versions of a phone or a game",
    levels: 1,
    evaluate: Evaluate::Terms,
};
