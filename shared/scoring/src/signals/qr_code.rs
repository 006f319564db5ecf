//! `qr_code`: the buyer is to scan a code.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "qr_code",
    group: Group::Contact,
    meaning: "the words ask the buyer to scan a code that leads elsewhere",
    source: "contact diversion by pictures, seen on social marketplaces",
    counter_example: "a product that reads codes",
    levels: 1,
    evaluate: Evaluate::Terms,
};
