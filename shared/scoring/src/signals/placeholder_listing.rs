//! `placeholder_listing`: the listing is a stand-in for something else: 专拍链接, "message for link".

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "placeholder_listing",
    group: Group::Contact,
    meaning: "the words say that the listing stands for other goods",
    source: "policy/lexicon, with the origin of each entry",
    counter_example: "a genuine postage top-up, which names no brand",
    levels: 1,
    evaluate: Evaluate::Terms,
};
