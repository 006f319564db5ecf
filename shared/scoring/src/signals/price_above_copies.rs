//! `price_above_copies`: the price is above what copies of such goods usually cost.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "price_above_copies",
    group: Group::Price,
    meaning: "the price is above what copies of such goods usually cost",
    source: "the reverse of price_like_copies",
    counter_example: "copies sold near the retail price, which is why it weighs little",
    levels: 3,
    evaluate: Evaluate::Reading(evaluate),
};

/// Shares of the usual upper end of prices of copies (thousandths) from which each degree begins.
const DEGREES: [i64; 3] = [1_150, 1_600, 2_500];
/// Beyond a hundred times, the price is a stand-in or a mistake.
const SHARE_MAX: i64 = 100_000;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    // Whoever calls the goods a copy may ask what he likes for it.
    let check = reading.price.filter(|_| !reading.says_copy())?;
    let share = check.share_of_copies().filter(|share| *share <= SHARE_MAX)?;
    let level = DEGREES.iter().rposition(|from| share >= *from)?;
    let asked = reading.asked()?;
    let goods = reading.policy.kind(reading.kind?).id.replace('_', " ");
    let why = [asked, " is more than copies of such goods (", &goods, ") usually cost"].concat();
    Finding::value(Field::Price, asked, 1000, why).map(|finding| finding.at_level(level))
}
