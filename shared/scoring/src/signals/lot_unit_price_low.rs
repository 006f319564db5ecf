//! `lot_unit_price_low`: a piece of the lot costs next to nothing.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::GuardKind;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "lot_unit_price_low",
    group: Group::Price,
    meaning: "a single piece of the lot costs a small part of what such goods cost new",
    source: "offers of copies on wholesale platforms",
    counter_example: "packs of socks and underwear, whose prices are kept by kind",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Share of the price of new goods (thousandths) below which a piece counts.
const BELOW: i64 = 200;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let share = reading.price?.share_of_new().filter(|_| !reading.guards.anywhere(GuardKind::SecondHand))?;
    let (pieces, _) = reading.pieces()?;
    if share / i64::from(pieces) >= BELOW {
        return None;
    }
    let (asked, name) = (reading.asked()?, reading.brand_name()?);
    let why = format!(
        "{asked} for {pieces} pieces is {}% a piece of what {name} goods of this kind cost new",
        share / i64::from(pieces) / 10
    );
    Finding::value(Field::Price, asked, 1000, why)
}
