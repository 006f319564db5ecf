//! Which words do honest sellers use every day, whatever they sell? Lists of the most frequent words of some languages.

use crate::text::Folded;
use std::collections::BTreeMap;

/// Ordinary words, folded as a listing is, each with the languages in which it is ordinary.
#[derive(Debug, Default)]
pub struct OrdinaryWords {
    words: BTreeMap<String, Vec<Rank>>,
}

/// A place in a language's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rank {
    /// Its code, such as `pt`.
    pub language: String,
    /// 1 is the most frequent word.
    pub rank: usize,
}

impl OrdinaryWords {
    /// Reads lists: a language's code and its words, one a line, the most frequent first.
    ///
    /// ```
    /// let words = scoring::OrdinaryWords::of([("en", "the\nbag"), ("fr", "sac\nété")]);
    /// assert_eq!(words.ranks("ete")[0].rank, 2);
    /// assert!(words.ranks("gucci").is_empty());
    /// ```
    #[must_use]
    pub fn of<'l>(lists: impl IntoIterator<Item = (&'l str, &'l str)>) -> Self {
        let mut words: BTreeMap<String, Vec<Rank>> = BTreeMap::new();
        for (language, list) in lists {
            for (rank, word) in (1..).zip(list.lines()) {
                let ranks = words.entry(Folded::of(word).trim().to_owned()).or_default();
                // Two words that differ by an accent are one once folded; the more frequent counts.
                if ranks.iter().all(|known| known.language != language) {
                    ranks.push(Rank { language: language.to_owned(), rank });
                }
            }
        }
        words.remove("");
        Self { words }
    }

    /// Where a folded word stands in the lists; empty when it is in none.
    #[must_use]
    pub fn ranks(&self, folded: &str) -> &[Rank] {
        self.words.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Every word, folded, in alphabetical order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[Rank])> {
        self.words.iter().map(|(word, ranks)| (word.as_str(), ranks.as_slice()))
    }
}
