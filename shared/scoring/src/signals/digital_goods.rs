//! `digital_goods`: something to download is offered.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "digital_goods",
    group: Group::Context,
    meaning: "the goods are digital: a file, a code or an account",
    source: "listings of craft marketplaces",
    counter_example: "\"digital watch\"",
    levels: 1,
    evaluate: Evaluate::Terms,
};
