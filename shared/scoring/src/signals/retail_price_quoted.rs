//! `retail_price_quoted`: a shop's price is quoted that is many times the price asked.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "retail_price_quoted",
    group: Group::Price,
    meaning: "the words quote a shop's price that is many times the price asked",
    source: "offers of copies set retail prices beside their own",
    counter_example: "resale at half the price of new goods",
    levels: 2,
    evaluate: Evaluate::Uses(evaluate),
};

/// How many times the price asked the price quoted is, at which each degree begins.
const DEGREES: [i64; 2] = [4, 10];

fn evaluate(reading: &Reading<'_>, signal: usize) -> Option<Finding> {
    let price = reading.listing.price.filter(|price| price.0 > 0 && reading.sells_brand())?;
    let uses = reading.terms.iter().filter(|term_use| term_use.signal == signal);
    let (times, span) = uses.filter_map(|term_use| Some((reading.amount_after(term_use.span)?.0 / price.0, term_use.span))).max_by_key(|(times, _)| *times)?;
    let level = DEGREES.iter().rposition(|from| *from <= times)?;
    let why = format!("the price quoted as that of a shop is {times} times the price asked");
    Finding::words(span, 1000, why).map(|finding| finding.at_level(level))
}
