//! What does a quick look at the bytes of a word tell: is it plain, or worth reading letter by letter?

use super::chars::may_look_alike;
use super::walk::GAP_BYTES_MAX;

/// What a look at the bytes of a chunk, the text between two spaces, tells.
#[derive(Default)]
pub(super) struct Shape {
    pub(super) letters: u32,
    pub(super) digits: u32,
    /// Signs that stand for letters or blot them out, or separators between letters.
    pub(super) signs: u32,
    hyphens: u32,
    /// A character that may look like a letter of another script.
    may_look_alike: bool,
    /// A character beyond the alphabets: an emoji, mostly.
    symbol: bool,
    repeats: bool,
    /// ASCII letters and digits without another beside them.
    pub(super) lone: u32,
    pub(super) non_ascii: bool,
}

impl Shape {
    pub(super) fn of(word: &[u8]) -> Self {
        let mut shape = Self::default();
        let (mut last, mut repeated, mut run) = (0, 0, 0_u32);
        for &byte in word {
            let in_word = byte.is_ascii_alphanumeric();
            shape.lone += u32::from(!in_word && run == 1);
            run = if in_word { run + 1 } else { 0 };
            match byte {
                b'a'..=b'z' => shape.letters += 1,
                b'0'..=b'9' => shape.digits += 1,
                0x80.. => {
                    shape.non_ascii = true;
                    shape.may_look_alike |= may_look_alike(byte);
                    shape.symbol |= byte >= 0xf0;
                }
                b'*' | b'@' | b'$' | b'!' | b'|' | b'.' | b'_' | b'/' | b'~' | b'+' | b'#' | b'`' => shape.signs += 1,
                b'-' => shape.hyphens += 1,
                _ => {}
            }
            repeated = if byte == last { repeated + 1 } else { 0 };
            shape.repeats |= repeated == 2 && byte.is_ascii_alphabetic();
            last = byte;
        }
        shape.lone += u32::from(run == 1);
        shape
    }

    /// Whether the chunk may hold, or be, a letter of a run: a lone letter, or something that only a closer look can tell.
    pub(super) fn may_stand_apart(&self, bytes: usize) -> bool {
        // A gap between letters may be a chunk of signs or an emoji.
        let is_short = self.letters + self.digits == 0 && bytes <= GAP_BYTES_MAX;
        self.lone > 0 || is_short
    }

    pub(super) fn is_suspicious(&self) -> bool {
        self.may_look_alike
            || self.symbol
            || self.repeats
            || (self.letters > 0 && self.signs > 0)
            // With more digits than letters it is a number: `256gb`.
            || (self.digits > 0 && self.letters > self.digits)
            || (self.non_ascii && self.letters + self.signs + self.hyphens > 0)
    }
}

/// Kinds of bytes, one bit each.
pub(super) const LETTER: u8 = 1;
pub(super) const OTHER_SCRIPT: u8 = 2;
pub(super) const PUNCTUATION: u8 = 4;
const ANYTHING_ELSE: u8 = 8;
pub(super) const CLASSES: [u8; 256] = {
    let mut classes = [ANYTHING_ELSE; 256];
    let mut byte = 0;
    while byte < 256 {
        if byte >= b'a' as usize && byte <= b'z' as usize {
            classes[byte] = LETTER;
        } else if byte >= 0x80 && (byte < 0xc2 || (byte > 0xe2 && byte < 0xf0)) {
            classes[byte] = OTHER_SCRIPT;
        }
        byte += 1;
    }
    let punctuation = b",;:?).\"'";
    let mut at = 0;
    while at < punctuation.len() {
        classes[punctuation[at] as usize] = PUNCTUATION;
        at += 1;
    }
    classes
};

/// Two or more letters, none of them three times in a row, and then nothing but punctuation.
pub(super) fn is_plain_word(word: &[u8]) -> bool {
    let letters = word.iter().position(|byte| !byte.is_ascii_lowercase()).unwrap_or(word.len());
    let has_triple = word[..letters].windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
    letters > 1 && !has_triple && word[letters..].iter().all(|byte| CLASSES[*byte as usize] == PUNCTUATION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suspicious_chunks_are_told_from_plain_ones() {
        let check = |chunk: &str, plain: bool, suspicious: bool| {
            assert_eq!(is_plain_word(chunk.as_bytes()), plain, "{chunk}");
            assert_eq!(Shape::of(chunk.as_bytes()).is_suspicious(), suspicious, "{chunk}");
        };
        check("bag,", true, false);
        check("bag.", true, true);
        check("gu.cci", false, true);
        check("r0lex", false, true);
        check("256gb", false, false);
        check("guuucci", false, true);
        check("guссi", false, true);
        check("women's", false, false);
        assert_eq!(Shape::of(b"g-u-c").lone, 3);
    }
}
