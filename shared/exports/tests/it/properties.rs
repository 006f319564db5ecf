//! What holds for every file: nothing panics, every row is accounted for, and the way it is written does not matter.

use crate::encodings::{encoded, gzip, utf_16, zstd};
use crate::render::{read, read_named};
use encoding_rs::GB18030;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use scoring::{Field, Listing, RawListing};
use std::fmt::Write as _;

const FIXTURES: &[&[u8]] = &[
    include_bytes!("../../test_data/shopify/products.csv"),
    include_bytes!("../../test_data/amazon/active-listings.txt"),
    include_bytes!("../../test_data/ebay/active-listings.csv"),
    include_bytes!("../../test_data/etsy/listings.csv"),
    include_bytes!("../../test_data/google/feed.tsv"),
    include_bytes!("../../test_data/google/feed.xml"),
    include_bytes!("../../test_data/taobao/assistant.csv"),
    include_bytes!("../../test_data/generic/contract.jsonl"),
    include_bytes!("../../test_data/generic/list.json"),
    include_bytes!("../../test_data/generic/shopify-api.json"),
];

/// A byte that matters to some parser, or any.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![select(b"\"',;\t|\n\r\0{}[]<>&:\\/!-?]\xFF\xFE\xEF\xC3\x81".as_slice()), any::<u8>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in vec(byte(), 0..400), name in select(&["", "a.csv", "a.jsonl.gz"][..])) {
        read_named(name, &bytes);
    }

    #[test]
    fn damaged_exports_are_read_without_a_panic(
        fixture in select(FIXTURES),
        packing in 0..5_u8,
        edits in vec((any::<Index>(), byte(), 0..3_u8), 0..12),
        cut in proptest::option::of(any::<Index>()),
    ) {
        let mut bytes = match packing {
            0 => gzip(fixture),
            1 => zstd(fixture),
            2 => utf_16(std::str::from_utf8(fixture).unwrap(), u16::to_le_bytes),
            _ => fixture.to_vec(),
        };
        for (at, byte, edit) in edits {
            let at = at.index(bytes.len());
            match edit {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ if bytes.len() > 1 => { bytes.remove(at); }
                _ => {}
            }
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        read(&bytes);
    }
}

/// Text that every format and encoding can spell, with everything that needs quoting somewhere.
fn text() -> impl Strategy<Value = String> {
    let characters = select(
        &['a', 'Z', '7', ' ', ',', ';', '\t', '|', '"', '\'', '\n', '\\', '<', '&', '>', '{', ']', 'é', '包', '，', '\u{1F45C}']
            [..],
    );
    vec(characters, 0..30).prop_map(|characters| characters.into_iter().collect::<String>().trim().to_owned())
}

/// The fields that a row sets, in the order of the header.
const FIELDS: [Field; 9] = [
    Field::ListingId,
    Field::Title,
    Field::Description,
    Field::Brand,
    Field::Price,
    Field::Currency,
    Field::SellerName,
    Field::ImageUrls,
    Field::Gtin,
];

fn row() -> impl Strategy<Value = [String; 9]> {
    let price =
        prop_oneof![Just(String::new()), (0..100_000_u32).prop_map(|cents| format!("{}.{:02}", cents / 100, cents % 100))];
    let images = select(&["", "https://a.example/1.jpg", "https://a.example/1.jpg, https://a.example/2.jpg"][..]);
    (
        1..1_000_000_u32,
        text(),
        text(),
        text(),
        price,
        select(&["", "EUR", "cny"][..]),
        text(),
        images,
        select(&["", "4006381333931"][..]),
    )
        .prop_map(|(id, title, description, brand, price, currency, seller, images, gtin)| {
            // Enough everyday Chinese for the encoding to be told, whatever the rest.
            let title = format!("正品手提包大号时尚通勤百搭新款 {title}").trim().to_owned();
            [id.to_string(), title, description, brand, price, currency.to_owned(), seller, images.to_owned(), gtin.to_owned()]
        })
}

fn expected(rows: &[[String; 9]]) -> Vec<Listing> {
    let listing = |row: &[String; 9]| {
        let mut raw = RawListing::default();
        for (field, value) in FIELDS.into_iter().zip(row) {
            raw.set(field, value.as_str());
        }
        raw.into_listing().unwrap()
    };
    rows.iter().map(listing).collect()
}

fn delimited(rows: &[[String; 9]], delimiter: u8, terminator: csv::Terminator) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(Vec::new());
    writer.write_record(FIELDS.map(Field::name)).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn objects(rows: &[[String; 9]]) -> Vec<String> {
    let object = |row: &[String; 9]| {
        let members = FIELDS.iter().zip(row).map(|(field, value)| (field.name(), serde_json::Value::from(value.as_str())));
        serde_json::Value::from_iter(members).to_string()
    };
    rows.iter().map(object).collect()
}

fn feed(rows: &[[String; 9]]) -> String {
    let names = ["id", "title", "description", "brand", "price", "currency", "seller_name", "image_link", "gtin"];
    let mut text = "<rss><channel>".to_owned();
    for row in rows {
        text.push_str("<item>\n");
        // What a feed has no name for is not written.
        for (name, value) in names.iter().zip(row).filter(|(name, _)| !["currency", "seller_name"].contains(*name)) {
            let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let _ = writeln!(text, "<g:{name}>{value}</g:{name}>");
        }
        text.push_str("</item>");
    }
    text + "</channel></rss>"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_same_listings_come_back_from_every_format_encoding_and_compression(rows in vec(row(), 1..6)) {
        let expected = expected(&rows);
        let objects = objects(&rows);
        let texts = [
            delimited(&rows, b',', csv::Terminator::CRLF),
            delimited(&rows, b'\t', csv::Terminator::Any(b'\n')),
            delimited(&rows, b';', csv::Terminator::Any(b'\n')),
            objects.join("\n"),
            objects.join("\n\n") + "\n",
            format!("[{}]", objects.join(",")),
            format!("{{\n\"total\": 1,\n\"listings\": [\n{}\n],\n\"next\": null}}", objects.join(",\n")),
        ];
        for text in &texts {
            let marked = format!("\u{FEFF}{text}");
            let files = [
                text.clone().into_bytes(),
                marked.clone().into_bytes(),
                utf_16(&marked, u16::to_le_bytes),
                utf_16(&marked, u16::to_be_bytes),
                encoded(GB18030, text),
                gzip(text.as_bytes()),
                zstd(&encoded(GB18030, text)),
            ];
            for file in files {
                let outcome = read(&file);
                prop_assert!(outcome.error.is_none(), "{:?}", outcome.error);
                prop_assert_eq!(outcome.listings(), expected.clone(), "{}\n{}", outcome.format, text);
            }
        }
        let without: Vec<Listing> = expected.into_iter().map(|listing| Listing { currency: None, seller_name: None, ..listing }).collect();
        prop_assert_eq!(read(feed(&rows).as_bytes()).listings(), without);
    }
}
