//! Which listings are one offer, posted again under another id or by another shop?
//!
//! Candidates for comparison come from locality-sensitive hashing of the titles' words (`MinHash` in bands; Leskovec, Rajaraman and Ullman,
//! Mining of Massive Datasets, chapter 3). What is an offer is then decided as in the console, by [`scoring::Sketch`]: disguises undone,
//! sizes and order ignored, model numbers respected. A title of few words names goods and not an offer ("iPhone 13 case black"), so that
//! there the descriptions must be alike as well.

use super::candidate::Candidate;
use super::evidence::others;
use super::groups::Sets;
use super::hash::Hash;
use super::spread::Spread;
use super::words::{DESCRIPTION_NAMES, features, least};
use crate::limits::{FAMILIES_PER_BUCKET_MAX, VALUE_SELLERS_MAX};
use scoring::text::Folded;
use scoring::{Policy, Sketch};

/// Titles that share four words of five meet in a bucket in 98 of 100 cases, those that share half in 55, those that share a fifth in 5:
/// 1 - (1 - share^ROWS)^BANDS.
const BANDS: usize = 6;
const ROWS: usize = 3;
/// Fewest words of a title that names an offer by itself.
const OFFER_WORDS_MIN: usize = 8;
/// Places of [`DESCRIPTION_NAMES`] in which descriptions agree that are alike: about two thirds of their words.
const ALIKE_NAMES_MIN: usize = DESCRIPTION_NAMES * 2 / 3;

/// Offers among listings.
pub(super) struct Offers {
    /// For each listing the first of those that offer the same; itself, where it is alone.
    pub(super) first: Vec<u32>,
    /// Listings that were not compared with every other in their bucket, because there were too many offers in it.
    pub(super) uncompared: u64,
    /// Listings that were not compared at all, because many sellers use their title.
    pub(super) common_titles: u64,
}

/// Finds out which of the listings, sorted as they are, offer the same.
pub(super) fn offers(candidates: &[&Candidate], spread: &Spread, policy: &Policy) -> Offers {
    let mut common_titles = 0;
    let mut lengths = Vec::with_capacity(candidates.len());
    let mut buckets: Vec<(u64, u32)> = Vec::with_capacity(candidates.len() * BANDS);
    for (at, candidate) in (0_u32..).zip(candidates) {
        let mut features = features(&Folded::of(&candidate.title));
        let showing = (candidate.seller, candidate.title_noted_as.as_slice());
        if others([showing].into_iter(), spread).is_none_or(|others| others > VALUE_SELLERS_MAX) {
            common_titles += 1;
            features.clear();
        }
        for (band, rows) in (0_u8..).zip(least(&features, BANDS * ROWS).chunks_exact(ROWS)) {
            let hash = rows.iter().fold(Hash::new(band), |hash, row| hash.with_all(&row.to_le_bytes()));
            buckets.push((hash.finish(), at));
        }
        lengths.push(features.len());
    }
    buckets.sort_unstable();

    let mut sketches: Vec<Option<Sketch>> = vec![None; candidates.len()];
    let mut sets = Sets::new(candidates.len());
    let mut uncompared = 0;
    for bucket in buckets.chunk_by(|one, other| one.0 == other.0).filter(|bucket| bucket.len() > 1) {
        // Each listing is compared with the first of every offer in the bucket, so that a thousand copies are a thousand comparisons.
        let mut firsts: Vec<u32> = Vec::new();
        for (_, listing) in bucket {
            let this = *listing as usize;
            sketches[this].get_or_insert_with(|| policy.sketch(&candidates[this].title));
            let same = firsts.iter().find(|first| {
                let first = **first as usize;
                let are_like = match (&sketches[first], &sketches[this]) {
                    (Some(one), Some(other)) => one.is_like(other),
                    _ => false,
                };
                let names_an_offer = lengths[first].min(lengths[this]) >= OFFER_WORDS_MIN;
                are_like && (names_an_offer || describe_alike(candidates[first], candidates[this]))
            });
            match same {
                Some(first) => {
                    sets.join(*first, *listing);
                }
                None if firsts.len() < FAMILIES_PER_BUCKET_MAX => firsts.push(*listing),
                None => uncompared += 1,
            }
        }
    }
    Offers { first: (0..).take(candidates.len()).map(|at| sets.first(at)).collect(), uncompared, common_titles }
}

fn describe_alike(one: &Candidate, other: &Candidate) -> bool {
    let agreeing = one.description.iter().zip(&other.description).filter(|(one, other)| one == other).count();
    agreeing >= ALIKE_NAMES_MIN
}

#[cfg(test)]
mod tests {
    use super::super::candidate::{Place, Standing};
    use super::*;
    use scoring::{Harm, Listing, Scorer};

    fn firsts(texts: &[(&str, &str)]) -> Vec<u32> {
        let policy = Policy::embedded();
        let mut scorer = Scorer::new(policy.clone());
        let candidates: Vec<Candidate> = texts
            .iter()
            .map(|(title, description)| {
                let (title, description) = ((*title).to_owned(), Some((*description).to_owned()));
                let listing = Listing { title, description, ..Listing::default() };
                let place = Place::new(Standing::Flagged, &scorer.score(&listing, ""), 1);
                Candidate::new(&listing, (1, "s"), place, Harm(0), 0)
            })
            .collect();
        offers(&candidates.iter().collect::<Vec<_>>(), &Spread::new(), &policy).first
    }

    #[test]
    fn an_offer_is_found_again_under_small_changes_and_a_common_title_is_no_offer() {
        let text =
            "Selling my own case, bought in June in Lyon, used for two weeks, with a scratch on the left side near the camera";
        let (bag, other) = (
            "Louis Vuitton Neverfull MM brown canvas mirror quality factory direct with box and dust bag",
            "Louis Vuitton Speedy 30 brown canvas mirror quality factory direct with box and dust bag",
        );
        let check = |one: (&str, &str), other: (&str, &str), expected: bool| {
            assert_eq!(firsts(&[one, other]), if expected { [0, 0] } else { [0, 1] }, "{one:?} / {other:?}");
        };
        check((bag, ""), (bag, "other words"), true);
        check(
            (bag, ""),
            ("Louis Vuitton NEVERFULL MM brown canvas, quality mirror factory direct with box and dust bag sale", ""),
            true,
        );
        check(
            (bag, ""),
            ("Louis Vuitton Neverfull MM brown canvas m1rror quality factory direct with box and dust bag", ""),
            true,
        );
        check((bag, ""), (other, ""), false);
        check(("路易威登老花手提包女士单肩斜挎包经典款", ""), ("路易威登老花手提包女士单肩斜挎包经典款 现货", ""), true);
        check(
            ("iPhone 13 case black", text),
            ("iPhone 13 case black", "Shockproof cover for every day, five colours, ships from Spain"),
            false,
        );
        check(("iPhone 13 case black", text), ("iPhone 13 case, black", &text.to_uppercase()), true);
        check(("🔥", text), ("🔥", text), false);
    }

    #[test]
    fn a_bucket_of_many_offers_says_what_it_did_not_compare() {
        // One title, so that all fall into the same buckets, and descriptions that have nothing in common.
        let text = |at: usize| (0..30).map(|word| format!("w{at}x{word}")).collect::<Vec<_>>().join(" ");
        let texts: Vec<String> = (0..FAMILIES_PER_BUCKET_MAX + 2).map(text).collect();
        let policy = Policy::embedded();
        let mut scorer = Scorer::new(policy.clone());
        let mut made = |text: &String| {
            let listing =
                Listing { title: "iPhone 13 case black".to_owned(), description: Some(text.clone()), ..Listing::default() };
            let place = Place::new(Standing::Flagged, &scorer.score(&listing, ""), 1);
            Candidate::new(&listing, (1, "s"), place, Harm(0), 0)
        };
        let candidates: Vec<Candidate> = texts.iter().map(&mut made).collect();
        let spread = Spread::new();
        let uncompared = |count: usize| offers(&candidates.iter().take(count).collect::<Vec<_>>(), &spread, &policy).uncompared;
        assert_eq!(uncompared(FAMILIES_PER_BUCKET_MAX), 0);
        assert_eq!(uncompared(FAMILIES_PER_BUCKET_MAX + 2), 2 * BANDS as u64);
    }
}
