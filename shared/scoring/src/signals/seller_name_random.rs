//! `seller_name_random`: the shop's name is a row of random letters.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "seller_name_random",
    group: Group::Seller,
    meaning: "the shop's name is a row of letters that nobody can say, as made-up accounts have",
    source: "accounts opened by the hundred (Amazon brand protection reports)",
    counter_example: "initials and names in scripts without vowels: only long rows of Latin consonants count",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Longest run of consonants in names that people say: five, in "Schtsch".
const CONSONANTS_MIN: usize = 7;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let name = reading.listing.seller_name.as_deref().filter(|_| reading.sells_brand())?;
    let is_consonant = |byte: &u8| byte.is_ascii_alphabetic() && !b"aeiouyAEIOUY".contains(byte);
    let random = name.as_bytes().split(|byte| !is_consonant(byte)).any(|run| run.len() >= CONSONANTS_MIN);
    random.then(|| Finding::words(reading.span_of(Field::SellerName)?, 1000, format!("'{name}' is a row of letters and no name")))?
}
