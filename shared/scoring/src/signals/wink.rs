//! `wink`: the listing winks at those who know: 懂的来.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "wink",
    group: Group::Wording,
    meaning: "the words wink at buyers who know what is meant",
    source: "policy/lexicon, with the origin of each entry",
    counter_example: "collectors' talk about rare genuine pieces",
    levels: 1,
    evaluate: Evaluate::Terms,
};
