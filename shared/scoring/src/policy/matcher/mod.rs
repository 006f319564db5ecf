//! Where do the names and words of the policy stand in a text? One pass over it, whatever their number.

mod hits;
mod lead;

pub(crate) use hits::{Hit, How, Meaning, Span, View};

use crate::limits::HITS_MAX;
use bitcode::{Decode, Encode};
use lead::{DECIDING_LENGTHS, KEY_BYTES, Lead, ends_anywhere, first_bytes, joins, key, lead_and_rest, short_word_length};
use std::collections::BTreeMap;

/// Half a cache line: all that nearly every comparison needs.
#[derive(Encode, Decode)]
struct Pattern {
    /// Its first bytes.
    head: u64,
    /// Its last bytes, when it is longer than these.
    tail: u64,
    /// Position of its text in `Matcher::text`.
    text: u32,
    /// Position of its first meaning in `Matcher::meanings`.
    meanings: u32,
    /// Length of its text.
    length: u16,
    /// How many of its bytes it is looked up by.
    deciding: u16,
    /// Number of its meanings.
    count: u16,
    end: End,
}

/// Where a pattern may end.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode)]
enum End {
    Anywhere,
    /// Not inside a word.
    OfWord,
}

/// All patterns of a policy, compiled.
///
/// A pattern counts only where a word begins, and but for scripts without spaces it holds the whole of that word. So the word is
/// looked up, and mostly no pattern begins with it; of the many that may ("new", "air"), a few bytes behind it name the one or two
/// that it can be. All this is told by bits in the nearest cache. An automaton over all substrings visits every byte in ten times
/// the memory, and it takes most of the time that a process needs to start.
#[derive(Encode, Decode)]
pub(crate) struct Matcher {
    /// What patterns begin with.
    leads: HashSet<LEAD_WORDS>,
    /// The same with the deciding bytes behind it.
    keys: HashSet<KEY_WORDS>,
    /// The patterns of bucket `b` are `patterns[starts[b]..starts[b + 1]]`, by rising length.
    starts: Vec<u32>,
    /// More of each pattern's hash: where it differs, the pattern itself, which is far away, is not looked at.
    tags: Vec<u32>,
    patterns: Vec<Pattern>,
    text: String,
    meanings: Vec<Meaning>,
}

/// Two to the power of this many buckets: four patterns or so in each, whose tags stand side by side.
const BUCKET_BITS: u32 = 14;
const BUCKETS: usize = 1 << BUCKET_BITS;
/// Which hashes there are is kept in sets of bits: about one of ten is set, and they are small enough for the second cache.
const LEAD_WORDS: usize = 1 << 12;
const KEY_WORDS: usize = 1 << 13;

/// A set of the upper bits of hashes, in so many words of 64 bits each.
#[derive(Encode, Decode)]
struct HashSet<const WORDS: usize> {
    words: Box<[u64; WORDS]>,
}

impl<const WORDS: usize> HashSet<WORDS> {
    fn new() -> Self {
        Self { words: Box::new([0; WORDS]) }
    }

    fn insert(&mut self, hash: u64) {
        let at = Self::place(hash);
        self.words[at / 64] |= 1 << (at % 64);
    }

    #[inline]
    fn has(&self, hash: u64) -> bool {
        let at = Self::place(hash);
        self.words[at / 64] & (1 << (at % 64)) != 0
    }

    fn place(hash: u64) -> usize {
        upper(hash, WORDS.ilog2() + 6)
    }
}

/// The bits of a hash below those that name its bucket.
#[allow(clippy::cast_possible_truncation)] // what is left out names the bucket, or is not as good
fn tag(hash: u64) -> u32 {
    (hash >> (32 - BUCKET_BITS)) as u32
}

#[allow(clippy::cast_possible_truncation)] // a few bits are left
fn upper(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits)) as usize
}

impl Matcher {
    /// Compiles folded, non-empty patterns. `None` when there are none, or more than can be numbered.
    pub(super) fn new(words: &BTreeMap<String, Vec<Meaning>>) -> Option<Self> {
        let mut matcher = Self {
            leads: HashSet::new(),
            keys: HashSet::new(),
            starts: Vec::with_capacity(BUCKETS + 1),
            tags: Vec::with_capacity(words.len()),
            patterns: Vec::with_capacity(words.len()),
            text: String::new(),
            meanings: Vec::new(),
        };
        let mut entries = Vec::with_capacity(words.len());
        for (word, meanings) in words {
            let bytes = word.as_bytes();
            let lead = Lead::new(bytes, key(bytes), lead_and_rest(word).0);
            let deciding = DECIDING_LENGTHS.into_iter().rfind(|deciding| lead.length + deciding <= bytes.len())?;
            let hash = lead.hash_with(key(&bytes[lead.length..]), deciding);
            matcher.leads.insert(lead.hash);
            matcher.keys.insert(hash);
            let pattern = Pattern {
                head: key(bytes),
                tail: bytes.last_chunk().map_or(0, |chunk| u64::from_le_bytes(*chunk)),
                text: u32::try_from(matcher.text.len()).ok()?,
                meanings: u32::try_from(matcher.meanings.len()).ok()?,
                length: u16::try_from(word.len()).ok()?,
                deciding: u16::try_from(lead.length + deciding).ok()?,
                count: u16::try_from(meanings.len()).ok()?,
                end: if ends_anywhere(word.chars().next_back()?) { End::Anywhere } else { End::OfWord },
            };
            matcher.text.push_str(word);
            matcher.meanings.extend_from_slice(meanings);
            entries.push((hash, pattern));
        }
        entries.sort_by_key(|(hash, pattern)| (upper(*hash, BUCKET_BITS), pattern.length));
        for (hash, pattern) in entries {
            matcher.starts.resize(upper(hash, BUCKET_BITS) + 1, u32::try_from(matcher.patterns.len()).ok()?);
            matcher.tags.push(tag(hash));
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
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            if first == b' ' {
                at += 1;
                continue;
            }
            let head = key(&bytes[at..]);
            let (length, rest) = short_word_length(head).map_or_else(|| lead_and_rest(&text[at..]), |length| (length, 0));
            let lead = Lead::new(&bytes[at..], head, length);
            if self.leads.has(lead.hash) && !self.find_with(&Place { rest: &text[at..], head, at, view }, lead, hits) {
                return;
            }
            at += length + rest;
        }
    }

    /// Adds the patterns with that lead; `false` when there is no more room.
    #[inline(never)] // a lead of patterns is rare enough, and the loop above stays small
    fn find_with(&self, place: &Place<'_>, lead: Lead, hits: &mut Vec<Hit>) -> bool {
        let hashes = lead.hashes(place.rest.as_bytes());
        // Mostly no pattern goes on like this, which is told without a branch for each length.
        if !hashes.iter().fold(false, |any, hash| any | self.keys.has(*hash)) {
            return true;
        }
        for (&hash, deciding) in hashes.iter().zip(DECIDING_LENGTHS) {
            if !self.keys.has(hash) {
                continue;
            }
            let bucket = upper(hash, BUCKET_BITS);
            let range = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
            for (pattern, _) in
                self.patterns[range.clone()].iter().zip(&self.tags[range]).filter(|(_, other)| **other == tag(hash))
            {
                if usize::from(pattern.deciding) == lead.length + deciding
                    && self.stands_at(pattern, place)
                    && !self.add(pattern, place, hits)
                {
                    return false;
                }
            }
        }
        true
    }

    fn stands_at(&self, pattern: &Pattern, place: &Place<'_>) -> bool {
        let length = usize::from(pattern.length);
        if first_bytes(place.head, length) != pattern.head {
            return false;
        }
        let Some(found) = place.rest.as_bytes().get(..length) else { return false };
        let is_same = found.last_chunk().is_none_or(|tail| u64::from_le_bytes(*tail) == pattern.tail)
            && (length <= 2 * KEY_BYTES || found == &self.text.as_bytes()[pattern.text as usize..pattern.text as usize + length]);
        is_same && (pattern.end == End::Anywhere || !place.rest[length..].starts_with(joins))
    }

    fn add(&self, pattern: &Pattern, place: &Place<'_>, hits: &mut Vec<Hit>) -> bool {
        // Fields are limited to some kilobytes, far below 4 GiB.
        let Ok(start) = u32::try_from(place.at) else { return false };
        let span = Span { view: place.view, start, end: start + u32::from(pattern.length) };
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

/// Where a pattern may begin.
struct Place<'t> {
    /// The text from there on.
    rest: &'t str,
    /// Its first bytes.
    head: u64,
    at: usize,
    view: View,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        check("louis vuitton neverfull", "a louis vuitton neverfull, louis vuitton neverfulls", 1);
        check("louis vuitton", "louis vuitton louis vuittons louis vuitton", 2);
        check("s급", "s급레플 as급 s 급", 1);
        check("(w)", "(w) gucci(w)", 2);
        check("包", "包包 小包", 3);
        check("a&f", "a&f a&fx", 1);
    }

    /// Every pattern at every place where a word begins.
    fn find_slowly(patterns: &BTreeMap<String, Vec<Meaning>>, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut before = ' ';
        for (at, c) in text.char_indices() {
            let begins = !(joins(before) && joins(c));
            before = c;
            for pattern in patterns.keys().filter(|pattern| begins && text[at..].starts_with(pattern.as_str())) {
                let last = pattern.chars().next_back().unwrap();
                if ends_anywhere(last) || !text[at + pattern.len()..].starts_with(joins) {
                    found.push((at, at + pattern.len()));
                }
            }
        }
        found.sort_unstable();
        found
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_stands_there(
            patterns in prop::collection::btree_set("[ab1 &(高仿레플ко]{0,9}(gucci )?[ab1&(高仿레플ко]{1,9}", 1..30),
            mut text in "([ab1 &(高仿레플ко\u{0}]{0,9}(gucci )?){0,9}",
            repeats in any::<prop::sample::Index>(),
        ) {
            let patterns: BTreeMap<_, _> = patterns.iter().map(|pattern| (pattern.trim().to_owned(), vec![Meaning::Kind { kind: 0 }])).collect();
            text.push_str(patterns.keys().nth(repeats.index(patterns.len())).unwrap());
            let matcher = Matcher::new(&patterns).unwrap();
            let mut hits = Vec::new();
            matcher.find(&text, View::Plain, &mut hits);
            let found: Vec<_> = hits.iter().map(|hit| (hit.span.start as usize, hit.span.end as usize)).collect();
            prop_assert_eq!(found, find_slowly(&patterns, &text));
        }
    }
}
