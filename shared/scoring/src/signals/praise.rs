//! `praise`: the quality is praised without a fact: "best quality", 质量超好.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "praise",
    group: Group::Presentation,
    meaning: "the words praise the quality and name no fact",
    source: "titles in catalogues of replica agents; guides for buyers on marketplaces",
    counter_example: "a maker who names the material or a test instead",
    levels: 1,
    evaluate: Evaluate::Terms,
};
