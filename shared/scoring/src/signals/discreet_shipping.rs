//! `discreet_shipping`: the parcel is promised to pass customs unseen.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "discreet_shipping",
    group: Group::Presentation,
    meaning: "the words promise that customs will not see or hold the goods",
    source: "guides of replica communities; customs seizures by post (OECD and EUIPO, 2025)",
    counter_example: "\"no customs duties within the EU\"",
    levels: 1,
    evaluate: Evaluate::Terms,
};
