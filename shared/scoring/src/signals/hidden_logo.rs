//! `hidden_logo`: the listing says that the logo is hidden in the pictures: 图片无标.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "hidden_logo",
    group: Group::Wording,
    meaning: "the words say that the pictures hide the logo",
    source: "policy/lexicon, with the origin of each entry",
    counter_example: "a plain garment sold without any logo",
    levels: 1,
    evaluate: Evaluate::Terms,
};
