//! How are numbers kept for more names than there is room for, without asking who came first?
//!
//! Of too many names those with the lowest hashes are kept (bottom-k sampling, Cohen and Kaplan 2007). A name that is kept in the end has
//! never been dropped, because fewer than the maximum lie below it, so that what is kept for it is whole; and which names those are does
//! not depend on the order in which they came.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What is kept for a name, and can be added to.
pub(super) trait Tally: Copy + Default {
    fn add(&mut self, other: Self);
}

impl Tally for u32 {
    fn add(&mut self, other: Self) {
        *self = self.saturating_add(other);
    }
}

#[derive(Clone, Debug)]
pub(super) struct Lowest<T> {
    kept: HashMap<u64, T, BuildHasherDefault<AsItIs>>,
    /// Names above it are not taken any more.
    bound: u64,
    kept_max: usize,
}

/// The names are hashes already.
#[derive(Clone, Copy, Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |number, byte| (number << 8) | u64::from(*byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

impl<T: Tally> Lowest<T> {
    pub(super) fn new(kept_max: usize) -> Self {
        Self { kept: HashMap::default(), bound: u64::MAX, kept_max }
    }

    pub(super) fn add(&mut self, name: u64, amount: T) {
        if name > self.bound {
            return;
        }
        self.kept.entry(name).or_default().add(amount);
        // A quarter more than is kept in the end, so that dropping is rare.
        if self.kept.len() > self.kept_max + self.kept_max / 4 {
            self.drop_highest();
        }
    }

    pub(super) fn get(&self, name: u64) -> Option<T> {
        self.kept.get(&name).copied()
    }

    pub(super) fn values(&self) -> impl Iterator<Item = T> {
        self.kept.values().copied()
    }

    /// How many names there are: exact while all are kept, and else as many as the highest name kept tells. The estimate's standard error
    /// is one of the square root of the names kept.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // an estimate above 2^53 is no concern
    pub(super) fn names(&self) -> u64 {
        if self.bound == u64::MAX {
            return self.kept.len() as u64;
        }
        (self.kept.len().saturating_sub(1) as f64 * (u64::MAX as f64 / self.bound as f64)).round() as u64
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.bound = self.bound.min(other.bound);
        let bound = self.bound;
        self.kept.retain(|name, _| *name <= bound);
        for (name, amount) in other.kept {
            self.add(name, amount);
        }
    }

    /// Leaves the maximum, after which nothing depends on how much more there was room for.
    pub(super) fn drop_highest(&mut self) {
        if self.kept.len() <= self.kept_max {
            return;
        }
        let mut names: Vec<u64> = self.kept.keys().copied().collect();
        let (_, highest, _) = names.select_nth_unstable(self.kept_max - 1);
        self.bound = *highest;
        let bound = self.bound;
        self.kept.retain(|name, _| *name <= bound);
    }
}

impl<T: Serialize> Serialize for Lowest<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut kept: Vec<(u64, &T)> = self.kept.iter().map(|(name, amount)| (*name, amount)).collect();
        kept.sort_unstable_by_key(|(name, _)| *name);
        (self.bound, self.kept_max, kept).serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Lowest<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (bound, kept_max, kept): (u64, usize, Vec<(u64, T)>) = Deserialize::deserialize(deserializer)?;
        Ok(Self { kept: kept.into_iter().collect(), bound, kept_max: kept_max.max(1) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::hash::mixed;
    use super::*;

    fn counted(names: impl Iterator<Item = u64>) -> Lowest<u32> {
        let mut lowest = Lowest::new(100);
        names.for_each(|name| lowest.add(mixed(name), 1));
        lowest
    }

    fn written(mut lowest: Lowest<u32>) -> String {
        lowest.drop_highest();
        serde_json::to_string(&lowest).unwrap()
    }

    #[test]
    fn what_is_kept_is_whole_and_does_not_depend_on_the_order() {
        let names = || (0..3_000).map(|at| at % 1_000);
        let all = written(counted(names()));
        assert_eq!(written(counted(names().rev())), all);
        let mut half = counted(names().take(1_300));
        half.merge(counted(names().skip(1_300)));
        assert_eq!(written(half), all);
        let again: Lowest<u32> = serde_json::from_str(&all).unwrap();
        assert_eq!(again.kept.len(), 100);
        assert!(again.values().all(|count| count == 3));
        assert_eq!(written(again), all);
    }

    #[test]
    fn names_are_counted_exactly_up_to_the_maximum_and_estimated_beyond() {
        for (names, within) in [(0, 0), (1, 0), (100, 0), (1_000, 300), (20_000, 6_000)] {
            let mut lowest = counted(0..names);
            lowest.drop_highest();
            assert!(lowest.names().abs_diff(names) <= within, "{} for {names}", lowest.names());
        }
    }
}
