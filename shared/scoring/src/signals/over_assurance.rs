//! `over_assurance`: the listing insists on being genuine: "100% authentic", 假一赔十.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "over_assurance",
    group: Group::Wording,
    meaning: "the words insist on authenticity more than honest sellers need to",
    source: "competitors of Ozon's E-CUP 2025 counted such words",
    counter_example: "an authorised dealer's usual promise, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Terms,
};
