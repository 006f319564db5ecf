//! How many sellers show a value? A fixed table remembers it for every value of every listing, roughly and never too low.
//!
//! Each value owns three words of 32 bits within one line of the table (one cache line, so that noting it costs one access to memory), and
//! each seller owns one bit of a word. Noting sets the seller's bit in all three; the bits that are set in all three are those of the
//! sellers who show the value, and now and then one of somebody else's (a Bloom filter that answers "who" in 32 parts). Each value turns its
//! words in its own way, so that two values with the same words do not take each other's sellers for theirs. Setting bits knows no order,
//! and two tables merge by "or".

use super::hash::mixed;
use crate::limits::SPREAD_WORDS;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Words of one line: 64 bytes.
const LINE: usize = 16;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Spread {
    words: Vec<u32>,
}

impl std::fmt::Debug for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spread").field("words", &self.words.len()).finish_non_exhaustive()
    }
}

/// The bit of a seller. 32 sellers share 20 bits on average, so that all 32 mean a hundred and more.
pub(super) fn bit(seller: u64) -> u32 {
    1 << (mixed(seller) >> 59)
}

impl Spread {
    pub(super) fn new() -> Self {
        Self { words: vec![0; SPREAD_WORDS] }
    }

    pub(super) fn note(&mut self, value: u64, seller: u64) {
        let bit = bit(seller);
        for (at, turn) in places(value) {
            self.words[at] |= bit.rotate_left(turn);
        }
    }

    /// The bits of those who show the value.
    pub(super) fn bits(&self, value: u64) -> u32 {
        places(value).into_iter().fold(u32::MAX, |bits, (at, turn)| bits & self.words[at].rotate_right(turn))
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }
}

/// Three different words of one line, and by how many bits each is turned.
#[allow(clippy::cast_possible_truncation)] // all are cut to a small range at once
fn places(value: u64) -> [(usize, u32); 3] {
    let number = mixed(value);
    let line = (number >> 32) as usize % (SPREAD_WORDS / LINE) * LINE;
    // An odd step meets every word of the line before the first again.
    let (first, step) = (number as usize % LINE, (number >> 4) as usize % (LINE / 2) * 2 + 1);
    [0, 1, 2].map(|nth| (line + (first + nth * step) % LINE, (number >> (7 + 5 * nth)) as u32 % u32::BITS))
}

// A line that is not empty is written as its number and its words; in a small audit nearly all are empty.
impl Serialize for Spread {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::new();
        for (line, words) in (0_u32..).zip(self.words.chunks_exact(LINE)) {
            if words.iter().any(|word| *word != 0) {
                bytes.extend_from_slice(&line.to_le_bytes());
                bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
            }
        }
        serializer.serialize_str(&STANDARD.encode(bytes))
    }
}

impl<'de> Deserialize<'de> for Spread {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = STANDARD.decode(String::deserialize(deserializer)?).map_err(D::Error::custom)?;
        let (records, rest) = bytes.as_chunks::<{ 4 * (1 + LINE) }>();
        let mut spread = Self::new();
        for record in records {
            let mut numbers = record.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes));
            let start = numbers.next().map_or(usize::MAX, |line| line as usize).saturating_mul(LINE);
            let slot = spread.words.get_mut(start..start.saturating_add(LINE));
            let slot = slot.ok_or_else(|| D::Error::custom("the table of who shows what has a line too many"))?;
            slot.iter_mut().zip(numbers).for_each(|(word, written)| *word = written);
        }
        if rest.is_empty() { Ok(spread) } else { Err(D::Error::custom("the table of who shows what is cut off")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_apart_by_how_many_show_them() {
        let mut spread = Spread::new();
        for (value, sellers) in [(1, 1), (2, 2), (3, 8), (4, 400)] {
            (0..sellers).for_each(|seller| spread.note(value, mixed(seller + 1_000)));
        }
        let shown = [0, 1, 2, 3, 4].map(|value| spread.bits(value).count_ones());
        assert_eq!(shown[0], 0);
        assert_eq!(shown[1], 1);
        assert!((1..=2).contains(&shown[2]) && (4..=8).contains(&shown[3]) && shown[4] == 32, "{shown:?}");
    }

    #[test]
    fn a_crowded_table_never_forgets_and_rarely_invents() {
        // As crowded as 60,000,000 values make the whole table: all of them fall into 64 lines of it.
        let lines = 64 * LINE as u64 * 60 / 16;
        let line = |value: u64| (mixed(value) >> 32) as usize % (SPREAD_WORDS / LINE);
        let mut values = (0..).filter(|value| line(*value) < 64).take(lines as usize + 500);
        let mut spread = Spread::new();
        let crowd: Vec<u64> = values.by_ref().take(lines as usize).collect();
        crowd.iter().for_each(|value| spread.note(*value, mixed(value ^ 7)));
        assert!(crowd.iter().all(|value| spread.bits(*value) & bit(mixed(value ^ 7)) != 0));
        let invented: u32 = values.map(|value| spread.bits(value).count_ones()).sum();
        assert!(invented < 500, "{invented} bits for 500 values that nobody shows");
    }

    #[test]
    fn a_table_is_read_back_as_it_was_and_a_broken_one_is_refused() {
        let mut spread = Spread::new();
        (0..100).for_each(|value| spread.note(value, value));
        let text = serde_json::to_string(&spread).unwrap();
        assert!(text.len() < 10_000);
        assert_eq!(serde_json::from_str::<Spread>(&text).unwrap(), spread);
        for broken in ["\"AAAA\"", "\"****\"", "7", &format!("\"{}\"", STANDARD.encode([255; 68]))] {
            assert!(serde_json::from_str::<Spread>(broken).is_err(), "{broken}");
        }
    }
}
