//! `retailer_named`: the shop is named where the piece was bought.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "retailer_named",
    group: Group::Context,
    meaning: "the words name a department store or shop where the piece was bought",
    source: "listings of resale platforms",
    counter_example: "the name of a replica agent is another signal",
    levels: 1,
    evaluate: Evaluate::Terms,
};
