//! `era_named`: the piece is dated to a decade.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "era_named",
    group: Group::Context,
    meaning: "the words date the piece to a decade, as collectors do",
    source: "listings of vintage shops",
    counter_example: "\"vintage style\" dates nothing",
    levels: 1,
    evaluate: Evaluate::Terms,
};
