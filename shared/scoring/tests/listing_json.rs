//! Does a listing written as JSON read back as the same listing?

use proptest::prelude::*;
use scoring::{Field, Listing, Policy, RawListing, Scorer};

fn read(json: &str) -> Listing {
    let raw: RawListing = serde_json::from_str(json).expect("a listing is a JSON object");
    assert_eq!(raw.ignored(), 0);
    raw.into_listing().expect("it has an id and a title")
}

fn listing(fields: &[(Field, &str)]) -> Option<Listing> {
    let mut raw = RawListing::default();
    for (field, text) in fields {
        raw.set(*field, *text);
    }
    raw.into_listing().ok()
}

#[test]
fn fields_have_the_names_of_the_contract_and_absent_ones_are_left_out() {
    let check = |fields: &[(Field, &str)], expected: &str| {
        let listing = listing(fields).expect("it has an id and a title");
        assert_eq!(serde_json::to_string(&listing).expect("a listing is JSON"), expected);
    };
    check(&[(Field::ListingId, " A/1 "), (Field::Title, " Bag\t")], r#"{"listing_id":"A/1","title":" Bag\t"}"#);
    check(
        &[
            (Field::ListingId, "1"),
            (Field::Title, "Bag"),
            (Field::Description, "驴牌\u{0}"),
            (Field::Brand, "Gucci"),
            (Field::Category, "bags"),
            (Field::Price, "€1.250,50"),
            (Field::SellerId, "s"),
            (Field::SellerName, "Shop"),
            (Field::SellerRating, "4.8"),
            (Field::SellerCreatedAt, "2024-05-01"),
            (Field::ShipFrom, "cn"),
            (Field::Marketplace, "m"),
            (Field::Url, "https://m/1"),
            (Field::ImageUrls, "https://m/1,w=2.jpg|https://m/2.jpg"),
            (Field::Gtin, "4006381333931"),
            (Field::CreatedAt, "2024-05-01 10:00:00"),
        ],
        concat!(
            r#"{"listing_id":"1","title":"Bag","description":"驴牌\u0000","brand":"Gucci","category":"bags","price":"1250.5","#,
            r#""currency":"EUR","seller_id":"s","seller_name":"Shop","seller_rating":"4.80","seller_created_at":"2024-05-01T00:00:00Z","#,
            r#""ship_from":"CN","marketplace":"m","url":"https://m/1","image_urls":["https://m/1,w=2.jpg","https://m/2.jpg"],"#,
            r#""gtin":"4006381333931","created_at":"2024-05-01T10:00:00Z"}"#
        ),
    );
}

#[test]
fn texts_at_and_beyond_their_limit_survive() {
    for (field, bytes) in [(Field::Title, 4_096), (Field::Description, 32_768), (Field::Url, 1_024)] {
        for text in ["x".repeat(bytes + 1), "驴".repeat(bytes), format!("x{}y", " ".repeat(bytes))] {
            let listing =
                listing(&[(Field::ListingId, "1"), (field, &text), (Field::Title, "Bag")]).expect("it has an id and a title");
            assert_eq!(listing.issues.len(), 1);
            let json = serde_json::to_string(&listing).expect("a listing is JSON");
            assert_eq!(Listing { issues: listing.issues.clone(), ..read(&json) }, listing);
        }
    }
}

/// The text of a field as exports may give it, valid or not.
fn text_of(field: Field) -> BoxedStrategy<String> {
    let any = "\\PC{0,20}|[\\x00-\\x20a\u{a0}\u{3000}\u{2028}\u{200b}]{0,8}|gucci 高仿 1:1";
    match field {
        Field::Price => "[$€¥]?[0-9]{1,13}([.,][0-9]{0,6})?( ?(USD|EUR|RMB|元|xyz))?|0|-5|\\PC{0,6}".boxed(),
        Field::Currency => "[a-zA-Z]{3}|rmb|元|\\$|\\PC{0,3}".boxed(),
        Field::SellerRating => "[0-5]([.,][0-9]{1,3})?(/5)?|5\\.01".boxed(),
        Field::SellerCreatedAt | Field::CreatedAt => {
            "-?[0-9]{4,6}-[01][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9]:[0-6][0-9](\\.[0-9]{1,9})?(Z|[+-][01][0-9]:[0-5][0-9])?)?".boxed()
        }
        Field::ShipFrom => "[a-zA-Z]{2,3}".boxed(),
        Field::Gtin => "'?[0-9 -]{0,16}".boxed(),
        Field::ImageUrls => "((https?)?(://)?[a-z驴\u{a0}\u{3000}\u{b}]{0,3}[,|; \\t\\n]{0,2}){0,6}".boxed(),
        _ => any.boxed(),
    }
}

fn fields() -> impl Strategy<Value = Vec<(Field, String)>> {
    let field = (0..Field::ALL.len()).prop_flat_map(|at| (Just(Field::ALL[at]), text_of(Field::ALL[at])));
    proptest::collection::vec(field, 0..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_listing_reads_back_as_itself(fields in fields()) {
        let mut fields: Vec<_> = fields.iter().map(|(field, text)| (*field, text.as_str())).collect();
        fields.push((Field::ListingId, "1"));
        fields.push((Field::Title, "Bag"));
        let listing = listing(&fields).expect("it has an id and a title");
        let back = read(&serde_json::to_string(&listing).expect("a listing is JSON"));
        prop_assert!(back.issues.is_empty(), "{:?}", back.issues);
        prop_assert_eq!(back.input_hash(), listing.input_hash());
        let mut scorer = Scorer::new(Policy::embedded());
        let (before, after) = (scorer.score(&listing, ""), scorer.score(&back, ""));
        prop_assert_eq!((before.risk, before.reasons), (after.risk, after.reasons));
        prop_assert_eq!(Listing { issues: listing.issues.clone(), ..back }, listing);
    }
}
