//! `leaked_goods`: the listing claims goods that left the maker by the back door: "original factory overrun", 原单.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "leaked_goods",
    group: Group::Wording,
    meaning: "the words claim goods leaked from the brand's factory",
    source: "policy/lexicon, with the origin of each entry",
    counter_example: "a factory outlet that sells its own brand",
    levels: 1,
    evaluate: Evaluate::Terms,
};
