//! What do the characters of a chunk, the text between two spaces, tell before anything is looked up?

use super::chars::{is_word_char, look_alike, may_look_alike};
use super::hangul;
use super::walk::GAP_BYTES_MAX;

/// Kinds of bytes, one bit each; a chunk, the text between two spaces, has those of all its bytes.
pub(super) type Kinds = u16;
pub(super) const LETTER: Kinds = 1;
pub(super) const DIGIT: Kinds = 2;
/// Signs that stand for letters or blot them out, or separators between letters.
pub(super) const SIGN: Kinds = 4;
const HYPHEN: Kinds = 8;
pub(super) const PUNCTUATION: Kinds = 16;
/// First bytes of characters that may look like a letter of another script.
const LOOK_ALIKE: Kinds = 32;
/// Of scripts without look-alikes.
pub(super) const OTHER_SCRIPT: Kinds = 64;
/// First bytes of what stands beyond the alphabets: an emoji, mostly.
const SYMBOL: Kinds = 128;
pub(super) const SPACE: Kinds = 256;
const ANYTHING_ELSE: Kinds = 512;
pub(super) const NON_ASCII: Kinds = LOOK_ALIKE | OTHER_SCRIPT | SYMBOL;
pub(super) const KINDS: [Kinds; 256] = {
    let mut kinds = [ANYTHING_ELSE; 256];
    let mut byte = 0_u8;
    loop {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'*' | b'@' | b'$' | b'!' | b'|' | b'.' | b'_' | b'/' | b'~' | b'+' | b'#' | b'`' => SIGN,
            b'-' => HYPHEN,
            b',' | b';' | b':' | b'?' | b')' | b'"' | b'\'' => PUNCTUATION,
            b' ' => SPACE,
            first if may_look_alike(first) => LOOK_ALIKE,
            0x80..0xf0 => OTHER_SCRIPT,
            0xf0.. => SYMBOL,
            _ => ANYTHING_ELSE,
        };
        if byte == u8::MAX {
            break kinds;
        }
        byte += 1;
    }
};

/// Two or more letters, none of them three times in a row, and then nothing but punctuation.
pub(super) fn is_plain_word(word: &[u8]) -> bool {
    let letters = word.iter().position(|byte| !byte.is_ascii_lowercase()).unwrap_or(word.len());
    letters > 1 && !has_triple(&word[..letters]) && word[letters..].iter().all(|byte| KINDS[*byte as usize] == PUNCTUATION)
}

/// A letter of ASCII three times in a row.
pub(super) fn has_triple(word: &[u8]) -> bool {
    word.windows(3).any(|three| three[0] == three[1] && three[1] == three[2] && three[0].is_ascii_alphabetic())
}

/// ASCII letters and digits without another beside them.
pub(super) fn lone_letters(word: &[u8]) -> usize {
    word.split(|byte| !byte.is_ascii_alphanumeric()).filter(|run| run.len() == 1).count()
}

/// With as many digits as letters it is a number: `256gb`.
fn has_more_letters_than_digits(word: &[u8]) -> bool {
    let count = |is_one: fn(&u8) -> bool| word.iter().filter(|byte| is_one(byte)).count();
    count(u8::is_ascii_lowercase) > count(u8::is_ascii_digit)
}

pub(super) fn is_suspicious(word: &[u8], kinds: Kinds) -> bool {
    let has = |kind: Kinds| kinds & kind != 0;
    has(LOOK_ALIKE | SYMBOL)
        || (has(LETTER) && has(SIGN))
        || (has(LETTER) && has(DIGIT) && has_more_letters_than_digits(word))
        || (has(NON_ASCII) && has(LETTER | SIGN | HYPHEN))
        || (has(LETTER) && has_triple(word))
}

/// Whether a chunk may hold, or be, a letter of a run: a lone letter, or something that only a closer look can tell.
pub(super) fn may_stand_apart(word: &[u8], kinds: Kinds) -> bool {
    // A gap between letters may be a chunk of signs or an emoji.
    let is_short = kinds & (LETTER | DIGIT) == 0 && word.len() <= GAP_BYTES_MAX;
    is_short || lone_letters(word) > 0
}

/// Without what may stand behind a word.
pub(super) fn bare(word: &[u8]) -> &[u8] {
    let end = word.iter().rposition(|byte| *byte != b'.' && KINDS[*byte as usize] != PUNCTUATION);
    &word[..end.map_or(0, |last| last + 1)]
}

/// Letters of one script are that language, unless all of them look like those of another.
pub(super) fn is_of_one_script(word: &str) -> bool {
    let script = word.chars().next().map(script);
    let is_one = |c: char| is_word_char(c) && Some(self::script(c)) == script && !hangul::is_jamo(c);
    !word.is_empty() && word.chars().all(is_one) && word.chars().any(|c| look_alike(c).is_none())
}

/// Two or more letters of a script in which none looks like another of it, as in Arabic.
pub(super) fn is_several(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|first| script(first) != ARABIC) && chars.next().is_some()
}

/// Whether a letter is one of an alphabet, and not a syllable or a word.
pub(super) fn is_of_alphabet(c: char) -> bool {
    c < '\u{1100}'
}

const ARABIC: u32 = 6;

/// The script of a letter, by where it stands: near enough for the scripts that share no block.
fn script(c: char) -> u32 {
    match u32::from(c) {
        0..0x250 => 0,
        0x400..0x530 => 0x4,
        0x600..0x700 | 0x750..0x780 => ARABIC,
        code => code >> 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_told_from_what_is_suspicious() {
        let check = |word: &str, plain: bool, suspicious: bool| {
            let kinds = word.bytes().fold(0, |kinds, byte| kinds | KINDS[usize::from(byte)]);
            assert_eq!(is_plain_word(word.as_bytes()), plain, "{word}");
            assert_eq!(is_suspicious(word.as_bytes(), kinds), suspicious, "{word}");
        };
        check("bag", true, false);
        check("bag),", true, false);
        check("a", false, false);
        check("bag.", false, true);
        check("guuucci", false, true);
        check("g*cci", false, true);
        check("r0lex", false, true);
        check("gu🔥cci", false, true);
        check("2024", false, false);
        check("256gb", false, false);
        check("women's", false, false);
        check("高仿", false, false);
        check("копия", false, true);
    }

    #[test]
    fn letters_that_stand_alone_are_counted() {
        let check = |word: &str, expected: usize| assert_eq!(lone_letters(word.as_bytes()), expected, "{word}");
        check("g-u-c", 3);
        check("gu.c", 1);
        check("gucci", 0);
    }

    #[test]
    fn words_are_of_one_script() {
        let check = |word: &str, one: bool, several: bool| {
            assert_eq!((is_of_one_script(word), is_several(word)), (one, several), "{word}");
        };
        check("копия", true, true);
        check("я", true, false);
        check("сосо", false, true);
        check("кoпия", false, true);
        check("تقليد", true, false);
        check("", false, false);
    }

    #[test]
    fn what_stands_behind_a_word_is_no_part_of_it() {
        let check = |word: &str, expected: &str| assert_eq!(bare(word.as_bytes()), expected.as_bytes(), "{word}");
        check("bag.\")", "bag");
        check("g.b", "g.b");
        check("...", "");
    }
}
