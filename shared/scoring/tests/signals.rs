//! Does each signal fire where it should, and stay silent on the honest listing that resembles it?

mod signal_cases;

use scoring::{Field, Policy, RawListing, ScoredListing, Scorer, signals};
use signal_cases::{Case, Fields};
use std::collections::BTreeSet;

use Field::{Brand, Category, CreatedAt, Currency, Description, Gtin, Price, SellerCreatedAt, SellerName, SellerRating, Title};

fn score(fields: Fields) -> ScoredListing {
    let mut raw = RawListing::default();
    raw.set(Field::ListingId, "case");
    for (field, text) in fields {
        raw.set(*field, *text);
    }
    Scorer::new(Policy::embedded()).score(&raw.into_listing().expect("a case has a title"), "2026-11-24T00:00:00Z")
}

/// The cases of what was there first; the others stand by group in `signal_cases`.
const CASES: &[Case] = &[
    (
        "accessory_context",
        &[(Title, "Silicone case for iPhone 15 Pro"), (Category, "electronics")],
        "iPhone",
        &[(Title, "Apple iPhone 15 Pro 256GB"), (Category, "electronics")],
    ),
    (
        "agent_link",
        &[(Title, "Nike Dunk Low"), (Description, "full album on yupoo")],
        "yupoo",
        &[(Title, "Nike Dunk Low"), (Description, "full album of photos")],
    ),
    ("altered_letters", &[(Title, "R0lex Submariner"), (Category, "watches")], "R0lex", &[(Title, "Samsung S21 Ultra 256GB")]),
    ("altered_letters", &[(Title, "Gucc1 bag!")], "Gucc1", &[(Title, "New Gucci! Sale")]),
    (
        "brand_copied",
        &[(Title, "Nike Dunk Low"), (Category, "shoes")],
        "Nike",
        &[(Title, "Case for iPhone 15"), (Category, "electronics")],
    ),
    (
        "brand_mismatch",
        &[(Title, "Gucci Marmont bag"), (Brand, "Prada"), (Category, "bags")],
        "Gucci",
        &[(Title, "Air Jordan 1 Low"), (Brand, "Nike"), (Category, "shoes")],
    ),
    (
        "brand_misspelled",
        &[(Title, "Vuiton Neverfull tote"), (Category, "bags")],
        "Vuiton",
        &[(Title, "Louis Vuitton (often misspelt Vuiton) tote"), (Category, "bags")],
    ),
    ("brand_nickname", &[(Title, "驴牌 老花 手提包")], "驴牌", &[(Title, "Louis Vuitton 驴牌 手提包")]),
    (
        "brand_stuffing",
        &[(Title, "Belt Gucci Chanel Hermes Prada style"), (Category, "accessories")],
        "Prada",
        &[(Title, "Supreme x Louis Vuitton box logo"), (Category, "clothing")],
    ),
    (
        "brand_withheld",
        &[(Title, "Nike Dunk Low Panda"), (Brand, "Unbranded"), (Category, "shoes")],
        "Nike",
        &[(Title, "Case for iPhone 15"), (Brand, "Unbranded"), (Category, "electronics")],
    ),
    ("bulk_supply", &[(Title, "Gucci 包 一件代发")], "一件代发", &[(Title, "Gucci 包")]),
    (
        "condition_doubt",
        &[(Title, "Rolex watch"), (Description, "From an estate, cannot guarantee authenticity.")],
        "cannot guarantee authenticity",
        &[(Title, "Rolex watch"), (Description, "From an estate, we guarantee the delivery.")],
    ),
    (
        "contact_diversion",
        &[(Title, "Gucci bag"), (Description, "ask me on WhatsApp")],
        "WhatsApp",
        &[(Title, "Fishing line 0.3 mm")],
    ),
    (
        "copy_grade",
        &[(Title, "Rolex Daytona mirror quality"), (Category, "watches")],
        "mirror quality",
        &[(Title, "Duracell AAA batteries 8 pack")],
    ),
    ("denial", &[(Title, "Gucci bag, not a replica")], "replica", &[(Title, "Gucci bag, new")]),
    (
        "factory_code",
        &[(Title, "Jordan 1 LJR batch"), (Category, "shoes")],
        "LJR batch",
        &[(Title, "Small batch coffee, roasted weekly")],
    ),
    ("fake_receipt", &[(Title, "Gucci 包 可做小票")], "可做小票", &[(Title, "Gucci 包 专柜购入")]),
    ("gtin_check_digit", &[(Title, "Bag"), (Gtin, "4006381333932")], "4006381333932", &[(Title, "Bag"), (Gtin, "4006381333931")]),
    (
        "gtin_prefix",
        &[(Title, "Gucci bag"), (Gtin, "2000000000008")],
        "2000000000008",
        &[(Title, "Gucci bag"), (Gtin, "4006381333931")],
    ),
    ("hidden_logo", &[(Title, "LV 手提包 图片无标 实物有标"), (Category, "bags")], "图片无标", &[(Title, "纯色 手提包 无标")]),
    ("invisible_characters", &[(Title, "Gu\u{200b}cci bag")], "Gu\u{200b}cci", &[(Title, "Donau\u{ad}dampf\u{ad}schiff")]),
    ("leaked_goods", &[(Title, "Gucci 原单 女包")], "原单", &[(Title, "Gucci 女包")]),
    ("licensed", &[(Title, "Officially licensed Star Wars mug")], "Officially licensed", &[(Title, "Star Wars mug")]),
    ("lookalike_letters", &[(Title, "Guссi bag")], "Guссi", &[(Title, "красная сумка")]),
    (
        "lookalike_term",
        &[(Title, "Creed Aventus dupe 100ml"), (Category, "perfume")],
        "dupe",
        &[(Title, "Creed Aventus 100ml"), (Category, "perfume")],
    ),
    ("media_context", &[(Title, "Fake: a novel")], "novel", &[(Title, "Leather bag")]),
    ("over_assurance", &[(Title, "Gucci bag 100% authentic")], "100% authentic", &[(Title, "Bag, 100% cotton")]),
    ("parallel_import", &[(Title, "Seiko 腕時計 並行輸入品")], "並行輸入", &[(Title, "Seiko 腕時計")]),
    (
        "passes_check",
        &[(Title, "AJ1 可过得物"), (Category, "shoes")],
        "可过得物",
        &[(Title, "AJ1 得物购入"), (Category, "shoes")],
    ),
    (
        "payment_diversion",
        &[(Title, "Gucci bag"), (Description, "Western Union only")],
        "Western Union",
        &[(Title, "Gucci bag"), (Description, "pay by card")],
    ),
    ("placeholder_listing", &[(Title, "Gucci 专拍链接")], "专拍链接", &[(Title, "Gucci 女包")]),
    (
        "placeholder_price",
        &[(Title, "Rolex Submariner"), (Category, "watches"), (Price, "1"), (Currency, "USD")],
        "1",
        &[(Title, "Sticker"), (Price, "1"), (Currency, "USD")],
    ),
    (
        "price_against_new",
        &[(Title, "Gucci Marmont belt"), (Category, "accessories"), (Price, "95"), (Currency, "USD")],
        "95 USD",
        &[(Title, "Gucci Marmont belt"), (Category, "accessories"), (Price, "950"), (Currency, "USD")],
    ),
    (
        "price_below_floor",
        &[(Title, "Louis Vuitton Neverfull"), (Category, "bags"), (Price, "27"), (Currency, "USD")],
        "27 USD",
        &[(Title, "Louis Vuitton Neverfull"), (Category, "bags"), (Price, "1400"), (Currency, "USD")],
    ),
    (
        "price_below_new",
        &[(Title, "Gucci accessory"), (Category, "accessories"), (Price, "95"), (Currency, "USD")],
        "95 USD",
        &[(Title, "Gucci accessory, pre-owned"), (Category, "accessories"), (Price, "95"), (Currency, "USD")],
    ),
    (
        "price_plausible",
        &[(Title, "Louis Vuitton Neverfull"), (Category, "bags"), (Price, "1400"), (Currency, "EUR")],
        "1400 EUR",
        &[(Title, "Bag"), (Price, "1400"), (Currency, "EUR")],
    ),
    (
        "replica_term",
        &[(Title, "Gucci bag replica")],
        "replica",
        &[(Title, "Maison Margiela Replica Jazz Club 100 ml"), (Category, "perfume")],
    ),
    ("second_hand", &[(Title, "Gucci bag, pre-owned")], "pre-owned", &[(Title, "Gucci bag, new")]),
    (
        "seller_name_term",
        &[(Title, "Gucci bag"), (SellerName, "Kicks Replica Store")],
        "Replica",
        &[(Title, "Gucci bag"), (SellerName, "Reppin Street Wear")],
    ),
    (
        "seller_new",
        &[(Title, "Gucci bag"), (SellerCreatedAt, "2026-11-01T00:00:00Z"), (CreatedAt, "2026-11-03T00:00:00Z")],
        "2026-11-01T00:00:00Z",
        &[(Title, "Gucci bag"), (SellerCreatedAt, "2016-11-01T00:00:00Z"), (CreatedAt, "2026-11-03T00:00:00Z")],
    ),
    ("seller_rating_low", &[(Title, "Gucci bag"), (SellerRating, "2.1")], "2.10", &[(Title, "Gucci bag"), (SellerRating, "0")]),
    ("spaced_letters", &[(Title, "G u c c i bag")], "G u c c i", &[(Title, "Made in U. S. A. bag")]),
    ("styled_letters", &[(Title, "𝐆𝐮𝐜𝐜𝐢 bag")], "𝐆𝐮𝐜𝐜𝐢", &[(Title, "ＡＢＣ 文房具")]),
    ("text_direction", &[(Title, "Gucci \u{202e}gab\u{202c}")], "\u{202e}", &[(Title, "حقيبة جلد")]),
    (
        "used_price_against_new",
        &[(Title, "Gucci Marmont belt, pre-owned"), (Category, "accessories"), (Price, "25"), (Currency, "USD")],
        "25 USD",
        &[(Title, "Gucci Marmont belt, pre-owned"), (Category, "accessories"), (Price, "250"), (Currency, "USD")],
    ),
    ("wink", &[(Title, "Gucci 女包 懂的来")], "懂的来", &[(Title, "Gucci 女包")]),
];

fn cases() -> impl Iterator<Item = &'static Case> {
    CASES.iter().chain(signal_cases::all())
}

#[test]
fn each_signal_fires_and_stays_silent_where_it_should() {
    let mut problems = Vec::new();
    for (signal, fires, words, silent) in cases() {
        let scored = score(fires);
        match scored.reasons.iter().find(|reason| reason.signal == *signal) {
            None => problems.push(format!("{signal} does not fire on {fires:?}: {:#?}", scored.reasons)),
            Some(reason) => {
                let original = fires.iter().find(|(field, _)| field.name() == reason.field).map_or("", |(_, text)| *text);
                let pointed = &original[reason.start as usize..reason.end as usize];
                if reason.text != *words || (reason.end > reason.start && pointed != *words) {
                    problems.push(format!("{signal} points at {:?} ({pointed:?}) and not at {words:?}", reason.text));
                }
            }
        }
        let quiet = score(silent);
        if let Some(reason) = quiet.reasons.iter().find(|reason| reason.signal == *signal) {
            problems.push(format!("{signal} fires on {silent:?}: {reason:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_signal_has_a_case() {
    let cases: BTreeSet<_> = cases().map(|(signal, ..)| *signal).collect();
    let all: BTreeSet<_> = signals::ALL.iter().map(|signal| signal.name).collect();
    assert_eq!(cases, all);
}

#[test]
fn what_is_printed_adds_up() {
    let base = Policy::embedded().base().0;
    for (_, fires, _, silent) in cases() {
        for scored in [score(fires), score(silent)] {
            let points: i32 = scored.reasons.iter().map(|reason| reason.points.0).sum();
            assert_eq!(base + points, scored.log_odds.0, "{:#?}", scored.reasons);
        }
    }
}
