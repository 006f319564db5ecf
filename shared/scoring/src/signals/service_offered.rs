//! `service_offered`: a service is offered and no goods.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "service_offered",
    group: Group::Context,
    meaning: "the listing offers a repair, a rental or a cleaning, not the goods",
    source: "listings of service providers",
    counter_example: "\"serviced last year\", of a watch",
    levels: 1,
    evaluate: Evaluate::Terms,
};
