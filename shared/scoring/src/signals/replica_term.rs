//! `replica_term`: the listing names the goods a copy: "replica", 高仿, реплика.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "replica_term",
    group: Group::Wording,
    meaning: "the words call the goods a copy",
    source: "policy/lexicon, with the origin of each entry; Alibaba's replica vocabulary, in its public statements of 2017",
    counter_example: "\"replica jersey\" (an official fan shirt), \"no replicas\", Maison Margiela's perfume \"Replica\"",
    levels: 1,
    evaluate: Evaluate::Terms,
};
