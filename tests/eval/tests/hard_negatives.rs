//! Are honest listings that merely look bad left alone?

#![allow(clippy::unwrap_used)] // a test may end at once

use eval::hard_negatives::{self, HardNegative};
use scoring::{Band, Policy, ScoredListing, Scorer};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What a set that is worth measuring on has at least.
const LISTINGS_MIN: usize = 1_000;
const LANGUAGES_MIN: usize = 11;
const FAMILY_LISTINGS_MIN: usize = 30;
/// Listings in review per thousand, at most.
const REVIEW_PER_MILLE_MAX: usize = 5;

fn load() -> Vec<HardNegative> {
    hard_negatives::load().unwrap()
}

#[test]
fn the_set_is_large_varied_and_clean() {
    let all = load();
    assert!(all.len() >= LISTINGS_MIN, "{} listings", all.len());

    let languages: BTreeSet<_> = all.iter().map(|honest| &honest.language).collect();
    assert!(languages.len() >= LANGUAGES_MIN, "only {languages:?}");

    let mut families: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut ids, mut texts) = (BTreeSet::new(), BTreeSet::new());
    for HardNegative { family, listing, .. } in &all {
        *families.entry(family).or_default() += 1;
        assert!(ids.insert(&listing.listing_id), "{} stands twice", listing.listing_id);
        assert!(texts.insert(listing.title.to_lowercase()), "the title of {} stands twice", listing.listing_id);
        assert!(listing.issues.is_empty(), "{}: {:?}", listing.listing_id, listing.issues);
        let named = format!("HN-{}-", family.replace('_', "-"));
        assert!(listing.listing_id.starts_with(&named), "{} is not named for its family", listing.listing_id);
    }
    for (family, listings) in families {
        assert!(listings >= FAMILY_LISTINGS_MIN, "{family} has only {listings} listings");
    }
}

#[test]
fn honest_listings_that_look_bad_are_left_alone() {
    let all = load();
    let mut scorer = Scorer::new(Policy::embedded());
    let scored: Vec<_> = all.iter().map(|honest| (honest, scorer.score(&honest.listing, "2026-11-24T00:00:00Z"))).collect();

    println!("{}", table("family", &scored, |honest| &honest.family));
    println!("{}", table("language", &scored, |honest| &honest.language));

    let in_band = |band| scored.iter().filter(move |(_, result)| result.band == band);
    let flagged: Vec<_> = in_band(Band::RedFlag).map(|(honest, result)| described(honest, result)).collect();
    assert!(flagged.is_empty(), "red flags on honest listings:\n{}", flagged.join("\n"));
    let review: Vec<_> = in_band(Band::Review).map(|(honest, result)| described(honest, result)).collect();
    let review_max = all.len() * REVIEW_PER_MILLE_MAX / 1_000;
    assert!(
        review.len() <= review_max,
        "{} honest listings in review, {review_max} may be:\n{}",
        review.len(),
        review.join("\n")
    );
}

/// Listings, those in review and those flagged, by a label; and the highest risk.
fn table(label: &str, scored: &[(&HardNegative, ScoredListing)], of: impl Fn(&HardNegative) -> &str) -> String {
    let mut rows: BTreeMap<&str, (usize, usize, usize, f64)> = BTreeMap::new();
    for (honest, result) in scored {
        for key in [of(honest), "all"] {
            let (listings, review, red_flag, highest) = rows.entry(key).or_default();
            *listings += 1;
            *review += usize::from(result.band == Band::Review);
            *red_flag += usize::from(result.band == Band::RedFlag);
            *highest = highest.max(f64::from(result.risk.0) / 10.0);
        }
    }
    let mut text = format!("{label:<28} listings review red_flag highest risk\n");
    for (key, (listings, review, red_flag, highest)) in rows {
        writeln!(text, "{key:<28} {listings:>8} {review:>6} {red_flag:>8} {highest:>12.1}").unwrap();
    }
    text
}

fn described(honest: &HardNegative, result: &ScoredListing) -> String {
    let reasons: Vec<_> =
        result.reasons.iter().map(|reason| format!("{} {} ({})", reason.points.0, reason.signal, reason.why)).collect();
    format!("{} {}, {}: {}", honest.listing.listing_id, honest.listing.title, result.risk.0, reasons.join("; "))
}
