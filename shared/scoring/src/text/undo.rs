//! Which words were written so that a search misses them? Undoes spacing, signs, digits for letters, look-alikes and repeats,
//! where the result is a word that matters.

use super::chars::{is_word_char, look_alike, may_look_alike, never_breaks};
use super::known::{DISGUISED_CHARS_MIN, KnownWords, SPACED_LETTERS_MIN};
use super::{Folded, Trick};
use std::ops::Range;

/// Longest word that is looked at, in bytes; brand names end well before.
const WORD_BYTES_MAX: usize = 48;
/// Longest separator between spaced letters, in bytes: a space, an emoji, a space.
const GAP_BYTES_MAX: usize = 8;

/// Rewrites `folded` into `undone` with every disguised word replaced. `false` when there was none, and `undone` is left alone.
pub fn undo(folded: &Folded, known: &KnownWords, undone: &mut Folded) -> bool {
    let mut found = Vec::new();
    for part in folded.parts() {
        disguised_words(folded.text(), part.range.clone(), known, &mut found);
    }
    if found.is_empty() {
        return false;
    }
    folded.rewrite(&found, undone);
    true
}

type Replacement = (Range<usize>, String, Trick);

/// What a look at the bytes of a word tells.
#[derive(Default)]
struct Shape {
    letters: u32,
    digits: u32,
    /// Signs that stand for letters or blot them out, or separators between letters.
    signs: u32,
    /// A character that may look like a letter of another script.
    may_look_alike: bool,
    repeats: bool,
    /// An ASCII letter without a letter or digit beside it.
    lone_letter: bool,
    non_ascii: bool,
}

impl Shape {
    fn of(word: &[u8]) -> Self {
        let mut shape = Self::default();
        let (mut last, mut repeated, mut run) = (0, 0, 0_u32);
        for &byte in word {
            let in_word = byte.is_ascii_alphanumeric();
            shape.lone_letter |= !in_word && run == 1;
            run = if in_word { run + 1 } else { 0 };
            match byte {
                b'a'..=b'z' => shape.letters += 1,
                b'0'..=b'9' => shape.digits += 1,
                0x80.. => {
                    shape.non_ascii = true;
                    shape.may_look_alike |= may_look_alike(byte);
                }
                b'*' | b'@' | b'$' | b'!' | b'|' | b'.' | b'_' | b'/' | b'~' | b'+' | b'#' => shape.signs += 1,
                _ => {}
            }
            repeated = if byte == last { repeated + 1 } else { 0 };
            shape.repeats |= repeated == 2 && byte.is_ascii_alphabetic();
            last = byte;
        }
        shape.lone_letter |= run == 1;
        shape
    }

    /// Whether the word may hold, or be, a letter of a run: a lone letter, or something that only a closer look can tell.
    fn may_stand_apart(&self, bytes: usize) -> bool {
        // A gap between letters may be a word of signs or an emoji.
        let is_short = self.letters + self.digits == 0 && bytes <= GAP_BYTES_MAX;
        self.lone_letter || is_short || (self.may_look_alike && self.signs > 0)
    }

    fn is_suspicious(&self) -> bool {
        self.may_look_alike || self.repeats || (self.letters > 0 && self.digits + self.signs > 0)
    }
}

/// Kinds of bytes, one bit each.
const LETTER: u8 = 1;
const OTHER_SCRIPT: u8 = 2;
const PUNCTUATION: u8 = 4;
const ANYTHING_ELSE: u8 = 8;
const CLASSES: [u8; 256] = {
    let mut classes = [ANYTHING_ELSE; 256];
    let mut byte = 0;
    while byte < 256 {
        if byte >= b'a' as usize && byte <= b'z' as usize {
            classes[byte] = LETTER;
        } else if byte >= 0x80 && (byte < 0xc2 || byte > 0xe2) {
            classes[byte] = OTHER_SCRIPT;
        }
        byte += 1;
    }
    let punctuation = b",;:?)\"'";
    let mut at = 0;
    while at < punctuation.len() {
        classes[punctuation[at] as usize] = PUNCTUATION;
        at += 1;
    }
    classes
};

/// Two or more letters, none of them three times in a row, and then nothing but punctuation.
fn is_plain_word(word: &[u8]) -> bool {
    let letters = word.iter().position(|byte| !byte.is_ascii_lowercase()).unwrap_or(word.len());
    let has_triple = word[..letters].windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
    letters > 1 && !has_triple && word[letters..].iter().all(|byte| CLASSES[*byte as usize] == PUNCTUATION)
}

fn disguised_words(text: &str, part: Range<usize>, known: &KnownWords, found: &mut Vec<Replacement>) {
    let bytes = text.as_bytes();
    let mut at = part.start;
    let mut run = LetterRun::default();
    while at < part.end {
        if bytes[at] == b' ' {
            at += 1;
            continue;
        }
        let start = at;
        let mut classes = 0;
        while at < part.end && bytes[at] != b' ' {
            classes |= CLASSES[bytes[at] as usize];
            at += 1;
        }
        let word = start..at;
        // Most words are letters and nothing else, or of a script without look-alikes: nothing to undo, and no letter of a run.
        let is_plain = (classes & !(LETTER | PUNCTUATION) == 0 && is_plain_word(&bytes[word.clone()]))
            || (classes == OTHER_SCRIPT && word.len() > GAP_BYTES_MAX);
        if is_plain {
            run.finish(text, known, found);
            continue;
        }
        let shape = Shape::of(&bytes[word.clone()]);
        if shape.may_stand_apart(word.len()) {
            run.extend(text, word.clone(), known, found);
        } else {
            run.finish(text, known, found);
        }
        if shape.is_suspicious() && word.len() <= WORD_BYTES_MAX {
            disguised_word(text, word, &shape, known, found);
        }
    }
    run.finish(text, known, found);
    // Replacements are applied from left to right; a run of letters wins over what was found inside it.
    found.sort_by_key(|(range, ..)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|(range, ..)| {
        let keep = range.start >= end;
        end = end.max(range.end);
        keep
    });
}

/// Letters that stand alone with the same gap between them: `g u c c i`, `n.i.k.e`, `n🔥i🔥k🔥e`.
#[derive(Default)]
struct LetterRun {
    /// Where each letter stands.
    letters: Vec<Range<usize>>,
    gap: String,
}

impl LetterRun {
    fn extend(&mut self, text: &str, word: Range<usize>, known: &KnownWords, found: &mut Vec<Replacement>) {
        let slice = &text[word.clone()];
        // A chunk without single letters between signs cannot belong to a run: most chunks leave here.
        let mut chars = slice.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if !is_word_char(c) {
                continue;
            }
            let next_joins = chars.peek().is_some_and(|(_, next)| is_word_char(*next));
            if next_joins || never_breaks(c) || !c.is_alphabetic() {
                self.finish(text, known, found);
                while chars.peek().is_some_and(|(_, next)| is_word_char(*next)) {
                    chars.next();
                }
                continue;
            }
            let letter = word.start + at..word.start + at + c.len_utf8();
            if let Some(before) = self.letters.last() {
                let gap = &text[before.end..letter.start];
                if self.letters.len() == 1 && gap.len() <= GAP_BYTES_MAX {
                    gap.clone_into(&mut self.gap);
                } else if gap != self.gap {
                    self.finish(text, known, found);
                }
            }
            self.letters.push(letter);
        }
    }

    #[inline]
    fn finish(&mut self, text: &str, known: &KnownWords, found: &mut Vec<Replacement>) {
        if self.letters.len() >= SPACED_LETTERS_MIN {
            let joined: String = self.letters.iter().map(|range| &text[range.clone()]).collect();
            // Look-alikes may be mixed in.
            let plain: String = joined.chars().map(|c| look_alike(c).unwrap_or(c)).collect();
            if known.has(&joined) || known.has(&plain) {
                found.push((self.letters[0].start..self.letters[self.letters.len() - 1].end, plain, Trick::Spaced));
            }
        }
        self.letters.clear();
    }
}

/// One chunk of text without spaces, such as `r0lex,` or `g*cci` or `guссi-bag`.
fn disguised_word(text: &str, chunk: Range<usize>, shape: &Shape, known: &KnownWords, found: &mut Vec<Replacement>) {
    let mut any = false;
    // Piece by piece first: `r0lex-style` holds one disguised word.
    let is_piece = |c: char| is_word_char(c) || matches!(c, '*' | '@' | '$' | '!' | '|');
    let mut at = chunk.start;
    for piece in text[chunk.clone()].split(|c| !is_piece(c)) {
        let range = at..at + piece.len();
        at = range.end + text[range.end..].chars().next().map_or(1, char::len_utf8);
        // A final exclamation mark is only loud.
        let piece = piece.trim_end_matches('!');
        let range = range.start..range.start + piece.len();
        if let Some((word, trick)) = undo_piece(piece, shape, known) {
            found.push((range, word, trick));
            any = true;
        }
    }
    if !any && shape.signs > 0 {
        // Then as a whole: `gu.cci`, `n_i_ke`.
        let whole = text[chunk.clone()].trim_matches(|c: char| !is_word_char(c));
        let joined: String = whole.chars().filter(|c| is_word_char(*c)).collect();
        if joined.len() < whole.len() && has_long_piece(whole) && known.is_disguised(&joined) && !known_in_pieces(whole, known) {
            let start = chunk.start + text[chunk].find(whole).unwrap_or(0);
            found.push((start..start + whole.len(), joined, Trick::Censored));
        }
    }
}

/// Letters that all stand alone are a [`LetterRun`].
fn has_long_piece(whole: &str) -> bool {
    whole.split(|c: char| !is_word_char(c)).any(|piece| piece.chars().nth(1).is_some())
}

/// `nike/jordan` is two words, not one broken up.
fn known_in_pieces(whole: &str, known: &KnownWords) -> bool {
    whole.split(|c: char| !is_word_char(c)).any(|piece| known.is_disguised(piece))
}

fn undo_piece(piece: &str, shape: &Shape, known: &KnownWords) -> Option<(String, Trick)> {
    if shape.non_ascii && !piece.is_ascii() {
        return undo_look_alikes(piece, known);
    }
    if piece.is_empty() || known.has(piece) {
        return None;
    }
    if piece.contains('*') {
        let letters = piece.chars().filter(char::is_ascii_alphabetic).count();
        let stars = piece.len() - letters;
        return (stars <= 2 && letters >= 2 && piece.chars().all(|c| c == '*' || c.is_ascii_alphabetic()))
            .then(|| known.blotted(piece))
            .flatten()
            .map(|word| (word.to_owned(), Trick::Censored));
    }
    let letters = piece.bytes().filter(u8::is_ascii_alphabetic).count();
    // Mostly letters: a code such as `1eg0` is no word.
    if letters < piece.len() && letters > piece.len() / 2 {
        for one in ['i', 'l'] {
            let word: String = piece.chars().map(|c| unleet(c, one)).collect();
            if known.is_disguised(&word) {
                return Some((word, Trick::Leet));
            }
        }
    }
    if shape.repeats {
        for keep in [1, 2] {
            let word = collapse(piece, keep);
            if word.len() < piece.len() && known.is_disguised(&word) {
                return Some((word, Trick::Repeated));
            }
        }
    }
    None
}

fn undo_look_alikes(piece: &str, known: &KnownWords) -> Option<(String, Trick)> {
    let mut word = String::with_capacity(piece.len());
    let mut mixed = false;
    for c in piece.chars() {
        if c.is_ascii() {
            mixed |= c.is_ascii_alphabetic();
            word.push(unleet(c, 'l'));
        } else {
            word.push(look_alike(c)?);
        }
    }
    // Letters of two scripts in one word are a disguise whatever the word; a word of one other script is that language, unless it
    // spells a known name.
    let long_enough = word.len() >= DISGUISED_CHARS_MIN;
    (long_enough && (mixed || known.is_disguised(&word)) && !known.has(piece)).then_some((word, Trick::LookAlike))
}

/// The letter that a digit or sign is put for; `1` and `!` stand for `i` or for `l`.
fn unleet(c: char, one: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | '|' => one,
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        c => c,
    }
}

/// Runs of three or more of a letter become `keep` of it.
fn collapse(word: &str, keep: usize) -> String {
    let mut out = String::with_capacity(word.len());
    let chars: Vec<char> = word.chars().collect();
    for run in chars.chunk_by(|a, b| a == b) {
        let count = if run.len() >= 3 { keep } else { run.len() };
        out.extend(std::iter::repeat_n(run[0], count));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, RawListing};

    fn known() -> KnownWords {
        KnownWords::of([
            "gucci",
            "nike",
            "rolex",
            "louis vuitton",
            "chanel",
            "supreme",
            "off-white",
            "replica",
            "ysl",
            "hermes",
            "lego",
            "mm6",
        ])
    }

    fn undone(title: &str) -> Option<(Folded, Folded)> {
        let mut raw = RawListing::default();
        raw.set(Field::ListingId, "1");
        raw.set(Field::Title, title);
        let mut folded = Folded::default();
        folded.fold(&raw.into_listing().unwrap());
        let mut undone = Folded::default();
        undo(&folded, &known(), &mut undone).then_some((folded, undone))
    }

    #[test]
    fn disguises_are_undone_and_traced() {
        let check = |title: &str, word: &str, source: &str, trick: Trick| {
            let (_, undone) = undone(title).unwrap_or_else(|| panic!("nothing undone in {title}"));
            let at = undone.text().find(word).unwrap_or_else(|| panic!("{word} not in {:?}", undone.text()));
            let range = at..at + word.len();
            assert_eq!(&title[undone.origin(&undone.parts()[0], &range)], source, "{title}");
            assert!(
                undone.tricks(range.clone()).any(|t| t == trick),
                "{title}: {:?}",
                undone.tricks(range.clone()).collect::<Vec<_>>()
            );
        };
        check("new Guссi bag", "gucci", "Guссi", Trick::LookAlike);
        check("Сһаnеl tote", "chanel", "Сһаnеl", Trick::LookAlike);
        check("G u c c i bag", "gucci", "G u c c i", Trick::Spaced);
        check("best G.U.C.C.I bag", "gucci", "G.U.C.C.I", Trick::Spaced);
        check("N🔥I🔥K🔥E shoes", "nike", "N🔥I🔥K🔥E", Trick::Spaced);
        check("N 🔥 I 🔥 K 🔥 E shoes", "nike", "N 🔥 I 🔥 K 🔥 E", Trick::Spaced);
        check("с н а n е l tote", "chanel", "с н а n е l", Trick::Spaced);
        check("L o u i s   V u i t t o n", "louisvuitton", "L o u i s   V u i t t o n", Trick::Spaced);
        check("R0lex-style", "rolex", "R0lex", Trick::Leet);
        check("ch@nel bag", "chanel", "ch@nel", Trick::Leet);
        check("$upreme!", "supreme", "$upreme", Trick::Leet);
        check("Guuucciii", "gucci", "Guuucciii", Trick::Repeated);
        check("N*ke air", "nike", "N*ke", Trick::Censored);
        check("gu.cci", "gucci", "gu.cci", Trick::Censored);
        check("rep1ica bag", "replica", "rep1ica", Trick::Leet);
        check("L0uis Vuitton", "louis vuitton", "L0uis Vuitton", Trick::Leet);
    }

    #[test]
    fn honest_words_are_left_alone() {
        for title in [
            "Gucci bag, size M",
            "iPhone 15 Pro 256GB",
            "Nike/Jordan Air Max 90",
            "Off-White belt",
            "U.S.A. made A B C",
            "красная сумка из кожи",
            "XXXL t-shirt!!!",
            "3 x AAA 1.5V",
            "part 1eg0 .052",
            "audio cable m m 6",
            "YSL lipstick",
            "café crème",
        ] {
            assert!(undone(title).is_none(), "{title}: {:?}", undone(title).map(|(_, u)| u.text().to_owned()));
        }
    }
}
