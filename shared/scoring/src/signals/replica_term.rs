//! `replica_term`: the listing names the goods a copy: "replica", 高仿, реплика.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "replica_term",
    group: Group::Wording,
    meaning: "the words call the goods a copy",
    source: "lexicon, section 1; Alibaba names its replica lexicon first among its signals",
    counter_example: "\"replica jersey\" (an official fan shirt), \"no replicas\", Maison Margiela's perfume \"Replica\"",
    evaluate: Evaluate::Terms,
};
