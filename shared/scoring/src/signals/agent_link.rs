//! `agent_link`: the listing points at a replica catalogue or its shopping agents: yupoo, weidian, "pandabuy".

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "agent_link",
    group: Group::Contact,
    meaning: "the words point at the catalogues and agents of the replica trade",
    source: "policy/lexicon, with the origin of each entry",
    counter_example: "an article about shipping agents",
    levels: 1,
    evaluate: Evaluate::Terms,
};
