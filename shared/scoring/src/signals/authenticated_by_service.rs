//! `authenticated_by_service`: a known service has authenticated the goods.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "authenticated_by_service",
    group: Group::Context,
    meaning: "the words name a service that examines goods",
    source: "services that marketplaces work with",
    counter_example: "\"passes any check\", which is another signal",
    levels: 1,
    evaluate: Evaluate::Terms,
};
