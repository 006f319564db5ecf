//! `factory_code`: the listing names the batch or maker of a copy: "LJR batch", "VSF", PK版.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "factory_code",
    group: Group::Wording,
    meaning: "the words name a maker or batch known for copies",
    source: "policy/lexicon; glossaries of replica communities",
    counter_example: "\"small batch\" food; a batch number on cosmetics",
    levels: 1,
    evaluate: Evaluate::Terms,
};
