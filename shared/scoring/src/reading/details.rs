//! Which size, code of a style and season does the text state, and may it lead to the seller? Few words can say any of it: one pass
//! over the bytes finds them, so that nothing has to read the whole text once more.

use super::Reading;
use super::sizes::{Size, Token, is_code, is_season, last_token, size, tokens};
use crate::Field;
use crate::policy::{Span, View};
use std::ops::Range;

/// What title and description state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Details {
    /// The first size.
    size: Option<(Size, Span)>,
    /// The maker's code of a style ("CW2288-111", "M40995"), which a buyer can look up.
    style_code: Option<Span>,
    /// The season of a collection ("FW19").
    season: Option<Span>,
    /// Whether an account, an address or a telephone number may stand somewhere.
    may_lead: bool,
}

impl Reading<'_> {
    fn details(&self) -> &Details {
        self.lazy.details.get_or_init(|| {
            let folded = self.folded(View::Plain);
            let mut details = Details::default();
            for part in folded.parts() {
                if matches!(part.field, Field::Title | Field::Description) {
                    details.read(&folded.text()[part.range.clone()], part.range.start);
                }
            }
            details
        })
    }

    /// The first size that title or description state.
    pub(crate) fn size(&self) -> Option<(Size, Span)> {
        self.details().size
    }

    /// The maker's code of a style ("CW2288-111", "M40995"), which a buyer can look up.
    pub(crate) fn style_code(&self) -> Option<Span> {
        self.details().style_code
    }

    /// The season of a collection ("FW19").
    pub(crate) fn season(&self) -> Option<Span> {
        self.details().season
    }

    /// Whether title or description may hold a way of reaching the seller; when not, there is none.
    pub(super) fn may_lead_to_seller(&self) -> bool {
        self.details().may_lead
    }
}

/// Letters that sizes are made of ("XXL"); other ASCII letters.
const SIZE_LETTER: u8 = 1;
const LETTER: u8 = 1 << 1;
const DIGIT: u8 = 1 << 2;
const POINT: u8 = 1 << 3;
/// Bytes of characters beyond ASCII, which may be letters or signs.
const BEYOND_ASCII: u8 = 1 << 4;
/// What ways of reaching the seller begin with or hold, besides points.
const AT_OR_PLUS: u8 = 1 << 5;
/// What no word holds.
const END: u8 = 1 << 6;
/// Signs that join the parts of a word, and stand around words as well.
const JOINTS: [char; 4] = ['.', '-', '/', '~'];

/// What each byte of folded text is.
static CLASSES: [u8; 256] = {
    let mut classes = [END; 256];
    let mut byte = u8::MIN;
    loop {
        classes[byte as usize] = match byte {
            b'x' | b's' | b'm' | b'l' => SIZE_LETTER,
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'.' => POINT,
            b'-' | b'/' | b'~' => 0,
            b'@' | b'+' => AT_OR_PLUS | END,
            0x80.. => BEYOND_ASCII,
            _ => END,
        };
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

impl Details {
    fn read(&mut self, text: &str, offset: usize) {
        let bytes = text.as_bytes();
        let (mut start, mut holds) = (0, 0);
        for (at, byte) in bytes.iter().enumerate() {
            holds |= CLASSES[usize::from(*byte)];
            if holds & END != 0 {
                if says_something(holds) {
                    self.read_chunk(text, start..at, holds, offset);
                }
                (start, holds) = (at + 1, 0);
            }
        }
        if says_something(holds) {
            self.read_chunk(text, start..bytes.len(), holds, offset);
        }
    }

    /// Reads what stands between two ends of words: one word, or several that signs beyond ASCII set apart.
    fn read_chunk(&mut self, text: &str, chunk: Range<usize>, holds: u8, offset: usize) {
        if holds & (AT_OR_PLUS | POINT) != 0 && !self.may_lead {
            self.may_lead = may_lead(text.as_bytes(), &chunk);
        }
        if holds & DIGIT != 0 || may_be_size(holds) {
            self.read_words(text, chunk, holds, offset);
        }
    }

    fn read_words(&mut self, text: &str, chunk: Range<usize>, holds: u8, offset: usize) {
        let before_chunk = || last_token(&text[..chunk.start]);
        if holds & BEYOND_ASCII == 0 {
            let word = text[chunk.clone()].trim_start_matches(JOINTS);
            let at = chunk.end - word.len();
            self.read_word((at, word.trim_end_matches(JOINTS)), before_chunk, offset);
            return;
        }
        let mut before = None;
        for (at, word) in tokens(&text[chunk.clone()]) {
            let token = (chunk.start + at, word);
            self.read_word(token, || before.or_else(before_chunk), offset);
            before = Some(token);
        }
    }

    fn read_word<'t>(&mut self, token: Token<'t>, before: impl FnOnce() -> Option<Token<'t>>, offset: usize) {
        let span = |range: Range<usize>| {
            // Fields are limited to some kilobytes.
            let (start, end) = (u32::try_from(offset + range.start).ok()?, u32::try_from(offset + range.end).ok()?);
            Some(Span { view: View::Plain, start, end })
        };
        let (at, word) = token;
        if self.size.is_none() {
            self.size = size(token, before).and_then(|(size, range)| Some((size, span(range)?)));
        }
        if self.style_code.is_none() && is_code(word) {
            self.style_code = span(at..at + word.len());
        }
        if self.season.is_none() && is_season(word) {
            self.season = span(at..at + word.len());
        }
    }
}

/// Whether a chunk that holds this may be anything that is looked for.
fn says_something(holds: u8) -> bool {
    holds & (DIGIT | POINT | AT_OR_PLUS) != 0 || may_be_size(holds)
}

/// Whether a chunk may be a size in letters: those alone make one, unless signs beyond ASCII set them apart from others.
fn may_be_size(holds: u8) -> bool {
    holds & SIZE_LETTER != 0 && holds & (LETTER | BEYOND_ASCII) != LETTER
}

/// Whether a way of reaching the seller may begin at the end of a chunk or hold one of its points: "@name", "+86", "example.com".
fn may_lead(bytes: &[u8], chunk: &Range<usize>) -> bool {
    let after = bytes.get(chunk.end + 1);
    match bytes.get(chunk.end) {
        Some(b'@') => return true,
        Some(b'+') if after.is_some_and(|byte| matches!(byte, b'1'..=b'9' | b' ' | b'(')) => return true,
        _ => {}
    }
    bytes[chunk.clone()].windows(2).any(|pair| pair[0] == b'.' && pair[1].is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(text: &str) -> Details {
        let mut details = Details::default();
        details.read(text, 0);
        details
    }

    #[test]
    fn sizes_are_read() {
        let check = |text: &str, expected: Option<(Size, &str)>| {
            let found = details(text).size.map(|(size, span)| (size, &text[span.range()]));
            assert_eq!(found, expected, "{text}");
        };
        check("shoes size 9.5", Some((Size::One(95), "size 9.5")));
        check("dress taille m", Some((Size::One(0), "taille m")));
        check("dress, size: ... xl. new", Some((Size::One(0), "size: ... xl")));
        check("размер «m»", Some((Size::One(0), "размер «m")));
        check("sneakers eu42", Some((Size::One(420), "eu42")));
        check("sneakers 36-45", Some((Size::Run(36, 45), "36-45")));
        check("hoodie (s-3xl)", Some((Size::Run(2, 7), "s-3xl")));
        check("hoodie m/xl", Some((Size::Run(3, 5), "m/xl")));
        check("made in the us m series", None);
        check("score 3-2, 2019-2020, 12-14", None);
    }

    #[test]
    fn codes_and_seasons_are_told_by_their_shape() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(details(text).style_code.map(|span| &text[span.range()]), expected, "{text}");
        };
        check("air force 1 (cw2288-111)", Some("cw2288-111"));
        check("neverfull m40995", Some("m40995"));
        check("submariner 116610ln 2019", Some("116610ln"));
        check("鞋子、cw2288-111。", Some("cw2288-111"));
        check("size 42, 2019, 100ml, 1080p", None);
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(details(text).season.map(|span| &text[span.range()]), expected, "{text}");
        };
        check("coat fw19", Some("fw19"));
        check("coat s/s2021", Some("s/s2021"));
        check("ss 316l, fw", None);
    }

    #[test]
    fn what_may_lead_to_the_seller_is_noticed() {
        let check = |text: &str, expected: bool| assert_eq!(details(text).may_lead, expected, "{text}");
        check("ig @luxe", true);
        check("kicks@example.com", true);
        check("call +86 138", true);
        check("see wa.me/86", true);
        check("size 9.5. new. 5+ pieces...", true);
        check("size 9.5, v.2. approx. +x", false);
    }
}
