//! How many listings of a window hold a key, in constant memory and whatever the order?

use crate::limits::{KEY_BYTES_MAX, KEYS_OF_LISTING_MAX};
use serde::{Deserialize, Serialize};

/// Rows of counters; a count is the smallest of them, too high by more than the bound with a chance of at most `e^-ROWS`: 2%.
const ROWS: usize = 4;
/// Counters of a row: 1 MiB each. The bound is `e / COLUMNS` of all keys counted: 1 in 96,000, which is a thousand listings of
/// ten million with ten words each. Most counts are nearer, since few words make most of all text.
const COLUMNS: usize = 1 << 18;

/// In how many listings each key stands: a count-min sketch (Cormode and Muthukrishnan 2005). Counts are never too low. Two of them use the
/// same counters for a key, so that what makes a count too high does so in both windows. It takes 4 MiB.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Frequencies {
    listings_count: u64,
    keys_count: u64,
    /// [`ROWS`] times [`COLUMNS`].
    counters: Vec<u32>,
}

impl Default for Frequencies {
    fn default() -> Self {
        Self { listings_count: 0, keys_count: 0, counters: vec![0; ROWS * COLUMNS] }
    }
}

impl Frequencies {
    /// Counts the keys of one more listing. Each should come once; those beyond [`KEYS_OF_LISTING_MAX`] and [`KEY_BYTES_MAX`] do not count.
    pub fn add<'k>(&mut self, keys: impl IntoIterator<Item = &'k str>) {
        self.listings_count += 1;
        for key in keys.into_iter().take(KEYS_OF_LISTING_MAX).filter(|key| key.len() <= KEY_BYTES_MAX) {
            self.keys_count += 1;
            for at in places(key) {
                self.counters[at] = self.counters[at].saturating_add(1);
            }
        }
    }

    /// Adds what another part of the window counted.
    #[allow(clippy::needless_pass_by_value)] // as every other step, and its memory is free afterwards
    pub fn merge(&mut self, other: Self) {
        self.listings_count += other.listings_count;
        self.keys_count += other.keys_count;
        for (own, counter) in self.counters.iter_mut().zip(&other.counters) {
            *own = own.saturating_add(*counter);
        }
    }

    /// Listings counted.
    #[must_use]
    pub fn listings_count(&self) -> u64 {
        self.listings_count
    }

    /// How many listings hold the key: not fewer than truly do.
    #[must_use]
    pub fn count(&self, key: &str) -> u64 {
        let least = places(key).map(|at| self.counters[at]).min().unwrap_or_default();
        u64::from(least).min(self.listings_count)
    }

    /// By how much a count may be too high, in 98 of 100 cases.
    #[must_use]
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a bound, and positive
    pub fn error_max(&self) -> u64 {
        (std::f64::consts::E * self.keys_count as f64 / COLUMNS as f64).ceil() as u64
    }
}

/// The counters of a key, one a row, by two independent hashes (Kirsch and Mitzenmacher 2008).
#[allow(clippy::cast_possible_truncation)] // the low bits are what is wanted
fn places(key: &str) -> impl Iterator<Item = usize> + use<> {
    let first = hash(key.as_bytes());
    // Odd, so that no two rows fall together.
    let second = mixed(first ^ 0x9e37_79b9_7f4a_7c15) | 1;
    (0..ROWS).map(move |row| row * COLUMNS + (first.wrapping_add(second.wrapping_mul(row as u64)) as usize & (COLUMNS - 1)))
}

/// A hash that is the same in every version: FNV-1a, with the finish of SplitMix64 so that all bits depend on all.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let folded = bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    mixed(folded)
}

fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// How it is written: most counters of a small window are 0, so that only the others are, each with the zeros before it.
#[derive(Serialize, Deserialize)]
struct Stored {
    listings_count: u64,
    keys_count: u64,
    /// Zeros before a counter, and the counter.
    counters: Vec<(u32, u32)>,
}

impl From<Frequencies> for Stored {
    fn from(frequencies: Frequencies) -> Self {
        let (mut counters, mut zeros) = (Vec::new(), 0);
        for counter in frequencies.counters {
            if counter == 0 {
                zeros += 1;
            } else {
                counters.push((zeros, counter));
                zeros = 0;
            }
        }
        Self { listings_count: frequencies.listings_count, keys_count: frequencies.keys_count, counters }
    }
}

impl TryFrom<Stored> for Frequencies {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        let mut frequencies = Self { listings_count: stored.listings_count, keys_count: stored.keys_count, ..Self::default() };
        let mut at = 0_usize;
        for (zeros, counter) in stored.counters {
            at = at.saturating_add(zeros as usize);
            *frequencies.counters.get_mut(at).ok_or("more counters than a sketch has")? = counter;
            at += 1;
        }
        Ok(frequencies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A million keys of which the n-th is as frequent as 1/n, as words are.
    #[test]
    fn counts_are_never_low_and_within_the_bound() {
        let mut frequencies = Frequencies::default();
        let count = |rank: u64| 200_000 / rank;
        let mut text = String::new();
        for rank in 1..=100_000_u64 {
            text = format!("word {rank}");
            for _ in 0..count(rank) {
                frequencies.add([text.as_str()]);
            }
        }
        let mut over = 0;
        for rank in 1..=100_000 {
            text = format!("word {rank}");
            let found = frequencies.count(&text);
            assert!(found >= count(rank), "{text}: {found}, truly {}", count(rank));
            over += u32::from(found > count(rank) + frequencies.error_max());
        }
        assert!(over <= 2_000, "{over} of 100,000 are beyond the bound of {} at {text}", frequencies.error_max());
        assert_eq!(frequencies.count("never"), 0, "nearly all counters of so few keys are free in one row");
    }

    #[test]
    fn parts_say_the_same_and_are_read_back() {
        let counted = |keys: &[&str]| {
            let mut frequencies = Frequencies::default();
            keys.iter().for_each(|key| frequencies.add([*key, "all"]));
            frequencies
        };
        let mut parts = counted(&["b", "c"]);
        parts.merge(counted(&["a"]));
        let whole = counted(&["a", "b", "c"]);
        assert_eq!(parts, whole);
        assert_eq!((whole.count("all"), whole.count("a"), whole.listings_count()), (3, 1, 3));
        let text = serde_json::to_string(&whole).unwrap();
        assert!(text.len() < 500, "{text}");
        assert_eq!(serde_json::from_str::<Frequencies>(&text).unwrap(), whole);
        let altered = text.replacen("[[", "[[4294967295,1],[", 1);
        assert!(serde_json::from_str::<Frequencies>(&altered).is_err(), "what is no sketch is refused");
    }

    #[test]
    fn the_hash_is_the_same_in_every_version() {
        assert_eq!(hash(b""), mixed(0xcbf2_9ce4_8422_2325));
        // FNV-1a of "a" as its authors publish it, finished.
        assert_eq!(hash(b"a"), mixed(0xaf63_dc4c_8601_ec8c));
    }
}
