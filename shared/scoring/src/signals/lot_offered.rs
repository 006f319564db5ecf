//! `lot_offered`: goods of a brand are offered by the lot.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "lot_offered",
    group: Group::Price,
    meaning: "goods of a brand are offered by the lot, as factories and wholesalers do",
    source: "offers of copies on wholesale platforms",
    counter_example: "a pack of three pairs of socks",
    levels: 2,
    evaluate: Evaluate::Reading(evaluate),
};

/// Numbers of pieces at which each degree begins.
const DEGREES: [u32; 2] = [5, 20];
/// Goods that honest shops sell by the dozen.
const BY_THE_PACK: &[&str] = &["food", "health", "media", "home", "toys", "cosmetics", "perfume", "electronics", "automotive"];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() || reading.is_in(BY_THE_PACK) {
        return None;
    }
    let (pieces, span) = reading.pieces()?;
    let level = DEGREES.iter().rposition(|from| *from <= pieces)?;
    Finding::words(span, 1000, format!("{pieces} pieces of {} are offered at once", reading.brand_name()?)).map(|finding| finding.at_level(level))
}
