//! Listings as attackers write them.

use proptest::prelude::*;
use scoring::{Field, Listing, RawListing};

/// Text as attackers write it: words that matter, broken up by everything that has no width or turns things around.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,12}",
        "[A-Za-z0-9 .,*@$!/_-]{0,16}",
        proptest::sample::select(vec![
            "gucci",
            "Louis Vuitton",
            "1:1",
            "高仿",
            "驴牌",
            "реплика",
            "R0lex",
            "G u c c i",
            "not a",
            "replica",
            "for iPhone",
            "case",
            "레플리카",
            "N級品",
            "\u{200b}",
            "\u{202e}",
            "\u{336}",
            "\u{fe0f}",
            "ｶﾞ",
            "𝐆𝐮",
            "ﬁ",
            "İ",
            "ß",
            "\n",
            "\0",
            "  ",
            "🔥",
            "\u{e0001}",
            "с",
            "*",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// Any fields, with such text in them.
pub(crate) fn listing() -> impl Strategy<Value = Listing> {
    (text(), proptest::collection::vec((0..Field::ALL.len(), text()), 0..8)).prop_map(|(title, others)| {
        let mut raw = RawListing::default();
        raw.set(Field::ListingId, "x");
        raw.set(Field::Title, format!("t{title}"));
        for (field, text) in others {
            raw.set(Field::ALL[field], text);
        }
        raw.into_listing().expect("it has an id and a title")
    })
}
