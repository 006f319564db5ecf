//! Does what is said to clear a listing clear it? On every example of the policy, and on texts at random.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use scoring::limits::SCORINGS_MAX;
use scoring::{Band, Counterfactual, Field, Listing, Policy, RawListing, Scorer};

fn listing(fields: &[(Field, String)]) -> Listing {
    let mut raw = RawListing::default();
    raw.set(Field::ListingId, "A-17");
    for (field, value) in fields {
        raw.set(*field, value.clone());
    }
    raw.set(Field::Title, "x"); // unless there is one
    raw.into_listing().unwrap()
}

/// Scores the changed listing with another scorer and compares with what was said.
fn verify(scorer: &mut Scorer, listing: &Listing, found: &Counterfactual) {
    let after = scorer.score(&found.apply(listing), "");
    assert_eq!((after.risk, after.band), (found.risk_after, found.band_after), "{found:#?}");
    assert_eq!(found.reachable, found.band_after == Band::Clear);
    assert!(found.scorings <= SCORINGS_MAX + 2_000, "{}", found.scorings);
    for change in &found.changes {
        let text = listing.text(Field::from_name(&change.field).unwrap()).unwrap_or_default();
        assert!(text.get(change.start as usize..change.end as usize).is_some(), "{change:?}");
    }
}

#[test]
fn every_flagged_example_is_cleared_or_said_to_be_out_of_reach() {
    let policy = Policy::embedded();
    let (mut scorer, mut other) = (Scorer::new(policy.clone()), Scorer::new(policy.clone()));
    let (mut flagged, mut cleared) = (0, 0);
    for (_, example) in policy.examples() {
        let listing = listing(&[
            (Field::Title, example.title.clone()),
            (Field::Description, example.description.clone()),
            (Field::Brand, example.brand.clone()),
            (Field::Category, example.category.clone()),
            (Field::Price, example.price.clone()),
            (Field::Currency, example.currency.clone()),
            (Field::SellerName, example.seller_name.clone()),
        ]);
        let found = scorer.counterfactual(&listing);
        verify(&mut other, &listing, &found);
        if found.risk >= found.threshold {
            flagged += 1;
            cleared += u32::from(found.reachable);
            assert!(!found.reachable || !found.changes.is_empty());
        } else {
            assert!(found.changes.is_empty() && found.minimal);
        }
    }
    assert!(flagged > 100 && cleared * 10 >= flagged * 9, "{cleared} of {flagged}");
}

proptest! {
    #[test]
    fn no_text_breaks_it(
        words in prop::collection::vec(prop::sample::select(vec![
            "replica", "1:1", "Rolex", "Guссi", "驴牌", "复刻", "mirror quality", "no", "used", "G u c c i", "AAA+", "WhatsApp",
            "\u{200b}", "bag", ",", "👜", "高仿", "Louis Vuitton", "копия", "n'est pas", "dm for", "https://x.example/a",
        ]), 0..14),
        more in "\\PC{0,30}",
        price in 0_u32..4_000,
    ) {
        let text = words.join(" ");
        let listing = listing(&[
            (Field::Title, text.clone()),
            (Field::Description, format!("{more} {text}")),
            (Field::Brand, words.first().copied().unwrap_or_default().to_owned()),
            (Field::Price, price.to_string()),
            (Field::Currency, "USD".to_owned()),
        ]);
        let found = Scorer::new(Policy::embedded()).counterfactual(&listing);
        verify(&mut Scorer::new(Policy::embedded()), &listing, &found);
    }
}
