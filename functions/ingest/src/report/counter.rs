//! How often does each of a few names occur? A map that cannot grow without bound.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name that counts what finds no room.
pub(super) const OTHER: &str = "(other)";

/// Values by name, for at most `N` names; further ones share [`OTHER`]. Names come from our own registries, so that is a guard
/// against a mistake and not a normal case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Counter<V, const N: usize>(BTreeMap<String, V>);

impl<V, const N: usize> Default for Counter<V, N> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<V: Default, const N: usize> Counter<V, N> {
    /// The value of a name, made when it is new. The usual case, a known name, allocates nothing.
    pub(super) fn entry(&mut self, name: &str) -> &mut V {
        // Two look-ups because the borrow checker does not yet see that the first borrow ends.
        if self.0.contains_key(name) {
            return self.0.get_mut(name).expect("just found");
        }
        let name = if self.0.len() < N { name } else { OTHER };
        self.0.entry(name.to_owned()).or_default()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl<V: Clone, const N: usize> Counter<V, N> {
    pub(super) fn to_map(&self) -> BTreeMap<String, V> {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beyond_the_limit_share_one_place() {
        let mut counter = Counter::<u64, 2>::default();
        for name in ["a", "b", "c", "a", "d"] {
            *counter.entry(name) += 1;
        }
        assert_eq!(counter.iter().map(|(name, n)| (name, *n)).collect::<Vec<_>>(), [(OTHER, 2), ("a", 2), ("b", 1)]);
    }
}
