//! Does every brand's own examples come out as its author expects?

use scoring::{Band, Expectation, Field, Policy, RawListing, Scorer};

#[test]
fn every_example_of_every_brand_holds() {
    let policy = Policy::embedded();
    let mut scorer = Scorer::new(policy.clone());
    let mut failures = Vec::new();
    let mut examples = 0;
    for (file, example) in policy.examples() {
        examples += 1;
        let mut raw = RawListing::default();
        raw.set(Field::ListingId, "example");
        for (field, text) in [
            (Field::Title, &example.title),
            (Field::Description, &example.description),
            (Field::Brand, &example.brand),
            (Field::Category, &example.category),
            (Field::Price, &example.price),
            (Field::Currency, &example.currency),
            (Field::SellerName, &example.seller_name),
        ] {
            raw.set(field, text.as_str());
        }
        let scored = scorer.score(&raw.into_listing().expect("an example has a title"), "2026-11-24T00:00:00Z");
        let brand = scored.brand.as_deref().unwrap_or("");
        let as_expected = (scored.band != Band::Clear) == (example.expect == Expectation::Flagged);
        if !as_expected || example.about.as_deref().is_some_and(|about| about != brand) {
            failures.push(format!(
                "{file}: '{}' should be {:?} about {:?}, is {} about '{brand}': {:#?}",
                example.title, example.expect, example.about, scored.risk, scored.reasons
            ));
        }
    }
    assert!(failures.is_empty(), "{} of {examples} examples fail:\n{}", failures.len(), failures.join("\n"));
    assert!(examples >= 120, "only {examples} examples");
}
