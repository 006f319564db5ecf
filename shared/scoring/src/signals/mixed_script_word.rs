//! `mixed_script_word`: a word of the title mixes scripts whose letters look alike.

use super::{Evaluate, Finding, Group, Signal};
use crate::policy::{Span, View};
use crate::reading::Reading;
use crate::text::look_alike;

pub(super) const SIGNAL: Signal = Signal {
    name: "mixed_script_word",
    group: Group::Evasion,
    meaning: "a word mixes letters of two scripts that look alike, so that it reads the same and is not found",
    source: "Unicode Technical Standard 39, on mixed-script confusables",
    counter_example: "words of two scripts joined by a hyphen (\"USB-кабель\"); look-alike letters in words of one script",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Shorter words are sizes and abbreviations, in which hands slip.
const LETTERS_MIN: usize = 4;

/// What letters of the alphabets that look like Latin ones begin with in UTF-8: U+0340 to U+053F.
const FOREIGN_FIRST_BYTES: std::ops::RangeInclusive<u8> = 0xcd..=0xd4;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if reading.listing.title.is_ascii() {
        return None;
    }
    let title = reading.title_span()?;
    let text = &reading.folded(View::Plain).text()[title.range()];
    if !text.bytes().any(|byte| FOREIGN_FIRST_BYTES.contains(&byte)) {
        return None;
    }
    let word = text.split(|c: char| !crate::text::is_word_char(c)).find(|word| is_mixed(word))?;
    let start = title.start + u32::try_from(word.as_ptr() as usize - text.as_ptr() as usize).ok()?;
    let span = Span { view: View::Plain, start, end: start + u32::try_from(word.len()).ok()? };
    Finding::words(span, 1000, format!("'{}' mixes letters of two scripts that look alike", reading.quoted(span)))
}

/// Whether Latin letters stand beside letters of another alphabet that all look like Latin ones.
fn is_mixed(word: &str) -> bool {
    if word.is_ascii() || !word.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let foreign = || letters().filter(|c| matches!(c, '\u{370}'..='\u{52f}'));
    letters().count() >= LETTERS_MIN
        && foreign().next().is_some()
        && foreign().all(|c| look_alike(c).is_some())
}
