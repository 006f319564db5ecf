//! `composition_stated`: the fabric is stated by its parts.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "composition_stated",
    group: Group::Context,
    meaning: "the words state what the fabric consists of, as labels must",
    source: "Regulation (EU) 1007/2011 on textile names",
    counter_example: "\"100% authentic\" is no fabric",
    levels: 1,
    evaluate: Evaluate::Terms,
};
