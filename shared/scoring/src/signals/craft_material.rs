//! `craft_material`: fabric, a pattern or supplies are offered.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "craft_material",
    group: Group::Context,
    meaning: "the goods are fabric or a pattern to make things of",
    source: "listings of craft marketplaces",
    counter_example: "\"printed fabric\" of a finished dress",
    levels: 1,
    evaluate: Evaluate::Terms,
};
