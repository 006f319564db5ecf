//! `seller_story`: the seller tells why the piece is sold.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_story",
    group: Group::Context,
    meaning: "the words tell how the seller came by the piece or why it goes",
    source: "listings of private sellers",
    counter_example: "\"a perfect gift\" tells no story",
    levels: 1,
    evaluate: Evaluate::Terms,
};
