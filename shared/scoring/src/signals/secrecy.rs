//! `secrecy`: the buyer is asked to keep quiet: "do not mention the brand in the review".

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "secrecy",
    group: Group::Wording,
    meaning: "the words ask the buyer to keep silent about the goods",
    source: "hidden-link sellers (CircleID, 2022) and guides of replica communities",
    counter_example: "\"discreet packaging\" of medical goods",
    levels: 1,
    evaluate: Evaluate::Terms,
};
