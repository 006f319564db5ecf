//! Which words are worth undoing a disguise for? Those of brand names and of the lexicon, by their letters.

use super::Trick;
use super::chars::{is_word_char, never_breaks};
use super::spellings::{Spellings, Syllable, WordHash};
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
    /// Two bits for the hash of every beginning of a word, and of every word with its end: most letters do not go on to one, and
    /// nothing is searched for them.
    beginnings: Vec<u64>,
    spellings: Spellings,
    /// Positions of those that are looked for in other spellings, too.
    names: Vec<u32>,
    /// Positions of those that are a name or a term by themselves.
    wholes: Vec<u32>,
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

/// What was read of a word, by its hash.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beginning(u64);

/// Behind the last letter of a word.
const END: char = '\0';

/// Two to the power of this many bits say which beginnings there are: an eighth of them set, and small enough for the second cache.
const BEGINNING_BITS: u32 = 20;

/// The hash of a beginning and one letter more. Its upper bits are the good ones.
fn hash_with(hash: u64, letter: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(letter)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The two bits of a hash stand in one place of memory.
fn beginning_place(hash: u64) -> (usize, u64) {
    let at = usize::try_from(hash >> (64 - BEGINNING_BITS)).unwrap_or(0);
    (at / 64, 1 << (at % 64) | 1 << (hash >> (58 - BEGINNING_BITS) & 63))
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
            for letter in letters.chars().chain([END]) {
                hash = hash_with(hash, letter);
                let (word, bits) = beginning_place(hash);
                known.beginnings[word] |= bits;
            }
        }
        let begins = |byte: usize| (0..known.letters.len()).find(|at| usize::from(known.letters.get(*at).as_bytes()[0]) >= byte);
        known.first = (0..=256).map(|byte| begins(byte).unwrap_or(known.letters.len())).map(number).collect();
        let with = |is_one: fn(&Entry) -> bool| words.values().zip(0..).filter(move |(entry, _)| is_one(entry)).map(|(_, at)| at);
        known.names = with(|entry| entry.worth == Worth::Spellings).collect();
        known.wholes = with(|entry| entry.is_whole).collect();
        known.spellings = Spellings::of(&words, ordinary);
        known
    }

    /// The word that this one, of letters alone, is another spelling of, and how.
    pub(super) fn other_spelling(&self, word: &[char]) -> Option<(usize, Trick)> {
        let whole = WordHash::of(word);
        let misspelt = || self.spellings.misspelt(word, whole, |at| self.letters.get(at)).map(|at| (at, Trick::Misspelt));
        self.spelling_of(word, whole).or_else(misspelt)
    }

    /// The same without mistakes: spellings that mean the word.
    pub(super) fn respelt(&self, word: &[char]) -> Option<(usize, Trick)> {
        self.spelling_of(word, WordHash::of(word))
    }

    fn spelling_of(&self, word: &[char], whole: WordHash) -> Option<(usize, Trick)> {
        let is_foreign = word.first().is_some_and(|first| !first.is_ascii());
        let sounding = || is_foreign.then(|| self.spellings.sounding(word, whole))?;
        self.spellings.respelt(word, whole).or_else(sounding).map(|at| (at, Trick::Respelt))
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

    /// Nothing has been read yet.
    pub(super) fn beginning() -> Beginning {
        Beginning(0)
    }

    /// Goes on with this letter; `None` when no word does. A few go on that should not: no word completes them.
    pub(super) fn with(&self, beginning: Beginning, letter: char) -> Option<Beginning> {
        let hash = hash_with(beginning.0, letter);
        let (word, bits) = beginning_place(hash);
        (self.beginnings.get(word)? & bits == bits).then_some(Beginning(hash))
    }

    /// The word that consists of nothing but what was read, which is these letters.
    pub(super) fn complete(&self, beginning: Beginning, letters: &str) -> Option<usize> {
        self.with(beginning, END)?;
        let byte = usize::from(*letters.as_bytes().first()?);
        let words = *self.first.get(byte)? as usize..*self.first.get(byte + 1)? as usize;
        let at = words.start + partition(&words, |at| self.letters.get(at) < letters);
        (at < words.end && self.letters.get(at) == letters).then_some(at)
    }

    pub(super) fn position(&self, word: &str) -> Option<usize> {
        let mut beginning = Self::beginning();
        for c in word.chars() {
            beginning = self.with(beginning, c)?;
        }
        self.complete(beginning, word)
    }

    /// The one word of letters that fits a pattern with `*` for a letter; where several do, the one name of them, or the one that is
    /// no part of another name. `None` when several are left.
    pub(super) fn blotted(&self, pattern: &str) -> Option<usize> {
        let mut fitting = Vec::new();
        self.fit(Self::beginning(), &mut String::new(), pattern, &mut fitting);
        fitting.retain(|at| self.letters.get(*at).chars().all(char::is_alphabetic));
        for meant in [&self.names, &self.wholes] {
            if fitting.len() > 1 {
                fitting.retain(|at| meant.binary_search(&number(*at)).is_ok());
            }
        }
        (fitting.len() == 1 && pattern.chars().count() >= DISGUISED_CHARS_MIN).then(|| fitting[0])
    }

    fn fit(&self, beginning: Beginning, read: &mut String, pattern: &str, fitting: &mut Vec<usize>) {
        let mut rest = pattern.chars();
        let letters = match rest.next() {
            None => return fitting.extend(self.complete(beginning, read)),
            Some('*') => 'a'..='z',
            Some(letter) => letter..=letter,
        };
        for letter in letters {
            if let Some(next) = self.with(beginning, letter) {
                read.push(letter);
                self.fit(next, read, rest.as_str(), fitting);
                read.pop();
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
#[inline]
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
        let spelt = ["fendi", "fenti beauty"];
        let names = names.map(|name| (name, Worth::Letters)).into_iter();
        KnownWords::of(names.chain(spelt.map(|name| (name, Worth::Spellings))), &[])
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
        check("fen*i", Some("fendi"));
        check("*ike", None);
        check("*ff", None);
        check("r*d2", None);
        check("*******************", None);
    }
}
