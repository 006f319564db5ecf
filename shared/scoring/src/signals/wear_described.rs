//! `wear_described`: the wear of these very goods is described.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "wear_described",
    group: Group::Context,
    meaning: "the words describe flaws of this one piece, as an owner knows them",
    source: "listings of resale platforms",
    counter_example: "\"no scratches\" is a claim as well, of one piece too",
    levels: 1,
    evaluate: Evaluate::Terms,
};
