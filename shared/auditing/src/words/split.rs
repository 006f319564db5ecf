//! Which words does a title hold?

use crate::limits::{KEY_BYTES_MAX, KEYS_OF_LISTING_MAX};
use scoring::Listing;
use scoring::text::Folded;
use std::ops::Range;

/// Splits titles into words, folded as scoring does it (case, accents, look-alike alphabets). Keeps its buffers between listings.
#[derive(Default)]
pub struct TitleWords {
    folded: Folded,
    /// Folding reads a listing: this one has a title and nothing else.
    title_alone: Listing,
    words: Vec<Range<usize>>,
}

impl TitleWords {
    /// The words of the title, each once and in order of the alphabet: runs of letters and digits from two characters, with a letter; where
    /// words are not set apart (Chinese, Japanese, Thai), each pair of characters. At most [`KEYS_OF_LISTING_MAX`] in the order of the
    /// title, none longer than [`KEY_BYTES_MAX`].
    pub fn of(&mut self, listing: &Listing) -> impl Iterator<Item = &str> {
        listing.title.clone_into(&mut self.title_alone.title);
        self.folded.fold(&self.title_alone);
        let text = self.folded.text();
        self.words.clear();
        let mut from = 0;
        while let Some(run) = next_run(text, from) {
            from = run.end;
            push(text, run, &mut self.words);
            if self.words.len() >= KEYS_OF_LISTING_MAX {
                self.words.truncate(KEYS_OF_LISTING_MAX);
                break;
            }
        }
        self.words.sort_unstable_by(|one, other| text[one.clone()].cmp(&text[other.clone()]));
        self.words.dedup_by(|one, other| text[one.clone()] == text[other.clone()]);
        self.words.iter().map(move |word| &text[word.clone()])
    }
}

/// The next run of letters and digits that are all set apart, or none of them.
fn next_run(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].find(char::is_alphanumeric)?;
    let rest = &text[start..];
    let is_joined = rest.chars().next().is_some_and(is_joined);
    let belongs = |c: char| (c.is_alphanumeric() || is_mark(c)) && self::is_joined(c) == is_joined;
    let end = rest.find(|c| !belongs(c)).map_or(text.len(), |length| start + length);
    Some(start..end)
}

fn push(text: &str, run: Range<usize>, words: &mut Vec<Range<usize>>) {
    let word = &text[run.clone()];
    if word.chars().next().is_some_and(is_joined) {
        let mut before: Option<usize> = None;
        for (at, c) in word.char_indices() {
            if let Some(before) = before {
                words.push(run.start + before..run.start + at + c.len_utf8());
            }
            before = Some(at);
        }
    } else if word.len() <= KEY_BYTES_MAX && word.chars().nth(1).is_some() && word.chars().any(char::is_alphabetic) {
        words.push(run);
    }
}

/// Letters of languages that do not set words apart: Thai, Lao, Burmese and Khmer; kana, Han and their extensions.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Marks that stand in the middle of Thai words and are no letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_split_into_words() {
        let mut words = TitleWords::default();
        let mut check = |title: &str, expected: &[&str]| {
            let listing = Listing { title: title.to_owned(), ..Listing::default() };
            assert_eq!(words.of(&listing).collect::<Vec<_>>(), expected, "{title}");
        };
        check("Gucci Bag, NEW bag!", &["bag", "gucci", "new"]);
        check("Sac à main Été", &["ete", "main", "sac"]);
        check("size 42 AJ1 x 2", &["aj1", "size"]);
        check("高仿包包 LV", &["lv", "仿包", "包包", "高仿"]);
        check("", &[]);
        check("!!! ...", &[]);
        check(&"x".repeat(49), &[]);
        check(&"y".repeat(48), &[&"y".repeat(48)]);
    }

    #[test]
    fn a_stuffed_title_has_so_many_words_and_no_more() {
        let title: String = (0..500).map(|at| format!("word{at} ")).collect();
        let listing = Listing { title, ..Listing::default() };
        assert_eq!(TitleWords::default().of(&listing).count(), KEYS_OF_LISTING_MAX);
    }
}
