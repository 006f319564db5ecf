//! Are results found again, whatever their size?
#![allow(clippy::unwrap_used)]

use local::stack::{Stack, Storage, tables};
use scoring::{Field, Harm, Policy, RawListing, Scorer};
use storage::Upload;
use storage::results::{BatchWriter, Origin, history, latest, to_item};
use tokio::time::{Duration, Instant};

/// Digits in no order, so that a listing stays as large when it is compressed.
fn noise(bytes: usize) -> String {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'0' + ((state >> 24) as u8 & 63))
    };
    (0..bytes).map(|_| next()).collect()
}

#[tokio::test]
async fn a_history_is_not_cut_at_a_megabyte_and_its_listings_score_the_same_again() {
    let stack = Stack::start(Storage::Memory).await.unwrap();
    let mut raw = RawListing::default();
    raw.set(Field::ListingId, "A-17");
    raw.set(Field::Title, "Louis Vuitton Neverfull 1:1 replica");
    raw.set(Field::Description, noise(32_000));
    raw.set(Field::Price, "no number");
    raw.set(Field::ImageUrls, noise(30_000));
    let listing = raw.into_listing().unwrap();
    let mut scorer = Scorer::new(Policy::embedded());
    let scored = scorer.score(&listing, "2026-11-24T00:00:00Z");
    let items = (0..60).map(|upload| {
        let upload = Upload { at_ms: 1_790_000_000_000 + upload, sequencer: String::new() };
        let origin = Origin::new(&format!("j-{}", upload.at_ms), &upload, 2_000_000_000).unwrap();
        to_item(&origin, 0, &listing, &scored, Harm(12_345))
    });
    let deadline = Instant::now() + Duration::from_secs(60);
    let (client, table) = (stack.dynamodb(), tables().results);
    let mut writer = BatchWriter::new(client.clone(), &table, deadline);
    writer.put(items).await.unwrap();
    writer.flush().await.unwrap();

    for (results_max, found) in [(0, 0), (1, 1), (59, 59), (60, 60), (61, 60)] {
        let results = history(&client, &table, "A-17", results_max).await.unwrap();
        assert_eq!(results.len(), found);
        assert!(results.is_sorted_by(|newer, older| newer.order_key > older.order_key));
    }
    let stored = latest(&client, &table, "A-17").await.unwrap().unwrap();
    assert_eq!((stored.job_id.as_str(), stored.expected_harm), ("j-1790000000059", Some(Harm(12_345))));
    assert_eq!(scorer.score(&stored.listing.unwrap(), "2026-11-24T00:00:00Z"), scored);
    stack.stop().await;
}
