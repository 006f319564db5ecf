//! `second_hand`: the goods are sold as used.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::policy::GuardKind;

pub(super) const SIGNAL: Signal = Signal {
    name: "second_hand",
    group: Group::Context,
    meaning: "the goods are sold as used, and used goods are cheaper",
    source: "titles of resale platforms",
    counter_example: "\"vintage style\" on new goods",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let span = reading.guard_span(GuardKind::SecondHand)?;
    // Used goods are cheap honestly, but nothing makes a bag at a twentieth of its price used.
    let cheap = reading.price.and_then(|price| price.share_of_floor()).is_some_and(|share| share < 250);
    (!cheap).then(|| Finding::words(span, 1000, format!("'{}' says that it is used", reading.quoted(span))))?
}
