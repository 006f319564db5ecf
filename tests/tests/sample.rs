//! Is what the demo shows right? Every listing of the sample export against the truth that only its generator knows.
#![allow(clippy::unwrap_used, clippy::panic)]

use exports::{Hint, Row};
use scoring::{Band, Policy, ScoredListing, Scorer};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use tests::sample::{DEMO_FILES, Truth};

/// Most honest listings in a thousand that may be sent to review; none may be a red flag.
const HONEST_FLAGGED_PER_MILLE_MAX: usize = 5;
/// Least copies in a thousand that must be flagged. What is missed has nothing but its price to tell, in a file without a currency.
const COPIES_FLAGGED_PER_MILLE_MIN: usize = 930;

/// The results of every file's listings, each with its truth and its title.
fn scored() -> Vec<(Truth, String, ScoredListing)> {
    let mut scorer = Scorer::new(Policy::embedded());
    let mut scored = Vec::new();
    for file in &DEMO_FILES {
        let mut truths: BTreeMap<String, Truth> = BTreeMap::new();
        for sample in file.samples() {
            truths.insert(sample.row[scoring::Field::ListingId].clone(), sample.truth);
        }
        for row in exports::open(File::open(file.path()).unwrap(), &Hint { name: file.name }).unwrap() {
            // Broken rows are part of the sample.
            let Row::Listing { listing, .. } = row.unwrap() else { continue };
            let truth =
                truths.get(&listing.listing_id).unwrap_or_else(|| panic!("{} is not in {}", listing.listing_id, file.name));
            scored.push((*truth, listing.title.clone(), scorer.score(&listing, "2026-11-24T00:00:00Z")));
        }
    }
    scored
}

#[test]
fn copies_are_flagged_and_honest_listings_are_not() {
    let (mut wrong, mut honest, mut copies) = (String::new(), (0, 0, 0), (0, 0));
    for (truth, title, result) in scored() {
        let is_flagged = result.band != Band::Clear;
        if truth.is_suspicious() {
            copies = (copies.0 + 1, copies.1 + usize::from(is_flagged));
        } else {
            let is_red = result.band == Band::RedFlag;
            honest = (honest.0 + 1, honest.1 + usize::from(is_flagged), honest.2 + usize::from(is_red));
        }
        if truth.is_suspicious() != is_flagged {
            let reasons: Vec<_> = result.reasons.iter().map(|reason| format!("{} {}", reason.signal, reason.points)).collect();
            writeln!(wrong, "{truth:?} {} {} {title}: {}", result.risk, result.listing_id, reasons.join(", ")).unwrap();
        }
    }
    assert!(honest.0 > 2_000 && copies.0 > 300, "{honest:?} {copies:?}");
    let is_right = honest.2 == 0
        && honest.1 * 1_000 <= honest.0 * HONEST_FLAGGED_PER_MILLE_MAX
        && copies.1 * 1_000 >= copies.0 * COPIES_FLAGGED_PER_MILLE_MIN;
    assert!(is_right, "honest, flagged, red flags: {honest:?}; copies, flagged: {copies:?}\n{wrong}");
}
