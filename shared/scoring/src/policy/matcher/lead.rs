//! Which of its first bytes is a pattern looked up by? Its whole first word, or its first character where nothing tells words apart,
//! and a little of what follows.

use crate::text::{is_word_char, never_breaks};

/// Bytes that are compared at once.
pub(super) const KEY_BYTES: usize = 8;

/// The first bytes, the first of them lowest; zeros, which no pattern contains, behind the end.
pub(super) fn key(bytes: &[u8]) -> u64 {
    bytes
        .first_chunk()
        .map_or_else(|| bytes.iter().rev().fold(0, |key, byte| key << 8 | u64::from(*byte)), |chunk| u64::from_le_bytes(*chunk))
}

/// The first `length` bytes of a key.
pub(super) fn first_bytes(key: u64, length: usize) -> u64 {
    if length < KEY_BYTES { key & ((1 << (8 * length)) - 1) } else { key }
}

/// A first word, or a first character where no word begins.
#[derive(Clone, Copy)]
pub(super) struct Lead {
    pub(super) length: usize,
    /// Its upper bits are the good ones.
    pub(super) hash: u64,
}

/// How many of the bytes behind its lead decide on a pattern: as many of these as it has. A space and the beginning of a word, or a
/// character or two of Chinese.
pub(super) const DECIDING_LENGTHS: [usize; 3] = [0, 3, 5];

/// Any odd number of many bits mixes; this is the golden ratio's.
const MIXER: u64 = 0x9e37_79b9_7f4a_7c15;

impl Lead {
    /// The first `length` bytes of `text`, of which `head` is the key.
    #[inline]
    pub(super) fn new(text: &[u8], head: u64, length: usize) -> Self {
        // Longer words that begin and end alike share a hash, which is no harm: patterns are compared in the end.
        let last = if length > KEY_BYTES { key(&text[length - KEY_BYTES..]).rotate_left(32) } else { 0 };
        Self { length, hash: (first_bytes(head, length) ^ last ^ length as u64).wrapping_mul(MIXER) }
    }

    /// The hash of the lead and of the `deciding` bytes behind it, of which `next` is the key.
    #[inline]
    pub(super) fn hash_with(self, next: u64, deciding: usize) -> u64 {
        (self.hash.rotate_left(32) ^ first_bytes(next, deciding) ^ deciding as u64).wrapping_mul(MIXER)
    }

    /// The hashes for every number of bytes that may decide.
    #[inline]
    pub(super) fn hashes(self, text: &[u8]) -> [u64; DECIDING_LENGTHS.len()] {
        let next = key(&text[self.length..]);
        DECIDING_LENGTHS.map(|deciding| self.hash_with(next, deciding))
    }
}

/// Whether a word goes on before and behind the character.
pub(super) fn joins(c: char) -> bool {
    is_inside_word(c) || is_hangul(c)
}

/// Whether a pattern may end behind the character whatever follows: scripts without spaces need no boundary, and Korean words take endings.
pub(super) fn ends_anywhere(c: char) -> bool {
    !is_inside_word(c)
}

/// Whether a word goes on and no pattern ends behind the character.
#[inline]
fn is_inside_word(c: char) -> bool {
    match c {
        // Most of what is asked for, told first.
        '\u{430}'..='\u{44f}' => true,
        '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{30fa}' => false,
        c => is_word_char(c) && !never_breaks(c) && !is_hangul(c),
    }
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Length in bytes of the word of a few ASCII letters and digits at the beginning of a text of which `head` is the key: of most
/// words. `None` where something else begins, which takes [`lead_and_rest`].
#[inline]
pub(super) fn short_word_length(head: u64) -> Option<usize> {
    let others = not_alphanumeric(head);
    let bits = others.trailing_zeros() & !7;
    let is_ascii = head.checked_shr(bits)? & 0x80 == 0;
    (bits > 0 && is_ascii).then_some(bits as usize / 8)
}

/// Lengths in bytes of the lead at the beginning of a text that is not empty, and of what joins it as a part of the same word, where
/// no pattern begins. The lead is the first word, as far as no pattern can end inside it, so that where the word begins a pattern it
/// is the whole of the pattern's first word; or else it is the first character.
pub(super) fn lead_and_rest(text: &str) -> (usize, usize) {
    let Some(first) = text.chars().next() else { return (1, 0) };
    let (lead, goes_on) = if is_inside_word(first) {
        let word = word_length(text);
        (word, text.as_bytes().get(word).is_some_and(|byte| !byte.is_ascii()))
    } else {
        (first.len_utf8(), is_hangul(first))
    };
    let rest = if goes_on { text[lead..].chars().take_while(|c| joins(*c)).map(char::len_utf8).sum() } else { 0 };
    (lead, rest)
}

fn word_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        while let Some(c) = text[at..].chars().next().filter(|c| !c.is_ascii()) {
            if !is_inside_word(c) {
                return at;
            }
            at += c.len_utf8();
        }
        let others = not_alphanumeric(key(&bytes[at..]));
        let run = others.trailing_zeros() as usize / 8;
        at += run;
        if run < KEY_BYTES && bytes.get(at).is_none_or(u8::is_ascii) {
            return at;
        }
    }
}

/// The upper bit of every byte that is no ASCII letter or digit; eight at once, since this is done for every word of every text.
#[inline]
fn not_alphanumeric(bytes: u64) -> u64 {
    const UPPER: u64 = splat(0x80);
    // No sum carries over: what is added is below 0x80, as are the bytes.
    let bytes_low = bytes & !UPPER;
    let at_least = |bytes: u64, least: u8| bytes + splat(0x80 - least);
    let small = bytes_low | splat(b'a' - b'A');
    let letters = at_least(small, b'a') & !at_least(small, b'z' + 1);
    let digits = at_least(bytes_low, b'0') & !at_least(bytes_low, b'9' + 1);
    (!(letters | digits) | bytes) & UPPER
}

const fn splat(byte: u8) -> u64 {
    0x0101_0101_0101_0101 * byte as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_is_a_word_or_a_character() {
        let check = |text: &str, expected: &str, rest: &str| {
            assert_eq!(lead_and_rest(text), (expected.len(), rest.len()), "{text}");
            if let Some(length) = short_word_length(key(text.as_bytes())) {
                assert_eq!(length, expected.len(), "{text}");
            }
        };
        check("bag", "bag", "");
        check("bag of rice", "bag", "");
        check("counterfeiting-free", "counterfeiting", "");
        check("eightbit", "eightbit", "");
        check("sevenbi", "sevenbi", "");
        check("копия, дёшево", "копия", "");
        check("pумка2000-", "pумка2000", "");
        check("calculuм", "calculuм", "");
        check("aaa高品质aaa", "aaa", "");
        check("레플리카 b", "레", "플리카");
        check("s급레플a", "s", "급레플a");
        check("高仿", "高", "");
        check("(w)", "(", "");
    }

    #[test]
    fn eight_bytes_are_classified_as_one_by_one() {
        for byte in 0..=u8::MAX {
            for place in 0..KEY_BYTES {
                let mut bytes = *b"a0z9AZm5";
                bytes[place] = byte;
                let expected = if byte.is_ascii_alphanumeric() { 0 } else { 0x80 << (8 * place) };
                assert_eq!(not_alphanumeric(u64::from_le_bytes(bytes)), expected, "{byte} at {place}");
            }
        }
    }
}
