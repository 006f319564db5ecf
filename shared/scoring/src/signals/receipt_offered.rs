//! `receipt_offered`: the goods come with the receipt or invoice of a shop.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "receipt_offered",
    group: Group::Context,
    meaning: "the words offer the receipt of the first purchase",
    source: "listings of resale platforms",
    counter_example: "receipts made to order are another signal",
    levels: 1,
    evaluate: Evaluate::Terms,
};
