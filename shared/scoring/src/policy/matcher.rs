//! Where do the names and words of the policy stand in a text? One pass over it, whatever their number.

use crate::limits::HITS_MAX;
use crate::text::{joins_words, never_breaks};
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use std::collections::BTreeMap;
use std::ops::Range;

/// Which of the texts a match was made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum View {
    /// The folded text.
    Plain,
    /// The text with disguises undone.
    Undone,
}

/// A place in one of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) view: View,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn contains(self, other: Self) -> bool {
        self.view == other.view && self.start <= other.start && other.end <= self.end
    }

    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.view == other.view && self.start < other.end && other.start < self.end
    }

    pub(crate) fn len(self) -> u32 {
        self.end - self.start
    }
}

/// How a word names a brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum How {
    /// A name that means this brand by itself.
    Alias,
    /// A code word used instead of the name.
    Nickname,
    /// A misspelling that sellers use on purpose.
    Misspelling,
    /// A model line.
    Model,
    /// A short form or an ordinary word; counts only where the context fits.
    Short,
    /// The display name, whatever else it means; counts only where it fills the brand field.
    Name,
}

/// What a pattern stands for. The numbers are positions in the policy's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Meaning {
    Brand {
        brand: u16,
        how: How,
    },
    /// A phrase that holds a brand's name and does not mean it.
    Trap {
        brand: u16,
    },
    Term {
        term: u16,
    },
    /// A phrase that holds a term's word and is harmless.
    Benign {
        term: u16,
    },
    Guard {
        guard: u16,
    },
    Category {
        category: u8,
    },
}

/// One meaning found at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) span: Span,
    pub(crate) meaning: Meaning,
}

struct Pattern {
    /// Positions in `Matcher::meanings`.
    meanings: Range<u32>,
    first: char,
    last: char,
}

/// All patterns of a policy, compiled.
pub(crate) struct Matcher {
    automaton: DoubleArrayAhoCorasick<u32>,
    patterns: Vec<Pattern>,
    meanings: Vec<Meaning>,
}

impl Matcher {
    /// Compiles folded, non-empty patterns; at least one. `None` when the automaton cannot hold them.
    ///
    /// The automaton is larger than a processor's fast memory, so what listings like `samples` (folded) visit is laid out
    /// together: that nearly doubles the speed and changes no match.
    pub(super) fn new(words: &BTreeMap<String, Vec<Meaning>>, samples: &[String]) -> Option<Self> {
        // Nearly every pair of letters begins some name: skipping by pairs would only cost.
        let builder = DoubleArrayAhoCorasickBuilder::new().use_prefilter(false).corpus(samples);
        let automaton = builder.build(words.keys()).ok()?;
        let (mut patterns, mut meanings) = (Vec::with_capacity(words.len()), Vec::new());
        for (word, word_meanings) in words {
            let start = u32::try_from(meanings.len()).ok()?;
            meanings.extend_from_slice(word_meanings);
            let end = u32::try_from(meanings.len()).ok()?;
            patterns.push(Pattern { meanings: start..end, first: word.chars().next()?, last: word.chars().next_back()? });
        }
        Some(Self { automaton, patterns, meanings })
    }

    pub(crate) fn patterns(&self) -> usize {
        self.patterns.len()
    }

    /// Adds every hit in `text` to `hits`, by rising end, up to [`HITS_MAX`] in all.
    pub(crate) fn find(&self, text: &str, view: View, hits: &mut Vec<Hit>) {
        for found in self.automaton.find_overlapping_iter(text) {
            let pattern = &self.patterns[found.value() as usize];
            if !pattern.stands_alone(text, found.start(), found.end()) {
                continue;
            }
            // Fields are limited to some kilobytes, far below 4 GiB.
            let (Ok(start), Ok(end)) = (u32::try_from(found.start()), u32::try_from(found.end())) else { return };
            for &meaning in &self.meanings[pattern.meanings.start as usize..pattern.meanings.end as usize] {
                if hits.len() == HITS_MAX {
                    return;
                }
                hits.push(Hit { span: Span { view, start, end }, meaning });
            }
        }
    }
}

impl Pattern {
    /// Whether the match is a word of its own. Scripts without spaces need no boundary; Korean words take endings.
    fn stands_alone(&self, text: &str, start: usize, end: usize) -> bool {
        let before = char_before(text, start);
        if before.is_some_and(|before| joins_words(before, self.first)) {
            return false;
        }
        let takes_endings = matches!(self.last, '\u{ac00}'..='\u{d7a3}');
        if takes_endings || never_breaks(self.last) {
            return true;
        }
        !char_after(text, end).is_some_and(|after| joins_words(self.last, after))
    }
}

fn char_before(text: &str, at: usize) -> Option<char> {
    match text.as_bytes()[..at].last()? {
        byte if byte.is_ascii() => Some(char::from(*byte)),
        _ => text[..at].chars().next_back(),
    }
}

fn char_after(text: &str, at: usize) -> Option<char> {
    match text.as_bytes()[at..].first()? {
        byte if byte.is_ascii() => Some(char::from(*byte)),
        _ => text[at..].chars().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_alone_where_the_script_has_spaces() {
        let check = |pattern: &str, text: &str, expected: usize| {
            let matcher = Matcher::new(&BTreeMap::from([(pattern.to_owned(), vec![Meaning::Term { term: 0 }])]), &[]).unwrap();
            let mut hits = Vec::new();
            matcher.find(text, View::Plain, &mut hits);
            assert_eq!(hits.len(), expected, "{pattern} in {text}");
        };
        check("rep", "rep bag, reps, a report; rep", 2);
        check("1:1", "1:1 11:1 1:10 (1:1)", 2);
        check("高仿", "超级高仿包 高仿真花", 2);
        check("cakma", "cakma canta cakmak", 1);
        check("레플", "레플리카 명품레플", 1);
        check("копия", "копия, ксерокопия", 1);
        check("aaa", "aaa高品质aaa", 2);
    }
}
