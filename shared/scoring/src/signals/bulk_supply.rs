//! `bulk_supply`: the listing recruits resellers: 一件代发, "factory direct wholesale".

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "bulk_supply",
    group: Group::Contact,
    meaning: "the words recruit resellers or sell by the factory",
    source: "policy/lexicon, with the origin of each entry",
    counter_example: "normal wholesale of unbranded goods",
    levels: 1,
    evaluate: Evaluate::Terms,
};
