//! Which words are worth undoing a disguise for? Those of brand names and of the lexicon, by their letters.

use super::Trick;
use super::chars::{is_word_char, never_breaks};
use super::spellings::{Spellings, Syllable};
use bitcode::{Decode, Encode};
use std::collections::BTreeMap;
use std::ops::Range;

/// Shortest word that is looked for behind digits, signs and repeats, in letters. Shorter ones are mostly model numbers.
pub(super) const DISGUISED_CHARS_MIN: usize = 4;
/// Shortest run of single letters that is read as a word.
pub(super) const SPACED_LETTERS_MIN: usize = 3;
/// Shortest word of a script that is written without spaces: two characters say as much as two syllables.
pub(super) const IDEOGRAPHS_MIN: usize = 2;

/// How far a word may be changed and still be recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worth {
    /// Only all of it together: a known misspelling, whose parts say nothing.
    Whole,
    /// Its letters are all there, in order.
    Letters,
    /// It is looked for in other spellings, too: a brand's name, or a word that names a copy.
    Spellings,
}

/// The words of brand names and of the lexicon, folded.
#[derive(Debug, Default, Encode, Decode)]
pub struct KnownWords {
    /// Their letters and digits, sorted, so that those that begin alike stand together.
    letters: Words,
    /// How the policy writes them: the same with what stands between the letters.
    written: Words,
    /// Where the words with each first byte begin, and one entry more.
    first: Vec<u32>,
    /// One bit for the hash of every beginning of a word: most letters do not go on to one, and nothing is searched for them.
    beginnings: Vec<u64>,
    spellings: Spellings,
    /// Positions of those that are looked for in other spellings, too.
    names: Vec<u32>,
}

/// A word, while the policy is compiled.
pub(super) struct Entry {
    pub(super) written: String,
    pub(super) worth: Worth,
    /// Whether it is a name or a term by itself, not a part of one.
    pub(super) is_whole: bool,
}

/// Words in one piece.
#[derive(Debug, Default, Encode, Decode)]
pub(super) struct Words {
    text: String,
    /// Where each word ends in `text`.
    ends: Vec<u32>,
}

/// Known words that begin alike.
#[derive(Clone, Debug)]
pub(super) struct Beginning {
    words: Range<usize>,
    /// Length of what they have in common, in bytes.
    length: usize,
    /// Its hash.
    hash: u64,
}

/// Two to the power of this many bits say which beginnings there are: an eighth of them set, and small enough for the second cache.
const BEGINNING_BITS: u32 = 20;

/// The hash of a beginning and one letter more. Its upper bits are the good ones.
fn hash_with(hash: u64, letter: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(letter)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn beginning_place(hash: u64) -> (usize, u64) {
    let at = usize::try_from(hash >> (64 - BEGINNING_BITS)).unwrap_or(0);
    (at / 64, 1 << (at % 64))
}

impl KnownWords {
    /// Every word of folded names and terms, and each of these as a whole. Words of `ordinary` are never taken for a misspelling.
    #[must_use]
    pub fn of<'n>(names: impl IntoIterator<Item = (&'n str, Worth)>, ordinary: &[String]) -> Self {
        let mut words: BTreeMap<String, Entry> = BTreeMap::new();
        // A name that the policy itself lists with its letters set apart is the name.
        let is_set_apart = |name: &str| name.split(' ').all(|piece| piece.chars().nth(1).is_none());
        let names: Vec<_> = names.into_iter().filter(|(name, _)| !is_set_apart(name)).collect();
        // Whole names first: where a name and a part of another have the same letters, the name is meant.
        for (name, worth) in &names {
            let new = || Entry { written: name.trim().to_owned(), worth: *worth, is_whole: true };
            let entry = words.entry(letters_of(name)).or_insert_with(new);
            // A spelling that is only known as a dodge is not how the policy writes the name.
            if *worth > entry.worth {
                *entry = new();
            }
        }
        for (name, worth) in names.iter().filter(|(_, worth)| *worth > Worth::Whole) {
            for piece in name.split(|c: char| !is_letter(c)).filter(|piece| !piece.is_empty()) {
                let new = || Entry { written: piece.to_owned(), worth: *worth, is_whole: false };
                let entry = words.entry(piece.to_owned()).or_insert_with(new);
                entry.worth = entry.worth.max(*worth);
            }
        }
        words.retain(|letters, _| {
            let count = letters.chars().count();
            count >= if letters.chars().any(is_dense) { IDEOGRAPHS_MIN } else { SPACED_LETTERS_MIN }
        });
        let mut known = Self { beginnings: vec![0; (1 << BEGINNING_BITS) / 64], ..Self::default() };
        for (letters, entry) in &words {
            known.letters.push(letters);
            known.written.push(&entry.written);
            let mut hash = 0;
            for letter in letters.chars() {
                hash = hash_with(hash, letter);
                let (word, bit) = beginning_place(hash);
                known.beginnings[word] |= bit;
            }
        }
        let begins = |byte: usize| (0..known.letters.len()).find(|at| usize::from(known.letters.get(*at).as_bytes()[0]) >= byte);
        known.first = (0..=256).map(|byte| begins(byte).unwrap_or(known.letters.len())).map(number).collect();
        let worth = words.iter().zip(0..).filter(|((_, entry), _)| entry.worth == Worth::Spellings);
        known.names = worth.map(|(_, at)| at).collect();
        known.spellings = Spellings::of(&words, ordinary);
        known
    }

    /// The word that this one, of letters alone, is another spelling of, and how.
    pub(super) fn other_spelling(&self, word: &[char]) -> Option<(usize, Trick)> {
        let sounding = || word.first().filter(|c| !c.is_ascii()).and_then(|_| self.spellings.sounding(word));
        if let Some(at) = self.spellings.respelt(word).or_else(sounding) {
            return Some((at, Trick::Respelt));
        }
        self.spellings.misspelt(word, |at| self.letters.get(at)).map(|at| (at, Trick::Misspelt))
    }

    /// The Chinese word that the first of these syllables sound like, and how many they are.
    pub(super) fn sounding_like(&self, syllables: &[Syllable<'_>]) -> Option<(usize, usize)> {
        self.spellings.sounding_like(syllables, |at| self.letters.get(at))
    }

    /// The known word that a folded word, which is none itself, would be taken for.
    #[must_use]
    pub fn reads_as(&self, word: &str) -> Option<&str> {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        let found = self.other_spelling(&letters).filter(|_| self.position(word).is_none());
        found.map(|(at, _)| self.written.get(at))
    }

    /// How the policy writes a word.
    pub(super) fn written(&self, word: usize) -> &str {
        self.written.get(word)
    }

    /// All words, of which nothing has been read yet.
    pub(super) fn beginning(&self) -> Beginning {
        Beginning { words: 0..self.letters.len(), length: 0, hash: 0 }
    }

    /// Those that go on with this letter.
    pub(super) fn with(&self, beginning: &Beginning, letter: char) -> Option<Beginning> {
        let hash = hash_with(beginning.hash, letter);
        let (word, bit) = beginning_place(hash);
        if self.beginnings.get(word)? & bit == 0 {
            return None;
        }
        let mut buffer = [0; 4];
        let letter = letter.encode_utf8(&mut buffer).as_bytes();
        let Beginning { mut words, length, .. } = beginning.clone();
        if length == 0 {
            let byte = usize::from(letter[0]);
            words = *self.first.get(byte)? as usize..*self.first.get(byte + 1)? as usize;
            if letter.len() == 1 {
                return (!words.is_empty()).then_some(Beginning { words, length: 1, hash });
            }
        }
        let first = words.start + partition(&words, |at| self.rest(at, length) < letter);
        let words = first..first + partition(&(first..words.end), |at| self.rest(at, length).starts_with(letter));
        (!words.is_empty()).then_some(Beginning { words, length: length + letter.len(), hash })
    }

    fn rest(&self, word: usize, length: usize) -> &[u8] {
        &self.letters.get(word).as_bytes()[length..]
    }

    /// The word that consists of nothing but this.
    pub(super) fn complete(&self, beginning: &Beginning) -> Option<usize> {
        let first = beginning.words.start;
        // Sorted, the shortest comes first.
        (beginning.length > 0 && self.letters.get(first).len() == beginning.length).then_some(first)
    }

    pub(super) fn position(&self, word: &str) -> Option<usize> {
        let mut beginning = self.beginning();
        for c in word.chars() {
            beginning = self.with(&beginning, c)?;
        }
        self.complete(&beginning)
    }

    /// The one word of letters that fits a pattern with `*` for a letter, or the one name of those that do; `None` when several do.
    pub(super) fn blotted(&self, pattern: &str) -> Option<usize> {
        let mut fitting = Vec::new();
        self.fit(&self.beginning(), pattern, &mut fitting);
        fitting.retain(|at| self.letters.get(*at).chars().all(char::is_alphabetic));
        if fitting.len() > 1 {
            fitting.retain(|at| self.names.binary_search(&number(*at)).is_ok());
        }
        (fitting.len() == 1 && pattern.chars().count() >= DISGUISED_CHARS_MIN).then(|| fitting[0])
    }

    fn fit(&self, beginning: &Beginning, pattern: &str, fitting: &mut Vec<usize>) {
        let mut rest = pattern.chars();
        match rest.next() {
            None => fitting.extend(self.complete(beginning)),
            Some('*') => {
                for letter in 'a'..='z' {
                    if let Some(next) = self.with(beginning, letter) {
                        self.fit(&next, rest.as_str(), fitting);
                    }
                }
            }
            Some(letter) => {
                if let Some(next) = self.with(beginning, letter) {
                    self.fit(&next, rest.as_str(), fitting);
                }
            }
        }
    }
}

impl Words {
    fn push(&mut self, word: &str) {
        self.text.push_str(word);
        self.ends.push(number(self.text.len()));
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }
}

/// What a word is known by: letters and digits, and the marks that are letters to the readers of Thai.
pub(super) fn is_letter(c: char) -> bool {
    is_word_char(c) || never_breaks(c)
}

/// Whether a character says as much as a syllable.
pub(super) fn is_dense(c: char) -> bool {
    never_breaks(c) || matches!(c, '\u{ac00}'..='\u{d7a3}')
}

pub(super) fn letters_of(text: &str) -> String {
    text.chars().filter(|c| is_letter(*c)).collect()
}

fn partition(words: &Range<usize>, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (words.start, words.end);
    while low < high {
        let middle = low.midpoint(high);
        if is_before(middle) { low = middle + 1 } else { high = middle }
    }
    low - words.start
}

/// All words of a policy are some hundred kilobytes.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> KnownWords {
        let names = ["gucci", "louis vuitton", "off-white", "mm6", "nike", "mike", "r2d2", "копия", "高仿"];
        KnownWords::of(names.map(|name| (name, Worth::Letters)), &[])
    }

    #[test]
    fn words_and_names_written_as_one_word_are_known() {
        let known = known();
        let check = |word: &str, written: Option<&str>| {
            assert_eq!(known.position(word).map(|at| known.written(at)), written, "{word}");
        };
        check("gucci", Some("gucci"));
        check("louis", Some("louis"));
        check("vuitton", Some("vuitton"));
        check("louisvuitton", Some("louis vuitton"));
        check("offwhite", Some("off-white"));
        check("mm6", Some("mm6"));
        check("копия", Some("копия"));
        check("高仿", Some("高仿"));
        for word in ["", "gucc", "guccii", "louis vuitton", "高", "ab", "копиякопиякопиякопия"] {
            check(word, None);
        }
        assert_eq!(KnownWords::default().position("gucci"), None);
    }

    #[test]
    fn a_blotted_letter_is_filled_in_when_only_one_word_fits() {
        let known = known();
        let check = |pattern: &str, expected: Option<&str>| {
            assert_eq!(known.blotted(pattern).map(|at| known.written(at)), expected, "{pattern}");
        };
        check("g*cci", Some("gucci"));
        check("ni*e", Some("nike"));
        check("*ike", None);
        check("*ff", None);
        check("r*d2", None);
        check("*******************", None);
    }
}
