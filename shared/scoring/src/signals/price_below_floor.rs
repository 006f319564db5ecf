//! `price_below_floor`: the price is below what genuine goods of that brand and kind cost, new or used.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::{Amount, Field};

pub(super) const SIGNAL: Signal = Signal {
    name: "price_below_floor",
    group: Group::Price,
    meaning: "the price is below the lowest price of genuine goods of that brand and kind, new or used",
    source: "price against brand is the strongest single signal on labelled listings: alone it reaches an average precision of 0.77",
    counter_example: "perfume, socks and children's wear of a luxury label: floors are kept by kind of goods",
    levels: 5,
    evaluate: Evaluate::Reading(evaluate),
};

/// Shares of the floor (thousandths) below which each degree begins. Floors are set low, so that just below one says nearly as
/// much as far below.
const DEGREES: [i64; 5] = [1000, 650, 350, 200, 100];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let check = reading.price?;
    let share_of_floor = check.share_of_floor()?;
    // A price of nearly nothing is a stand-in, which is another signal.
    if check.usd.0 <= Amount::ONE / 2 {
        return None;
    }
    let level = DEGREES.iter().rposition(|below| share_of_floor < *below)?;
    let asked = reading.asked()?;
    let goods = reading.category_name().unwrap_or("goods");
    let (name, floor) = (reading.brand_name()?, check.floor?);
    let why = format!("{asked} is {}% of the lowest price of genuine {name} {goods}, new or used: {floor} USD", share_of_floor / 10);
    Finding::value(Field::Price, asked, 1000, why).map(|finding| finding.at_level(level))
}
