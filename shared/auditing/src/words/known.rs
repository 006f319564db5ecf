//! Which words does a policy know already, so that they are news only by their number?

use super::split::TitleWords;
use scoring::{Listing, Policy, Scorer};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Tells the words of a policy from others: those of its brands' names, and those by which an entry of its lexicon or a brand is found.
pub struct KnownKeys {
    scorer: Scorer,
    /// Words of the names of brands, folded: "louis" alone is no brand.
    of_brands: BTreeSet<String>,
    /// Some words count only beside a brand.
    brand: String,
}

impl KnownKeys {
    /// For one policy.
    #[must_use]
    pub fn new(policy: Arc<Policy>) -> Self {
        let mut words = TitleWords::default();
        let mut of_brands = BTreeSet::new();
        for (_, name) in policy.brands() {
            of_brands.extend(words.of(&titled(name.to_owned())).map(str::to_owned));
        }
        let brand = policy.brands().next().map(|(_, name)| name.to_owned()).unwrap_or_default();
        Self { scorer: Scorer::new(policy), of_brands, brand }
    }

    /// Whether the policy knows a word.
    pub fn contains(&mut self, word: &str) -> bool {
        self.of_brands.contains(word)
            || self.scorer.score(&titled(word.to_owned()), "").brand.is_some()
            || self.scorer.score(&titled(format!("{} {word}", self.brand)), "").reasons.iter().any(|reason| reason.rule.is_some())
    }
}

fn titled(title: String) -> Listing {
    Listing { listing_id: "word".to_owned(), title, ..Listing::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words_of_the_policy_are_known() {
        let mut known = KnownKeys::new(Policy::embedded());
        for (word, expected) in [
            ("gucci", true),
            ("louis", true),
            ("neverfull", true),
            ("replica", true),
            ("superfake", true),
            ("高仿", true),
            ("zephyr", false),
            ("table", false),
            ("", false),
        ] {
            assert_eq!(known.contains(word), expected, "{word}");
        }
    }
}
