//! `price_plausible`: the price is one that genuine goods of that brand and kind have.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::Field;

pub(super) const SIGNAL: Signal = Signal {
    name: "price_plausible",
    group: Group::Price,
    meaning: "the price is in the range of genuine goods",
    source: "the reverse of price_against_new",
    counter_example: "sellers of good copies price near retail, so it weighs less than its reverse",
    levels: 3,
    evaluate: Evaluate::Reading(evaluate),
};

/// Shares of the price of new goods (thousandths) from which each degree begins; an outlet asks three quarters.
const DEGREES: [i64; 3] = [600, 800, 1_100];
/// The same for the floor, where the price of new goods is not known: only the first degrees.
const DEGREES_OF_FLOOR: [i64; 2] = [1_500, 4_000];
/// Beyond twenty times the price of new goods, or fifty times the floor, it says nothing any more: a stand-in or a mistake.
const NEW_MAX: i64 = 20_000;
const FLOOR_MAX: i64 = 50_000;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    // Whoever calls the goods a copy may ask what he likes for it.
    let check = reading.price.filter(|_| !reading.says_copy())?;
    let level = match check.share_of_new() {
        Some(share) => DEGREES.iter().rposition(|from| share >= *from).filter(|_| share <= NEW_MAX),
        None => {
            let share = check.share_of_floor()?;
            DEGREES_OF_FLOOR.iter().rposition(|from| share >= *from).filter(|_| share <= FLOOR_MAX)
        }
    }?;
    let (asked, name) = (reading.asked()?, reading.brand_name()?);
    let why = [asked, " is a usual price of genuine ", name].concat();
    Finding::value(Field::Price, asked, 1000, why).map(|finding| finding.at_level(level))
}
