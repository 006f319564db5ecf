//! Does a listing get the same risk and the same reasons whichever form its export has?
#![allow(clippy::unwrap_used, clippy::panic)]

use exports::{Hint, Row};
use scoring::{Policy, ScoredListing, Scorer};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::PathBuf;

/// The file that the others were made from.
const SOURCE: &str = "listings.jsonl";

fn folder() -> PathBuf {
    tests::workspace_root().join("tests/golden")
}

/// The results of one file by listing, and the format that was recognised.
fn scored(name: &str) -> (BTreeMap<String, ScoredListing>, String) {
    let file = File::open(folder().join(name)).unwrap();
    let mut rows = exports::open(file, &Hint { name }).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut scorer = Scorer::new(Policy::embedded());
    let mut results = BTreeMap::new();
    for row in &mut rows {
        match row.unwrap_or_else(|error| panic!("{name}: {error}")) {
            Row::Listing { listing, .. } => {
                let result = scorer.score(&listing, "2026-11-23T00:00:00Z");
                assert!(results.insert(result.listing_id.clone(), result).is_none(), "{name}: {} twice", listing.listing_id);
            }
            Row::Reject(reject) => panic!("{name}: {reject:?}"),
        }
    }
    let format = rows.format().to_owned();
    (results, format)
}

/// Everything that is printed of a score, as the bytes that are printed.
fn printed(result: &ScoredListing) -> String {
    serde_json::to_string(&(result.risk, result.log_odds, result.band, &result.brand, &result.reasons, &result.policy)).unwrap()
}

#[test]
fn every_form_of_an_export_gives_the_same_risks_and_reasons() {
    let (expected, _) = scored(SOURCE);
    assert_eq!(expected.len(), 30);
    let reasons: usize = expected.values().map(|result| result.reasons.len()).sum();
    assert!(reasons > 20, "{reasons} reasons for all listings show little");
    let mut formats = BTreeMap::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".py") || name.starts_with('.') {
            continue;
        }
        let (found, format) = scored(&name);
        assert!(found.len() >= 20, "{name}: {} listings", found.len());
        for (id, result) in &found {
            let wanted = expected.get(id).unwrap_or_else(|| panic!("{name}: a listing {id} that is not in {SOURCE}"));
            assert_eq!(printed(result), printed(wanted), "{name}: {id}");
            // The hash of what was read: nothing was lost or added on the way, also where it does not matter for the score.
            assert_eq!((&result.input, &result.issues), (&wanted.input, &wanted.issues), "{name}: {id}");
        }
        formats.insert(name, (found.len(), format));
    }
    let complete = formats.values().filter(|(listings, _)| *listings == 30).count();
    assert!(formats.len() >= 16 && complete >= 13, "files are missing: {formats:#?}");
}
