//! `advert_or_print`: an advertisement, a poster or a print is offered.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "advert_or_print",
    group: Group::Context,
    meaning: "the goods are printed paper about the brand",
    source: "listings of collectors",
    counter_example: "\"print\" on a shirt",
    levels: 1,
    evaluate: Evaluate::Terms,
};
