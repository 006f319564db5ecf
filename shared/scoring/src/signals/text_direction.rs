//! `text_direction`: the text holds controls that turn its reading direction around.

use super::{Evaluate, Finding, Group, Signal};
use memchr::memchr;
use crate::reading::Reading;
use super::At;
use crate::{Field, Listing};

pub(super) const SIGNAL: Signal = Signal {
    name: "text_direction",
    group: Group::Evasion,
    meaning: "hidden controls turn the reading direction of the text around",
    source: "Unicode Standard Annex 9 and Technical Report 36",
    counter_example: "Arabic and Hebrew text turns by itself and needs no overrides",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Overrides make text show in another order than it is stored: nobody needs them in a listing.
const OVERRIDES: [char; 2] = ['\u{202d}', '\u{202e}'];

/// What both begin with in UTF-8, and what few texts hold: a search for one byte is many times faster than for a character.
const OVERRIDE_FIRST_BYTE: u8 = 0xe2;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let (field, at, c) = find(reading.listing)?;
    let why = format!("U+{:04X} turns the reading direction of the text around", u32::from(c));
    Some(Finding { share: 1000, level: 0, at: At::Bytes(field, at..at + c.len_utf8()), why, rule: None })
}

fn find(listing: &Listing) -> Option<(Field, usize, char)> {
    [Field::Title, Field::Brand, Field::Description].into_iter().find_map(|field| {
        let text = listing.text(field).filter(|text| memchr(OVERRIDE_FIRST_BYTE, text.as_bytes()).is_some())?;
        let found = OVERRIDES.into_iter().filter_map(|c| text.find(c).map(|at| (at, c)));
        found.min().map(|(at, c)| (field, at, c))
    })
}
