//! Which words are worth undoing a disguise for? Those of brand names and of the lexicon, in a form that is read in one piece.

use super::chars::{is_word_char, never_breaks};
use bitcode::{Decode, Encode};
use std::collections::BTreeSet;

/// Shortest word that is looked for behind digits, signs and repeats, in characters. Shorter ones are mostly model numbers.
pub(super) const DISGUISED_CHARS_MIN: usize = 4;
/// Shortest run of single letters that is read as a word.
pub(super) const SPACED_LETTERS_MIN: usize = 3;

/// The words of brand names and of the lexicon, folded.
#[derive(Debug, Default, Encode, Decode)]
pub struct KnownWords {
    /// By length in characters.
    by_length: Vec<HashedWords>,
}

/// Words of one length in characters, by rising hash: comparing numbers finds a word without touching the others.
#[derive(Debug, Default, Encode, Decode)]
struct HashedWords {
    hashes: Vec<u32>,
    /// The words in one piece.
    text: String,
    /// Where each word ends in `text`.
    ends: Vec<u32>,
}

impl KnownWords {
    /// Every word of folded names and terms, and each of these written as one word.
    #[must_use]
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut words = BTreeSet::new();
        for name in names {
            let pieces = || name.split(|c: char| !is_word_char(c)).filter(|word| !word.is_empty());
            words.extend(pieces().map(str::to_owned));
            words.insert(pieces().collect());
        }
        let mut words: Vec<_> = words.into_iter().map(|word| (word.chars().count(), hash(&word), word)).collect();
        words.retain(|(chars, _, word)| *chars >= SPACED_LETTERS_MIN && !word.chars().any(never_breaks));
        words.sort_unstable();
        let mut known = Self::default();
        for (chars, hash, word) in &words {
            known.by_length.resize_with(chars + 1, HashedWords::default); // they come by rising length
            known.by_length[*chars].push(*hash, word);
        }
        known
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.by_length.get(word.chars().count()).is_some_and(|words| words.has(word))
    }

    pub(super) fn is_disguised(&self, word: &str) -> bool {
        word.chars().count() >= DISGUISED_CHARS_MIN && self.has(word)
    }

    /// The one word of letters that fits a pattern with `*` for a letter; `None` when several do.
    pub(super) fn blotted(&self, pattern: &str) -> Option<&str> {
        let chars = pattern.chars().count();
        let candidates = self.by_length.get(chars).filter(|_| chars >= DISGUISED_CHARS_MIN)?;
        let fits = |word: &str| {
            word.chars().zip(pattern.chars()).all(|(letter, sign)| sign == '*' || sign == letter)
                && word.chars().all(char::is_alphabetic)
        };
        let mut found = candidates.iter().filter(|word| fits(word));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}

impl HashedWords {
    /// Adds a word whose hash is not below those that are there.
    fn push(&mut self, hash: u32, word: &str) {
        self.hashes.push(hash);
        self.text.push_str(word);
        // All words of a policy are some hundred kilobytes.
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    fn word(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.word(at))
    }

    fn has(&self, word: &str) -> bool {
        let hash = hash(word);
        let first = self.hashes.partition_point(|other| *other < hash);
        let same = self.hashes[first..].iter().take_while(|other| **other == hash).count();
        (first..first + same).any(|at| self.word(at) == word)
    }
}

/// FNV-1a: words are a few bytes, and they are the policy's own, so that nobody can choose them to collide.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> KnownWords {
        KnownWords::of(["gucci", "louis vuitton", "off-white", "mm6", "nike", "mike", "r2d2", "копия", "高仿"])
    }

    #[test]
    fn words_and_names_written_as_one_word_are_known() {
        for word in ["gucci", "louis", "vuitton", "louisvuitton", "off", "white", "offwhite", "mm6", "копия"] {
            assert!(known().has(word), "{word}");
        }
        for word in ["", "gucc", "guccii", "louis vuitton", "高仿", "ab", "копиякопиякопиякопия"] {
            assert!(!known().has(word), "{word}");
        }
        assert!(!KnownWords::default().has("gucci"));
    }

    #[test]
    fn a_blotted_letter_is_filled_in_when_only_one_word_fits() {
        let check = |pattern: &str, expected: Option<&str>| assert_eq!(known().blotted(pattern), expected, "{pattern}");
        check("g*cci", Some("gucci"));
        check("ni*e", Some("nike"));
        check("*ike", None);
        check("*ff", None);
        check("r*d2", None);
        check("*******************", None);
    }
}
