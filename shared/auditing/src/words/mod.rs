//! Which words and contacts rise together with confirmed decisions: what do sellers of copies say now that they did not say before?
//!
//! The keys of every listing (words of its title, or contacts, with their kind before them, such as `phone:+4479...`) are counted in a
//! [`Frequencies`], which a run keeps for the next one. Those of decided listings are watched one by one. A key is worth a person's look when two
//! things hold at once: it is more frequent than in the window before, and it stands in confirmed listings more often than in other decided
//! ones. Each is measured by the log-likelihood ratio of Dunning (1993), which holds for rare words, and the smaller of the two is the key's
//! score, since one without the other is a new fashion, or an old trick. Sellers repeat themselves, so that the score is for ranking; its
//! probability is a lower bound.

mod known;
mod sketch;
mod split;

pub use known::KnownKeys;
pub use sketch::Frequencies;
pub use split::TitleWords;

pub(crate) use sketch::hash;

use crate::Decided;
use crate::bounded::{Bounded, Latest};
use crate::inference::{chi_square_above, log_likelihood_ratio, ratio};
use crate::limits::{BEHIND_MAX, KEY_BYTES_MAX, KEYS_OF_LISTING_MAX, RISING_WORDS_MAX, WATCHED_WORDS_MAX};
use crate::{Behind, Share};
use serde::{Deserialize, Serialize};

/// Fewest confirmed listings that hold a key for it to be shown: two may be one seller's.
pub const RISING_CONFIRMED_MIN: u64 = 3;

/// How many times as frequent as before a key must be.
pub const RISE_RATIO_MIN: f64 = 1.5;

/// Chance, corrected for the number of watched keys (Bonferroni), up to which a key is shown.
pub const RISING_CHANCE_MAX: f64 = 0.05;

/// Keys of decided listings, each with what was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    confirmed_count: u64,
    rejected_count: u64,
    /// By the hash of the key, so that when there are too many those that stay are a random choice.
    keys: Bounded<Seen, WATCHED_WORDS_MAX>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    key: String,
    confirmed: u64,
    rejected: u64,
    latest_confirmed: Latest<BEHIND_MAX>,
}

/// The rising keys: one section of the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rising {
    /// The highest score first, at most [`RISING_WORDS_MAX`].
    pub keys: Vec<RisingKey>,
    /// How many there are with those that are not listed.
    pub rising_count: u64,
    /// Keys of decided listings that were compared.
    pub watched_count: u64,
    /// Whether there were more keys than are watched; which ones are then missing is left to chance.
    pub is_cut: bool,
    /// By how much a count of this window may be too high, with 98% confidence. None is too low.
    pub count_error_max: u64,
}

/// A key that rises together with confirmed decisions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RisingKey {
    /// The word, folded, or the contact.
    pub key: String,
    /// Whether the policy knows it: as the name of a brand, or as a word of its lexicon.
    pub is_known: bool,
    /// The smaller log-likelihood ratio of the two.
    pub score: f64,
    /// Listings of this window with it.
    pub now: Share,
    /// Listings of the window before with it.
    pub before: Share,
    /// Of the decided listings with it, those that were confirmed.
    pub confirmed: Share,
    /// Of the decided listings without it, those that were confirmed, 0 to 1; `None` when there is none.
    pub confirmed_elsewhere: Option<f64>,
    /// The latest confirmed listings with it, the latest first.
    pub listings: Vec<Behind>,
}

impl Watched {
    /// Watches the keys of one more decided listing. Each should come once; those beyond [`KEYS_OF_LISTING_MAX`] and
    /// [`KEY_BYTES_MAX`] do not count.
    pub fn add<'k>(&mut self, decided: &Decided, keys: impl IntoIterator<Item = &'k str>) {
        *(if decided.counterfeit { &mut self.confirmed_count } else { &mut self.rejected_count }) += 1;
        for key in keys.into_iter().take(KEYS_OF_LISTING_MAX).filter(|key| key.len() <= KEY_BYTES_MAX) {
            // The key itself follows its hash, so that no two of them are ever taken for one.
            let Some(seen) = self.keys.of(&format!("{:016x} {key}", hash(key.as_bytes()))) else { continue };
            if seen.key.is_empty() {
                key.clone_into(&mut seen.key);
            }
            if decided.counterfeit {
                seen.confirmed += 1;
                seen.latest_confirmed.add(decided);
            } else {
                seen.rejected += 1;
            }
        }
    }

    /// Adds what another part of the decisions counted.
    pub fn merge(&mut self, other: Self) {
        self.confirmed_count += other.confirmed_count;
        self.rejected_count += other.rejected_count;
        self.keys.merge(other.keys, |own, seen| {
            own.key = seen.key;
            own.confirmed += seen.confirmed;
            own.rejected += seen.rejected;
            own.latest_confirmed.merge(seen.latest_confirmed);
        });
    }

    /// Which keys rise. `is_known` says whether a key is no news, as [`KnownKeys`] does for words.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // at most WATCHED_WORDS_MAX
    pub fn report(&self, now: &Frequencies, before: &Frequencies, mut is_known: impl FnMut(&str) -> bool) -> Rising {
        let watched_count = self.keys.iter().count();
        let mut rising: Vec<(f64, &Seen)> = self
            .keys
            .iter()
            .filter(|(_, seen)| seen.confirmed >= RISING_CONFIRMED_MIN)
            .filter_map(|(_, seen)| Some((self.score(seen, now, before)?, seen)))
            .filter(|(score, _)| chi_square_above(1.0, *score) * watched_count as f64 <= RISING_CHANCE_MAX)
            .collect();
        rising.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.key.cmp(&other.1.key)));
        let keys = rising.iter().take(RISING_WORDS_MAX).map(|(score, seen)| {
            let of = seen.confirmed + seen.rejected;
            RisingKey {
                key: seen.key.clone(),
                is_known: is_known(&seen.key),
                score: *score,
                now: Share::wilson(now.count(&seen.key), now.listings_count()),
                before: Share::wilson(before.count(&seen.key), before.listings_count()),
                confirmed: Share::wilson(seen.confirmed, of),
                confirmed_elsewhere: self.confirmed_elsewhere(seen),
                listings: seen.latest_confirmed.to_vec(),
            }
        });
        Rising {
            keys: keys.collect(),
            rising_count: rising.len() as u64,
            watched_count: watched_count as u64,
            is_cut: self.keys.is_over(),
            count_error_max: now.error_max(),
        }
    }

    fn confirmed_elsewhere(&self, seen: &Seen) -> Option<f64> {
        let (confirmed, of) = self.without(seen);
        ratio(confirmed, of)
    }

    /// Of the decided listings without a key: those that were confirmed, and all.
    fn without(&self, seen: &Seen) -> (u64, u64) {
        let confirmed = self.confirmed_count.saturating_sub(seen.confirmed);
        (confirmed, confirmed + self.rejected_count.saturating_sub(seen.rejected))
    }

    /// The smaller ratio, if the key is both more frequent than before and more often confirmed than others.
    fn score(&self, seen: &Seen, now: &Frequencies, before: &Frequencies) -> Option<f64> {
        let (with, of) = (now.count(&seen.key), now.listings_count());
        let (with_before, of_before) = (before.count(&seen.key), before.listings_count());
        let rises = ratio(with, of)? > ratio(with_before, of_before)? * RISE_RATIO_MIN;
        let decided = seen.confirmed + seen.rejected;
        let (others_confirmed, others) = self.without(seen);
        let is_confirmed = ratio(seen.confirmed, decided)? > ratio(others_confirmed, others)?;
        (rises && is_confirmed).then(|| {
            let by_rise = log_likelihood_ratio(with, of, with_before, of_before);
            by_rise.min(log_likelihood_ratio(seen.confirmed, decided, others_confirmed, others))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decided::tests::decided;
    use proptest::prelude::*;
    use scoring::{Listing, Risk};

    fn title(seed: u64, case: u64, counterfeit: bool, has_new_word: bool) -> String {
        let chance = |of: &str, below: u64| hash(format!("{seed} {case} {of}").as_bytes()) % below;
        let mut title = format!("gucci bag w{} w{}", chance("one", 300), chance("two", 300));
        if counterfeit {
            title.push_str(if has_new_word && chance("new", 3) == 0 { " zephyr grade" } else { " grade" });
        }
        title
    }

    /// Two windows: in the second, a third of the counterfeits call themselves "zephyr", and a word of fashion comes up everywhere.
    fn windows() -> (Frequencies, Frequencies, Watched) {
        let (mut before, mut now, mut watched) = (Frequencies::default(), Frequencies::default(), Watched::default());
        let mut words = TitleWords::default();
        for case in 0..20_000 {
            let counterfeit = case % 50 == 0;
            before.add(words.of(&Listing { title: title(1, case, counterfeit, false), ..Listing::default() }));
            let mut text = title(2, case, counterfeit, true);
            if case % 7 == 0 {
                text.push_str(" fashion");
            }
            let listing = Listing { title: text, ..Listing::default() };
            now.add(words.of(&listing));
            if counterfeit || case % 100 == 1 {
                watched.add(&decided(&format!("A-{case:05}"), counterfeit, Risk(900)), words.of(&listing));
            }
        }
        (now, before, watched)
    }

    #[test]
    fn a_new_word_of_counterfeits_is_found_and_no_other() {
        let (now, before, watched) = windows();
        let rising = watched.report(&now, &before, |key| key == "gucci");
        let found: Vec<_> = rising.keys.iter().map(|key| (key.key.as_str(), key.is_known)).collect();
        // "grade" is confirmed as often and no more frequent than before; "fashion" rises and is as often rejected.
        assert_eq!(found, [("zephyr", false)], "{rising:?}");
        let key = &rising.keys[0];
        assert!(key.now.hits_count > 100 && key.before.hits_count == 0 && key.confirmed.share == Some(1.0));
        assert_eq!(key.listings.len(), BEHIND_MAX);
        assert!(watched.report(&now, &before, |_| true).keys[0].is_known);
        assert!(watched.report(&now, &now, |_| false).keys.is_empty(), "nothing rises against itself");
        assert!(watched.report(&now, &Frequencies::default(), |_| false).keys.is_empty(), "nothing to compare with");
    }

    /// Two windows of one market, fifty times: of some 600 words, one is shown in at most one pair of twenty.
    #[test]
    fn chance_alone_shows_hardly_anything() {
        let mut shown = 0;
        let mut words = TitleWords::default();
        for seed in 0..50 {
            let (mut before, mut now, mut watched) = (Frequencies::default(), Frequencies::default(), Watched::default());
            for case in 0..2_000 {
                let mut listing = Listing { title: title(seed, case, case % 4 == 0, true), ..Listing::default() };
                now.add(words.of(&listing));
                if case % 2 == 0 {
                    watched.add(&decided(&format!("A-{case:05}"), case % 4 == 0, Risk(900)), words.of(&listing));
                }
                listing.title = title(1_000 + seed, case, case % 4 == 0, true);
                before.add(words.of(&listing));
            }
            shown += watched.report(&now, &before, |_| false).rising_count;
        }
        assert!(shown <= 3, "{shown}");
    }

    proptest! {
        #[test]
        fn parts_in_any_order_say_the_same(
            cases in prop::collection::vec((any::<bool>(), prop::collection::btree_set("[a-f]{1,2}", 0..5)), 0..40),
            cut in 0usize..40,
        ) {
            let watch = |cases: &[(bool, std::collections::BTreeSet<String>)], from: usize| {
                let mut watched = Watched::default();
                for (at, (counterfeit, keys)) in cases.iter().enumerate() {
                    watched.add(&decided(&format!("A-{:02}", from + at), *counterfeit, Risk(900)), keys.iter().map(String::as_str));
                }
                watched
            };
            let at = cut.min(cases.len());
            let mut parts = watch(&cases[at..], at);
            parts.merge(watch(&cases[..at], 0));
            let whole = watch(&cases, 0);
            prop_assert_eq!(&parts, &whole);
            prop_assert_eq!(serde_json::from_str::<Watched>(&serde_json::to_string(&whole).unwrap()).unwrap(), whole);
        }
    }
}
