//! `customised`: logo or brand are put on to order.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "customised",
    group: Group::Presentation,
    meaning: "the words offer to put any logo on the goods",
    source: "offers of factories on wholesale platforms",
    counter_example: "engraving a buyer's initials",
    levels: 1,
    evaluate: Evaluate::Terms,
};
