//! `fake_receipt`: the listing offers to make receipts or shipping records: 可做小票.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "fake_receipt",
    group: Group::Wording,
    meaning: "the words offer made-up receipts or shipping records",
    source: "policy/lexicon, with the origin of each entry",
    counter_example: "a shopper abroad who includes the real receipt",
    levels: 1,
    evaluate: Evaluate::Terms,
};
