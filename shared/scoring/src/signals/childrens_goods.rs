//! `childrens_goods`: the goods are for children, who cost less to dress.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "childrens_goods",
    group: Group::Context,
    meaning: "the goods are for children, whose sizes cost less",
    source: "price lists of brands' own shops",
    counter_example: "\"mother and kids\" copies exist, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Terms,
};
