//! Does any listing give a result, the same one every time, with reasons that point at real words and add up?

mod hostile;

use proptest::prelude::*;
use scoring::{Field, Listing, Policy, RawListing, Scorer};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_listing_is_scored_and_explained(listing in hostile::listing()) {
        let policy = Policy::embedded();
        let mut scorer = Scorer::new(policy.clone());
        let scored = scorer.score(&listing, "2026-11-24T00:00:00Z");
        // Buffers are reused: scoring something else in between must not matter.
        scorer.score(&Listing { title: "Gucci 高仿 1:1 G u c c i".into(), ..Listing::default() }, "");
        prop_assert_eq!(&scored, &scorer.score(&listing, "2026-11-24T00:00:00Z"));

        let points: i32 = scored.reasons.iter().map(|reason| reason.points.0).sum();
        prop_assert_eq!(policy.base().0 + points, scored.log_odds.0);
        prop_assert!(scored.risk.0 <= 1000);
        for reason in &scored.reasons {
            if reason.end > reason.start {
                let field = Field::from_name(&reason.field).expect("a field of the contract");
                let words = listing.text(field).and_then(|text| text.get(reason.start as usize..reason.end as usize));
                prop_assert_eq!(words.map(scoring::quote), Some(reason.text.clone()));
            }
        }
        let line = serde_json::to_string(&scored).expect("a result is JSON");
        prop_assert_eq!(&serde_json::from_str::<scoring::ScoredListing>(&line).expect("and reads back"), &scored);
    }
}

#[test]
fn the_longest_listing_is_scored_in_bounded_work() {
    // Every field at its limit, full of words that hit: the number of hits is capped and nothing grows with their square for long.
    let mut raw = RawListing::default();
    raw.set(Field::ListingId, "x");
    raw.set(Field::Title, "gucci replica 1:1 ".repeat(400));
    raw.set(Field::Description, "高仿 驴牌 R0lex not a replica G u c c i ".repeat(1_500));
    let listing = raw.into_listing().expect("it has an id and a title");
    let scored = Scorer::new(Policy::embedded()).score(&listing, "");
    assert!(!scored.reasons.is_empty());
    assert_eq!(scored.issues.len(), 2, "both fields were cut");
}
