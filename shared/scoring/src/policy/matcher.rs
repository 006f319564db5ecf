//! Where do the names and words of the policy stand in a text? One pass over it, whatever their number.

use crate::limits::HITS_MAX;
use crate::text::{is_word_char, never_breaks};
use bitcode::{Decode, Encode};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
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
    Kind {
        kind: u8,
    },
    /// A model of a brand whose price is known.
    Priced {
        model: u16,
    },
}

/// One meaning found at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) span: Span,
    pub(crate) meaning: Meaning,
}

/// Half a cache line: all that most comparisons need.
#[derive(Encode, Decode)]
struct Pattern {
    /// Its deciding bytes.
    key: u64,
    /// Position of its text in `Matcher::text`, and its length.
    text: u32,
    length: u32,
    /// Position of its first meaning in `Matcher::meanings`, and their number.
    meanings: u32,
    count: u16,
    end: End,
}

/// Where a pattern may end.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode)]
enum End {
    /// Anywhere: scripts without spaces need no boundary, and Korean words take endings.
    Anywhere,
    /// Not inside a word.
    OfWord,
}

/// All patterns of a policy, compiled.
///
/// A pattern counts only where a word begins. There, three bytes tell whether any pattern begins so, and nearly always none does;
/// otherwise up to eight name the few that it can be. An automaton over all substrings visits every byte in ten times the memory:
/// measured on listings it was about as fast, and it took most of the time that a process needs to start.
#[derive(Encode, Decode)]
pub(crate) struct Matcher {
    /// Beginnings of three bytes.
    beginnings: HashSet,
    /// Keys of patterns.
    keys: HashSet,
    /// First bytes of patterns of one or two.
    short: [bool; 256],
    /// The patterns of bucket `b` are `patterns[starts[b]..starts[b + 1]]`.
    starts: Vec<u32>,
    patterns: Vec<Pattern>,
    text: String,
    meanings: Vec<Meaning>,
}

/// Two to the power of this many buckets.
const BUCKET_BITS: u32 = 16;
const BUCKETS: usize = 1 << BUCKET_BITS;
/// Which hashes there are is kept in sets of bits: finer than the buckets, and still small enough for the nearest cache.
const KEY_SET_BITS: u32 = 18;
const BEGINNING_SET_BITS: u32 = 16;
/// Bytes by which beginnings are told apart before anything is looked up.
const BEGINNING_BYTES: usize = 3;
/// Bytes of a pattern that decide on its bucket, at most.
const KEY_BYTES: usize = 8;
/// How many first bytes may decide: as many of these as the pattern has. Three and six are a character or two of Chinese.
const SHORT_LENGTHS: &[usize] = &[1, 2];
const LONG_LENGTHS: &[usize] = &[3, 4, 6, 8];

fn deciding_length(pattern_bytes: usize) -> usize {
    let lengths = SHORT_LENGTHS.iter().chain(LONG_LENGTHS);
    lengths.copied().take_while(|length| *length <= pattern_bytes).last().unwrap_or(1)
}

/// The hash of the first `length` bytes of a key. Its upper bits are the good ones.
fn hash(key: u64, length: usize) -> u64 {
    (first_bytes(key, length) ^ length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn first_bytes(key: u64, length: usize) -> u64 {
    if length < KEY_BYTES { key & ((1 << (8 * length)) - 1) } else { key }
}

/// A set of the upper bits of hashes.
#[derive(Encode, Decode)]
struct HashSet {
    bits: u32,
    words: Vec<u64>,
}

impl HashSet {
    fn new(bits: u32) -> Self {
        Self { bits, words: vec![0; (1 << bits) / 64] }
    }

    fn insert(&mut self, hash: u64) {
        let at = upper(hash, self.bits);
        self.words[at / 64] |= 1 << (at % 64);
    }

    fn has(&self, hash: u64) -> bool {
        let at = upper(hash, self.bits);
        self.words[at / 64] & (1 << (at % 64)) != 0
    }
}

#[allow(clippy::cast_possible_truncation)] // a few bits are left
fn upper(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits)) as usize
}

/// The first bytes, the first of them lowest; zeros, which no pattern contains, behind the end.
fn key(bytes: &[u8]) -> u64 {
    bytes
        .first_chunk()
        .map_or_else(|| bytes.iter().rev().fold(0, |key, byte| key << 8 | u64::from(*byte)), |chunk| u64::from_le_bytes(*chunk))
}

impl Matcher {
    /// Compiles folded, non-empty patterns. `None` when there are none, or more than can be numbered.
    pub(super) fn new(words: &BTreeMap<String, Vec<Meaning>>) -> Option<Self> {
        let mut matcher = Self {
            beginnings: HashSet::new(BEGINNING_SET_BITS),
            keys: HashSet::new(KEY_SET_BITS),
            short: [false; 256],
            starts: Vec::with_capacity(BUCKETS + 1),
            patterns: Vec::with_capacity(words.len()),
            text: String::new(),
            meanings: Vec::new(),
        };
        let mut entries = Vec::with_capacity(words.len());
        for (word, meanings) in words {
            let length = deciding_length(word.len());
            let key = first_bytes(key(word.as_bytes()), length);
            let hash = hash(key, length);
            matcher.keys.insert(hash);
            if word.len() >= BEGINNING_BYTES {
                matcher.beginnings.insert(self::hash(key, BEGINNING_BYTES));
            } else {
                matcher.short[usize::from(*word.as_bytes().first()?)] = true;
            }
            let last = word.chars().next_back()?;
            let anywhere = !is_word_char(last) || never_breaks(last) || matches!(last, '\u{ac00}'..='\u{d7a3}');
            let pattern = Pattern {
                key,
                text: u32::try_from(matcher.text.len()).ok()?,
                length: u32::try_from(word.len()).ok()?,
                meanings: u32::try_from(matcher.meanings.len()).ok()?,
                count: u16::try_from(meanings.len()).ok()?,
                end: if anywhere { End::Anywhere } else { End::OfWord },
            };
            matcher.text.push_str(word);
            matcher.meanings.extend_from_slice(meanings);
            entries.push((upper(hash, BUCKET_BITS), pattern));
        }
        entries.sort_by_key(|(bucket, pattern)| (*bucket, pattern.length));
        for (bucket, pattern) in entries {
            matcher.starts.resize(bucket + 1, u32::try_from(matcher.patterns.len()).ok()?);
            matcher.patterns.push(pattern);
        }
        matcher.starts.resize(BUCKETS + 1, u32::try_from(matcher.patterns.len()).ok()?);
        (!matcher.patterns.is_empty()).then_some(matcher)
    }

    pub(crate) fn patterns(&self) -> usize {
        self.patterns.len()
    }

    /// Adds every hit in `text` to `hits`, by rising start and then by rising end, up to [`HITS_MAX`] in all.
    pub(crate) fn find(&self, text: &str, view: View, hits: &mut Vec<Hit>) {
        let bytes = text.as_bytes();
        let (mut at, mut in_word) = (0, false);
        while let Some(&first) = bytes.get(at) {
            let (width, joins) = if first.is_ascii() { (1, first.is_ascii_alphanumeric()) } else { wide_char(&text[at..]) };
            let inside = in_word && joins;
            in_word = joins;
            // Scripts without spaces need no boundary: there, every character may begin a word.
            if !inside && first != b' ' && !self.find_at(text, at, view, hits) {
                return;
            }
            at += width;
        }
    }

    /// Adds what begins at `at`; `false` when there is no more room.
    fn find_at(&self, text: &str, at: usize, view: View, hits: &mut Vec<Hit>) -> bool {
        let rest = &text.as_bytes()[at..];
        let key = key(rest);
        let short = if self.short[usize::from(rest[0])] { SHORT_LENGTHS } else { &[] };
        let long = if self.beginnings.has(hash(key, BEGINNING_BYTES)) { LONG_LENGTHS } else { &[] };
        for &length in short.iter().chain(long) {
            let hash = hash(key, length);
            if !self.keys.has(hash) {
                continue;
            }
            let (bucket, key) = (upper(hash, BUCKET_BITS), first_bytes(key, length));
            for pattern in &self.patterns[self.starts[bucket] as usize..self.starts[bucket + 1] as usize] {
                if pattern.key == key && self.stands_at(pattern, text, at) && !self.add(pattern, at, view, hits) {
                    return false;
                }
            }
        }
        true
    }

    /// Whether a pattern with the right first bytes stands at `at`.
    fn stands_at(&self, pattern: &Pattern, text: &str, at: usize) -> bool {
        let length = pattern.length as usize;
        if length > BEGINNING_BYTES {
            let word = &self.text.as_bytes()[pattern.text as usize..pattern.text as usize + length];
            if !text.as_bytes()[at..].starts_with(word) {
                return false;
            }
        }
        pattern.end == End::Anywhere
            || !char_after(text, at + length).is_some_and(|after| is_word_char(after) && !never_breaks(after))
    }

    fn add(&self, pattern: &Pattern, at: usize, view: View, hits: &mut Vec<Hit>) -> bool {
        // Fields are limited to some kilobytes, far below 4 GiB.
        let Ok(start) = u32::try_from(at) else { return false };
        let span = Span { view, start, end: start + pattern.length };
        let first = pattern.meanings as usize;
        for &meaning in &self.meanings[first..first + usize::from(pattern.count)] {
            if hits.len() == HITS_MAX {
                return false;
            }
            hits.push(Hit { span, meaning });
        }
        true
    }
}

/// Length of the first character, and whether a word goes on before and behind it.
fn wide_char(text: &str) -> (usize, bool) {
    text.chars().next().map_or((1, false), |c| (c.len_utf8(), is_word_char(c) && !never_breaks(c)))
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
            let matcher = Matcher::new(&BTreeMap::from([(pattern.to_owned(), vec![Meaning::Term { term: 0 }])])).unwrap();
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
