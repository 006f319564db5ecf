//! `discount_claimed`: a large discount is claimed: "80% off".

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::{Span, View};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "discount_claimed",
    group: Group::Price,
    meaning: "the words claim a discount that honest shops of such brands do not give",
    source: "advice of consumer protection agencies on online shopping",
    counter_example: "\"100% cotton\"; a sale at half the price, which weighs little",
    levels: 3,
    evaluate: Evaluate::Reading(evaluate),
};

/// Discounts in percent at which each degree begins.
const DEGREES: [u32; 3] = [50, 70, 85];
/// Words behind and before a percentage that make it a discount, folded.
const BEHIND: &[&str] = &["off", "discount", "rabatt", "de reduction", "de remise", "de descuento", "dto", "di sconto", "de desconto", "indirim", "割引", "オフ", "할인", "скидк"];
const BEFORE: &[&str] = &["save", "sale", "discount", "up to", "скидка", "скидки", "до", "rabatt", "sconto", "descuento", "desconto", "remise", "solde", "soldes", "-"];
/// Most percentages that are looked at, which bounds the work.
const PERCENTAGES_MAX: usize = 8;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() {
        return None;
    }
    let text = reading.folded(View::Plain).text();
    let found = text.match_indices('%').take(PERCENTAGES_MAX).filter_map(|(at, _)| {
        let end = u32::try_from(at + 1).ok()?;
        let sign = Span { view: View::Plain, start: end - 1, end };
        let percent = reading.number_before(sign).filter(|percent| (DEGREES[0]..=95).contains(percent))?;
        let number = text[..at].trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
        let is_claim = BEHIND.iter().any(|word| text[at + 1..].trim_start().starts_with(word))
            || BEFORE.iter().any(|word| number.trim_end_matches([' ', ':']).ends_with(word));
        let start = u32::try_from(number.len()).ok()?;
        let is_read = matches!(reading.field(sign), Field::Title | Field::Description);
        (is_claim && is_read).then_some((percent, Span { view: View::Plain, start, end }))
    });
    let (percent, span) = found.max_by_key(|(percent, _)| *percent)?;
    let level = DEGREES.iter().rposition(|from| *from <= percent)?;
    Finding::words(span, 1000, format!("'{}' claims a discount of {percent}%", reading.quoted(span))).map(|finding| finding.at_level(level))
}
