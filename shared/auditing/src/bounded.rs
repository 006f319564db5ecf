//! How are things counted by name in bounded memory, whatever the order in which they come?

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Counts for at most `MAX` names. When there are more, the first `MAX` in the order of the alphabet stay: a name that is among them at the
/// end always was, so its count is exact, and neither the order of the rows nor a cut changes anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bounded<V, const MAX: usize> {
    counts: BTreeMap<String, V>,
    /// Whether names were left out.
    is_over: bool,
}

impl<V, const MAX: usize> Default for Bounded<V, MAX> {
    fn default() -> Self {
        Self { counts: BTreeMap::new(), is_over: false }
    }
}

impl<V: Default, const MAX: usize> Bounded<V, MAX> {
    /// The counts of a name, to add to; `None` when it is not among the first `MAX`.
    pub(crate) fn of(&mut self, name: &str) -> Option<&mut V> {
        // Nearly every name is here already, and is found without a copy of it.
        if !self.counts.contains_key(name) && !self.admit(name) {
            return None;
        }
        self.counts.get_mut(name)
    }

    fn admit(&mut self, name: &str) -> bool {
        if self.counts.len() >= MAX {
            self.is_over = true;
            if self.counts.last_key_value().is_none_or(|(last, _)| last.as_str() < name) {
                return false;
            }
            self.counts.pop_last();
        }
        self.counts.insert(name.to_owned(), V::default());
        true
    }

    /// Adds what another part of the window counted.
    pub(crate) fn merge(&mut self, other: Self, add: impl Fn(&mut V, V)) {
        self.is_over |= other.is_over;
        for (name, counts) in other.counts {
            if let Some(own) = self.of(&name) {
                add(own, counts);
            }
        }
    }
}

impl<V, const MAX: usize> Bounded<V, MAX> {
    /// In the order of names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.counts.iter().map(|(name, counts)| (name.as_str(), counts))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&V> {
        self.counts.get(name)
    }

    /// Whether there were more than `MAX` names.
    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }
}

/// A decision behind a number, for people to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Behind {
    /// When it was made, RFC 3339.
    pub decided_at: String,
    /// The listing.
    pub listing_id: String,
    /// Name of the decision.
    pub review_id: String,
}

/// The latest `MAX` decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Latest<const MAX: usize>(BTreeSet<Behind>);

impl<const MAX: usize> Latest<MAX> {
    pub(crate) fn add(&mut self, decided: &crate::Decided) {
        self.insert(Behind {
            decided_at: decided.decided_at.clone(),
            listing_id: decided.listing_id.clone(),
            review_id: decided.review_id.clone(),
        });
    }

    fn insert(&mut self, behind: Behind) {
        self.0.insert(behind);
        if self.0.len() > MAX {
            self.0.pop_first();
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for behind in other.0 {
            self.insert(behind);
        }
    }

    /// The latest first.
    pub(crate) fn to_vec(&self) -> Vec<Behind> {
        self.0.iter().rev().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Counts = Bounded<u64, 4>;

    fn count(names: &[String]) -> Counts {
        let mut counts = Counts::default();
        for name in names {
            if let Some(count) = counts.of(name) {
                *count += 1;
            }
        }
        counts
    }

    proptest! {
        #[test]
        fn neither_order_nor_a_cut_changes_what_is_counted(names in prop::collection::vec("[a-h]", 0..60), cut in 0usize..60) {
            let at = cut.min(names.len());
            let once = count(&names);
            let mut parts = count(&names[at..]);
            parts.merge(count(&names[..at]), |own, other| *own += other);
            prop_assert_eq!(&once, &parts);
            let mut sorted = names.clone();
            sorted.sort();
            prop_assert_eq!(&once, &count(&sorted));
            sorted.dedup();
            prop_assert_eq!(once.is_over(), sorted.len() > 4);
            for (name, found) in once.iter() {
                prop_assert_eq!(*found as usize, names.iter().filter(|other| *other == name).count());
            }
            let again: Counts = serde_json::from_str(&serde_json::to_string(&once).unwrap()).unwrap();
            prop_assert_eq!(again, once);
        }

        #[test]
        fn the_latest_are_kept_whatever_the_order(times in prop::collection::vec("[0-9]{3}", 0..30), cut in 0usize..30) {
            let behind = |time: &String| Behind { decided_at: time.clone(), listing_id: String::new(), review_id: String::new() };
            let keep = |times: &[String]| {
                let mut latest = Latest::<5>::default();
                times.iter().for_each(|time| latest.insert(behind(time)));
                latest
            };
            let at = cut.min(times.len());
            let mut parts = keep(&times[at..]);
            parts.merge(keep(&times[..at]));
            let mut expected = times.clone();
            expected.sort();
            expected.dedup();
            let expected: Vec<_> = expected.iter().rev().take(5).map(behind).collect();
            prop_assert_eq!(keep(&times).to_vec(), expected.clone());
            prop_assert_eq!(parts.to_vec(), expected);
        }
    }
}
