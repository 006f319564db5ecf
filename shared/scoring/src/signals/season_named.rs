//! `season_named`: the season of the collection is named: "FW19".

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "season_named",
    group: Group::Context,
    meaning: "the season of the collection is named, as collectors and boutiques do",
    source: "listings of resale platforms",
    counter_example: "\"SS 316L\" is steel",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() || !reading.is_in(&["shoes", "clothing", "bags", "accessories", "eyewear"]) {
        return None;
    }
    let span = reading.season()?;
    Finding::words(span, 1000, format!("'{}' names the season of the collection", reading.quoted(span)))
}
