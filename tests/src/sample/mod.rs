//! Where do listings of our own making come from? A seeded generator that writes rows like real ones, and writers for real formats.
//!
//! The same seed gives the same rows on every machine, so the demo's own export can be made again (see the test at the foot).
//! Shops, sellers and addresses are invented; the truth about a row is known to the generator and never written.
//!
//! ```
//! use tests::sample::Generator;
//!
//! let rows: Vec<_> = Generator::new(7).take(1_000).collect();
//! let copies = rows.iter().filter(|sample| sample.truth.is_suspicious()).count();
//! assert!((80..160).contains(&copies));
//! ```

mod demo;
mod draft;
mod evasion;
mod goods;
mod honest;
mod rng;
mod row;
mod seller;
mod suspicious;
mod text;
mod words;
pub mod write;

pub use demo::{DEMO_FILES, DemoFile, copies, copies_path};
pub use rng::Rng;
pub use row::{Row, Sample, Truth};

use scoring::Field;
use words::{LANGUAGES, Words};

/// Copies in a thousand rows.
pub const SUSPICIOUS_PER_MILLE: u64 = 120;

/// An endless row of listings.
#[derive(Clone, Debug)]
pub struct Generator {
    seed: u64,
    rng: Rng,
    number: u64,
}

impl Generator {
    /// Equal seeds give equal rows.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, rng: Rng::new(seed), number: 0 }
    }

    /// The same rows with ids of which none is lower, so that those of two generators differ.
    #[must_use]
    pub fn numbered_from(self, number: u64) -> Self {
        Self { number, ..self }
    }

    fn sample(&mut self) -> Sample {
        let rng = &mut self.rng;
        let words = language(rng);
        let suspicious = rng.chance(SUSPICIOUS_PER_MILLE);
        let (draft, truth) = if suspicious {
            let (draft, how) = suspicious::suspicious(rng, words);
            (draft, Truth::Suspicious(how))
        } else {
            let (draft, what) = honest::honest(rng, words);
            (draft, Truth::Honest(what))
        };
        // Some copies are sold by shops that look like any other, and shops with copies sell honest things too.
        let shady = if suspicious { rng.chance(850) } else { rng.chance(15) };
        let seller = if shady { seller::shady(self.seed, rng, words) } else { seller::honest(self.seed, rng, words) };
        let mut row = draft::row(rng, words, self.number, draft, seller);
        spoil(rng, &mut row);
        Sample { row, truth }
    }
}

impl Iterator for Generator {
    type Item = Sample;

    fn next(&mut self) -> Option<Sample> {
        self.number += 1;
        Some(self.sample())
    }
}

fn language(rng: &mut Rng) -> &'static Words {
    let mut at = rng.below(LANGUAGES.iter().map(|(_, share)| share).sum());
    for (words, share) in LANGUAGES {
        if at < *share {
            return words;
        }
        at -= share;
    }
    LANGUAGES[0].0
}

/// Now and then a row is damaged as real ones are: no title, no id, or a field that cannot be read.
fn spoil(rng: &mut Rng, row: &mut Row) {
    match rng.below(1_000) {
        0..2 => row[Field::Title].clear(),
        2 => row[Field::ListingId].clear(),
        3..8 => row[Field::Price] = rng.pick(&["on request", "ask", "面议", "auf Anfrage"]).to_owned(),
        8..10 => row[Field::SellerRating] = "11".to_owned(),
        10..12 => row[Field::CreatedAt] = "01/05/2026".to_owned(),
        12..15 => row[Field::Gtin] = "B00EXAMPLE".to_owned(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn rows_are_like_real_ones() {
        let samples: Vec<_> = Generator::new(1).take(5_000).collect();
        let copies = samples.iter().filter(|sample| sample.truth.is_suspicious()).count();
        assert!((540..660).contains(&copies), "{copies}");
        let bytes: usize = samples.iter().map(|sample| sample.row[Field::Description].len()).sum();
        assert!((450..750).contains(&(bytes / samples.len())), "{} bytes a description", bytes / samples.len());
        let listings: Vec<_> = samples.iter().filter_map(|sample| sample.row.to_raw().into_listing().ok()).collect();
        let rejected = samples.len() - listings.len();
        assert!((5..30).contains(&rejected), "{rejected}");
        let codes: BTreeSet<_> = listings.iter().flat_map(|l| l.issues.iter().map(|issue| issue.code.clone())).collect();
        let expected = ["created_at.not_a_time", "gtin.not_a_gtin", "price.not_a_number", "seller_rating.out_of_range"];
        assert_eq!(codes.iter().map(String::as_str).collect::<Vec<_>>(), expected);
        let titles: BTreeSet<_> = listings.iter().map(|listing| listing.title.as_str()).collect();
        assert!(titles.len() > listings.len() / 2, "{} different titles", titles.len());
        let mut kinds = BTreeMap::<Truth, u64>::new();
        for sample in &samples {
            *kinds.entry(sample.truth).or_default() += 1;
        }
        assert_eq!(kinds.len(), 12, "{kinds:?}");
        assert!(kinds.values().all(|n| *n > 30), "{kinds:?}");
    }

    #[test]
    fn a_few_sellers_have_many_copies() {
        let mut by_seller = BTreeMap::<String, u64>::new();
        for sample in Generator::new(1).take(5_000).filter(|sample| sample.truth.is_suspicious()) {
            *by_seller.entry(sample.row[Field::SellerId].clone()).or_default() += 1;
        }
        let mut counts: Vec<u64> = by_seller.into_values().collect();
        counts.sort_unstable_by_key(|n| std::cmp::Reverse(*n));
        assert!(counts[0] > 40 && counts.len() > 60, "{counts:?}");
    }

    #[test]
    fn the_language_files_are_complete() {
        for (words, _) in LANGUAGES {
            let lists = [
                words.countries,
                words.colours,
                words.titles,
                words.about,
                words.details,
                words.service,
                words.used_titles,
                words.used,
                words.assurance,
                words.accessory_titles,
                words.accessory,
                words.open,
                words.hints,
                words.copies,
                words.diversion,
                words.shop_names.0,
                words.shop_names.1,
            ];
            assert!(
                lists.iter().all(|list| !list.is_empty()) && !words.everyday.is_empty() && !words.traps.is_empty(),
                "{}",
                words.code
            );
        }
    }
}
