//! `packaging_only`: only a box, a bag or a tag of the brand is offered.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "packaging_only",
    group: Group::Context,
    meaning: "the goods are only packaging of the brand, which costs little",
    source: "listings of resale platforms",
    counter_example: "\"comes with box and dust bag\"",
    levels: 1,
    evaluate: Evaluate::Terms,
};
