//! `serial_promised`: a serial number or chip is promised.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "serial_promised",
    group: Group::Identity,
    meaning: "the words promise marks that only show when the goods are held",
    source: "sellers of copies advertise copied serials and chips",
    counter_example: "a watch whose serial is quoted for a register",
    levels: 1,
    evaluate: Evaluate::Terms,
};
