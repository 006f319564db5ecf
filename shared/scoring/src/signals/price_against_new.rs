//! `price_against_new`: how far is the price below what new goods of that brand and kind cost, when nothing says that they are used?

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::{Copied, GuardKind};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "price_against_new",
    group: Group::Price,
    meaning: "the price is below what new goods of that brand and kind cost, and nothing says that they are used",
    source: "regular prices by brand and kind of goods, written for this project; marketplaces name the distance from them first",
    counter_example: "a sale or an outlet: the first degrees weigh little; used goods that say so",
    levels: 8,
    evaluate: Evaluate::Reading(evaluate),
};

/// Shares of the price of new goods (thousandths) below which each degree begins.
pub(super) const DEGREES: [i64; 8] = [800, 600, 450, 330, 240, 170, 110, 60];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if reading.guards.anywhere(GuardKind::SecondHand) {
        return None;
    }
    finding(reading, "and nothing says that they are used")
}

/// The finding for the degree that the price reaches; none for a price near that of new goods.
pub(super) fn finding(reading: &Reading<'_>, words: &str) -> Option<Finding> {
    let check = reading.price?;
    let (share, new) = (check.share_of_new()?, check.new?);
    let level = DEGREES.iter().rposition(|below| share < *below)?;
    let (asked, name) = (reading.asked()?, reading.brand_name()?);
    let goods = match (reading.priced_model(), reading.kind) {
        (Some(model), _) => model.name.clone(),
        (None, Some(kind)) => format!("goods of this kind ({})", reading.policy.kind(kind).id.replace('_', " ")),
        (None, None) => "goods".to_owned(),
    };
    let why = format!("{asked} is {}% of what {name} {goods} cost new, about {new} USD, {words}", share / 10);
    Finding::value(Field::Price, asked, share_by_kind(reading), why).map(|finding| finding.at_level(level))
}

/// Share of the weight (thousandths) that a low price is worth. Of kinds that are hardly copied, a dear house's old heels or coats, used
/// ones are sold for little by people who forget to say so.
pub(super) fn share_by_kind(reading: &Reading<'_>) -> u16 {
    match reading.kind.map(|kind| reading.policy.kind(kind).copied) {
        Some(Copied::Rarely) => 550,
        Some(Copied::Sometimes) | None => 850,
        Some(Copied::Often) => 1000,
    }
}
