//! Does a file come back the same in every encoding, compression and layout of lines?

use crate::render::{Outcome, read};
use encoding_rs::{Encoding, GB18030, WINDOWS_1252};
use std::io::Write as _;

pub(crate) fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

pub(crate) fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, replaced) = encoding.encode(text);
    assert!(!replaced, "the encoding cannot spell the text");
    bytes.into_owned()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

fn check_same(bytes: &[u8], expected: &Outcome, format_end: &str) {
    let found = read(bytes);
    assert_eq!(found.rows, expected.rows, "{format_end}");
    assert!(found.error.is_none());
    assert!(found.format.ends_with(format_end), "{} should end with {format_end}", found.format);
}

#[test]
fn a_chinese_export_is_the_same_in_every_encoding_and_compression() {
    let text = include_str!("../../test_data/taobao/assistant.csv");
    let expected = read(text.as_bytes());
    assert_eq!(expected.short(), "4:ok 6:ok 7:ok 8:row.missing_title");
    let marked = format!("\u{FEFF}{text}");
    check_same(marked.as_bytes(), &expected, "utf-8");
    check_same(&utf_16(&marked, u16::to_le_bytes), &expected, "utf-16le");
    check_same(&utf_16(&marked, u16::to_be_bytes), &expected, "utf-16be");
    check_same(&utf_16(text, u16::to_le_bytes), &expected, "utf-16le");
    check_same(&utf_16(text, u16::to_be_bytes), &expected, "utf-16be");
    check_same(&encoded(GB18030, text), &expected, "gb18030");
    check_same(&gzip(&encoded(GB18030, text)), &expected, "gb18030 gzip");
    check_same(&zstd(&utf_16(&marked, u16::to_le_bytes)), &expected, "utf-16le zstd");
    let bytes = text.as_bytes();
    let (first, second) = bytes.split_at(bytes.len() / 2);
    check_same(&[gzip(first), gzip(second)].concat(), &expected, "utf-8 gzip");
    check_same(&[zstd(first), zstd(second)].concat(), &expected, "utf-8 zstd");
}

#[test]
fn western_text_is_read_as_windows_1252() {
    let text = include_str!("../../test_data/generic/es.csv");
    check_same(&encoded(WINDOWS_1252, text), &read(text.as_bytes()), "windows-1252");
}

#[test]
fn a_feed_in_a_declared_encoding_is_read() {
    let text = "<?xml version=\"1.0\" encoding=\"GBK\"?><rss><channel><item><g:id>1</g:id><title>鎏金手表</title></item></channel></rss>";
    let found = read(&encoded(encoding_rs::GBK, text));
    assert_eq!((found.short().as_str(), found.listings()[0].title.as_str()), ("1:ok", "鎏金手表"));
}

#[test]
fn line_ends_of_every_kind_give_the_same_rows() {
    let text = "id,title,description\n1,Bag,\"two\nlines\"\n\n2,Belt,x\n,,\n3,Cap,";
    let expected = read(text.as_bytes());
    assert_eq!(expected.short(), "2:ok 5:ok 7:ok");
    let with = |line_end: &str| read(text.replace('\n', line_end).as_bytes());
    let windows = with("\r\n");
    assert_eq!(windows.short(), "2:ok 5:ok 7:ok");
    assert_eq!(windows.listings()[1..], expected.listings()[1..]);
    let macintosh = with("\r");
    assert_eq!(macintosh.short(), "2:ok 5:ok 7:ok");
    assert_eq!(macintosh.listings()[0].description.as_deref(), Some("two\rlines"));
}

#[test]
fn bytes_that_are_no_text_are_replaced_and_noted_from_there_on() {
    let issues = |bytes: &[u8]| {
        let outcome = read(bytes);
        assert!(outcome.error.is_none());
        outcome
            .listings()
            .iter()
            .map(|listing| listing.issues.iter().map(|issue| issue.code.clone()).collect())
            .collect::<Vec<Vec<_>>>()
    };
    let bad = vec!["field.bad_encoding".to_owned()];
    let csv = [b"id,title\n1,caf".as_slice(), b"\xE9\n2,", "正品手提包大号\n".repeat(9).as_bytes(), b"3,x\n"].concat();
    assert_eq!(issues(&csv)[0], bad);
    assert!(issues(&csv)[1..].iter().all(Vec::is_empty));
    let jsonl =
        [b"{\"id\":1,\"title\":\"x\"}\n{\"id\":2,\"title\":\"caf\xE9".as_slice(), "包".repeat(20).as_bytes(), b"\"}\n"].concat();
    assert_eq!(issues(&jsonl), [vec![], bad.clone()]);
    // In a decoded file a replacement character that stands before the first damage is the seller's own.
    let mut gb = encoded(GB18030, "id,标题\n0,自己的\u{FFFD}字符\n1,正品手提包\n2,大号钱包");
    gb.extend_from_slice(b"\xFF\n3,x\n");
    assert_eq!(issues(&[b"\x20\n".as_slice(), &gb].concat()).len(), 4);
    let utf_16_odd = [utf_16("\u{FEFF}id,title\n1,ab", u16::to_le_bytes), vec![0x61]].concat();
    assert_eq!(issues(&utf_16_odd), [bad]);
}
