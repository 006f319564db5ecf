//! Which sellers and brands have the most flagged listings, in constant memory?

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Counts the flagged listings of at most `N` keys at a time; a kind of lossy counting that is exact until it overflows.
///
/// Each key knows how many of its listings may have come before it was (last) admitted: `missed_max`. When there is no room, the
/// floor rises to the median of what the keys can have had at most, and every key that cannot have had more than the floor leaves.
/// A key that is not here has had at most `floor` listings, and a count is low by at most `missed_max <= floor`.
/// At least half of the keys leave each time, so `floor <= 2 * flagged / N`, and the work per listing stays constant.
/// Everything depends on the order of the rows alone, so a run that was cut off and continued ends the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Frequent<const N: usize> {
    floor: u64,
    keys: BTreeMap<String, Flagged>,
}

/// The flagged listings of one key since it was admitted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Flagged {
    /// How to call it on the page.
    pub(super) label: String,
    pub(super) red_flag: u64,
    pub(super) review: u64,
    /// At most this many more have come before.
    pub(super) missed_max: u64,
}

impl Flagged {
    pub(super) fn total(&self) -> u64 {
        self.red_flag + self.review
    }

    fn total_max(&self) -> u64 {
        self.total() + self.missed_max
    }
}

impl<const N: usize> Frequent<N> {
    /// The counts of a key, to add to; admits it when it is new.
    pub(super) fn entry(&mut self, key: &str, label: &str) -> &mut Flagged {
        if !self.keys.contains_key(key) {
            if self.keys.len() >= N {
                self.make_room();
            }
            let admitted = Flagged { label: label.to_owned(), missed_max: self.floor, ..Flagged::default() };
            self.keys.insert(key.to_owned(), admitted);
        }
        self.keys.get_mut(key).expect("found or just inserted")
    }

    fn make_room(&mut self) {
        let mut totals: Vec<u64> = self.keys.values().map(Flagged::total_max).collect();
        let middle = totals.len() / 2;
        self.floor = self.floor.max(*totals.select_nth_unstable(middle).1);
        let floor = self.floor;
        self.keys.retain(|_, flagged| flagged.total_max() > floor);
    }

    /// The first `n`, most flagged listings first; then by red flags, then by key.
    pub(super) fn top(&self, n: usize) -> Vec<(&str, &Flagged)> {
        let mut all: Vec<_> = self.keys.iter().map(|(key, flagged)| (key.as_str(), flagged)).collect();
        all.sort_by_key(|(_, flagged)| std::cmp::Reverse((flagged.total(), flagged.red_flag))); // stable: equals stay in the order of keys
        all.truncate(n);
        all
    }

    /// How many keys are counted now.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// By how much a count can be low, and what a key that is not here can have had at most.
    pub(super) fn floor(&self) -> u64 {
        self.floor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds keys and compares with a plain count.
    fn check<const N: usize>(keys: impl Iterator<Item = u64>) -> Frequent<N> {
        let mut frequent = Frequent::<N>::default();
        let mut exact: BTreeMap<String, u64> = BTreeMap::new();
        let mut flagged = 0;
        for key in keys {
            let key = format!("s{key}");
            *exact.entry(key.clone()).or_default() += 1;
            frequent.entry(&key, &key).red_flag += 1;
            flagged += 1;
            assert!(frequent.len() <= N);
        }
        assert!(frequent.floor() <= 2 * flagged / N as u64, "floor {} for {flagged}", frequent.floor());
        for (key, truth) in &exact {
            match frequent.keys.get(key) {
                Some(found) => assert!(found.total() <= *truth && *truth <= found.total_max(), "{key}: {found:?}, truly {truth}"),
                None => assert!(*truth <= frequent.floor(), "{key} left with {truth}"),
            }
        }
        frequent
    }

    #[test]
    fn exact_while_there_is_room() {
        let frequent = check::<8>((0..800).map(|row| row % 8));
        assert_eq!(frequent.floor(), 0);
        assert!(frequent.top(8).iter().all(|(_, flagged)| flagged.total() == 100));
    }

    #[test]
    fn within_the_stated_bound_when_there_is_not() {
        check::<8>(0..10_000); // every key once: the worst case
        check::<8>((0..10_000).rev().map(|row| row / 7));
        let frequent = check::<16>((0..10_000).map(|row| if row % 3 == 0 { 1 } else { 1_000 + row }));
        assert_eq!(frequent.top(1)[0].0, "s1", "a third of all listings cannot be missed");
    }
}
