//! What becomes of files that are broken, cut off, made to harm, or something else altogether?

use crate::encodings::{gzip, utf_16, zstd};
use crate::render::{collect, read, read_named};
use exports::{Hint, Row, limits::ROW_BYTES_MAX, open};
use std::io::{self, Read, Write as _};

fn check(bytes: impl AsRef<[u8]>, expected: &str) {
    let bytes = bytes.as_ref();
    let outcome = read(bytes);
    assert_eq!(outcome.short(), expected, "{:?} {:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(200)]), outcome.error);
}

#[test]
fn files_that_are_no_export_are_refused_by_name() {
    for empty in [b"".as_slice(), b" \r\n\t\n", b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF", &gzip(b""), &zstd(b"\n")] {
        check(empty, "file.empty");
    }
    let not_an_export = [
        b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[Content_Types].xml".to_vec(),
        b"%PDF-1.7\n%\xE2\xE3\xCF\xD3".to_vec(),
        b"<!DOCTYPE html>\n<html><body>Sign in</body></html>".to_vec(),
        b"<html lang=en><head>".to_vec(),
        b"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>".to_vec(),
        gzip(&gzip(b"id,title\n1,Bag\n")),
        (0..=255).cycle().take(5_000).collect(),
        vec![0; 1_000],
        gzip(&vec![0; 300_000]),
    ];
    for bytes in not_an_export {
        check(&bytes, "file.not_an_export");
    }
    check("just a letter to the shop\nwith two lines\n", "file.no_title_column");
    check("title,price\nBag,5\n", "file.no_id_column");
    check("id,title", "");
    check("id,title\r\n", "");
    check("[]", "");
    check("[ ]\n", "");
    check("{\"products\":[]}", "");
    check("<rss><channel></channel></rss>", "");
    check("{}", "1:row.missing_id");
}

#[test]
fn the_message_says_what_to_do() {
    let message = |bytes: &[u8]| read(bytes).error.unwrap().to_string();
    assert_eq!(message(b"PK\x03\x04 xl/workbook.xml"), "this is an Excel workbook: save it as CSV (UTF-8) and upload that");
    assert_eq!(
        message("编号甲,颜色\n".as_bytes()),
        "no column for the title: expected a name such as title, name, item-name or 商品名称, and found '编号甲, 颜色'"
    );
}

/// Pieces of so many bytes, then an error of the input, if any.
struct Pieces<'a> {
    rest: &'a [u8],
    piece_bytes: usize,
    error: Option<io::ErrorKind>,
}

impl Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty()
            && let Some(kind) = self.error
        {
            return Err(kind.into());
        }
        let bytes = self.rest.len().min(self.piece_bytes).min(out.len());
        out[..bytes].copy_from_slice(&self.rest[..bytes]);
        self.rest = &self.rest[bytes..];
        Ok(bytes)
    }
}

fn read_pieces(bytes: &[u8], piece_bytes: usize, error: Option<io::ErrorKind>) -> String {
    match open(Pieces { rest: bytes, piece_bytes, error }, &Hint::default()) {
        Ok(rows) => collect(rows).long(),
        Err(error) => error.code().to_owned(),
    }
}

fn many_rows(count: usize) -> String {
    let rows = (0..count).map(|n| format!("{n},\"Bag number {n}\nin two lines\",{}.50\n", n * 7 % 1_000));
    std::iter::once("id,title,price\n".to_owned()).chain(rows).collect()
}

#[test]
fn the_pieces_in_which_a_file_arrives_do_not_matter() {
    let text = many_rows(20_000);
    let jsonl: String = (0..20_000).map(|n| format!("{{\"id\":{n},\"title\":\"Bag 包 {n}\"}}\n")).collect();
    let feed = include_str!("../../test_data/google/feed.xml")
        .replace("<item/>", &"<item><id>7</id><title>Bag</title></item>\n".repeat(9_000));
    let list = format!("[{}]", jsonl.trim_end().replace('\n', ","));
    for bytes in [text.as_bytes(), jsonl.as_bytes(), feed.as_bytes(), list.as_bytes()] {
        let half = bytes.len() / 2;
        for file in [
            bytes.to_vec(),
            gzip(bytes),
            zstd(bytes),
            utf_16(&String::from_utf8_lossy(bytes), u16::to_le_bytes),
            bytes[..half].to_vec(),
        ] {
            let whole = read_pieces(&file, usize::MAX, None);
            for piece_bytes in [1, 4_099] {
                assert!(read_pieces(&file, piece_bytes, None) == whole, "pieces of {piece_bytes} bytes differ");
            }
        }
    }
}

#[test]
fn a_cut_file_yields_what_was_before_and_one_error() {
    let text = many_rows(50_000);
    let jsonl: String = (0..50_000).map(|n| format!("{{\"id\":{n},\"title\":\"Bag number {n}\"}}\n")).collect();
    let list = format!("[{}]", jsonl.trim_end().replace('\n', ","));
    let feed = format!("<rss>{}</rss>", "<item><id>7</id><title>Bag</title></item>\n".repeat(50_000));
    for bytes in [text.as_bytes(), jsonl.as_bytes(), list.as_bytes(), feed.as_bytes()] {
        for (packed, code) in [(gzip(bytes), "file.truncated_gzip"), (zstd(bytes), "file.truncated_zstd")] {
            let outcome = read(&packed[..packed.len() * 2 / 3]);
            let error = outcome.error.unwrap();
            assert_eq!((error.code(), error.retry_helps()), (code, false));
            assert!(outcome.rows.len() > 1_000, "{}", outcome.rows.len());
            assert!(outcome.rows.iter().all(|row| matches!(row, Row::Listing { .. })), "no half row");
            assert!(error.line.is_some_and(|line| line >= outcome.rows.len() as u64 / 50_000));
        }
    }
    // Cut off before anything can be told from it.
    for bytes in [text.as_bytes(), jsonl.as_bytes(), list.as_bytes(), feed.as_bytes()] {
        for end in [12, 16, 20] {
            check(&gzip(bytes)[..end], "file.truncated_gzip");
        }
    }
    // A list and a feed know where they end, even without compression.
    for (bytes, code) in [(&list[..list.len() - 1], "file.truncated_json"), (&list[..1_000], "file.truncated_json")] {
        assert_eq!(read(bytes.as_bytes()).error.unwrap().code(), code);
    }
    for end in [feed.len() - 1, feed.len() - 5, 1_000] {
        let code = read(&feed.as_bytes()[..end]).error.map(|error| error.code());
        assert_eq!(code, if end == feed.len() - 1 { None } else { Some("file.truncated_xml") });
    }
    check("[{\"id\":1,\"title\":\"x\"}] trailing", "1:ok file.trailing_json");
    check("[{\"id\":1,\"title\":\"x\"}]\n[{\"id\":2,\"title\":\"y\"}]\n", "1:ok 2:ok");
    // The end of the compressed data is looked at even when the list has ended before.
    let wrapped = zstd(
        format!("{{\"items\":[{{\"id\":1,\"title\":\"x\"}}],\"rest\":\"{}\"}}", many_rows(50_000).replace(['"', '\n'], " "))
            .as_bytes(),
    );
    assert_eq!(read(&wrapped[..wrapped.len() - 9]).short(), "1:ok file.truncated_zstd");
}

#[test]
fn an_input_that_fails_is_told_from_a_file_that_is_broken() {
    let text = many_rows(30_000);
    for file in [text.clone().into_bytes(), gzip(text.as_bytes()), zstd(text.as_bytes()), utf_16(&text, u16::to_le_bytes)] {
        let cut = &file[..file.len() * 2 / 3];
        let rows =
            open(Pieces { rest: cut, piece_bytes: 999, error: Some(io::ErrorKind::ConnectionReset) }, &Hint::default()).unwrap();
        let outcome = collect(rows);
        let error = outcome.error.unwrap();
        assert_eq!((error.code(), error.retry_helps()), ("file.read_failed", true));
        assert!(std::error::Error::source(&error).is_some());
        // One gzip or zstd block may end right at the cut: what matters is that nothing in between was made up.
        assert!(outcome.rows.iter().all(|row| matches!(row, Row::Listing { .. })));
    }
    let error = open(Pieces { rest: b"", piece_bytes: 1, error: Some(io::ErrorKind::TimedOut) }, &Hint::default()).err().unwrap();
    assert!(error.retry_helps());
}

#[test]
fn a_bomb_is_refused() {
    let mut text = b"{\"id\":1,\"title\":\"x\"}\n".to_vec();
    text.resize(40_000_000, b'\n');
    let mut best = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    best.write_all(&text).unwrap();
    for bomb in [best.finish().unwrap(), zstd(&text)] {
        check(&bomb, "1:ok file.bomb");
    }
    check(gzip(&text[..10_000_000]), "1:ok");
}

#[test]
fn a_very_long_line_is_one_reject_and_reading_goes_on() {
    let long = "x".repeat(100_000_000);
    check(format!("id,title\n1,Bag\n2,{long}\n3,Belt\n"), "2:ok 3:row.too_long 4:ok");
    check(format!("id,title\n1,Bag\n2,\"{long}\"\n3,Belt\n"), "2:ok 3:row.too_long 4:ok");
    check(
        format!("{{\"id\":1,\"title\":\"a\"}}\n{{\"id\":2,\"title\":\"{long}\"}}\n{{\"id\":3,\"title\":\"b\"}}"),
        "1:ok 2:row.too_long 3:ok",
    );
    check(
        format!("[{{\"id\":1,\"title\":\"a\"}},\n{{\"id\":2,\"title\":\"{long}\"}},\n{{\"id\":3,\"title\":\"b\"}}]"),
        "1:ok 2:row.too_long 3:ok",
    );
    check(
        format!(
            "<rss><item><id>1</id><title>a</title></item>\n<item><title>{long}</title></item>\n<item><id>3</id><title>b</title></item></rss>"
        ),
        "1:ok 2:row.too_long 3:ok",
    );
    check(format!("id,title\n1,{}", "\n".repeat(5_000_000)), "2:row.missing_title");
}

#[test]
fn a_quote_that_is_never_closed_costs_one_row() {
    check("id,title\n1,\"Bag\n2,Belt\n3,Cap\n", "2:row.unclosed_quote 3:ok 4:ok");
    check("id,title\n1,\"Bag\n2,Belt\n3,\"Cap\"\n", "2:row.unclosed_quote 3:ok 4:ok");
    check("id,title\n1,\"Bag", "2:row.unclosed_quote");
    // In the middle of a file too long to keep, and at its end.
    let rows: String = (0..100_000).map(|n| format!("{n},Belt number {n}\n")).collect();
    assert!(rows.len() > ROW_BYTES_MAX);
    let outcome = read(format!("id,title\n1,\"Bag\n{rows}").as_bytes());
    assert_eq!((outcome.rows.len(), outcome.listings().len()), (100_001, 100_000));
    // Many of them: the budget for reading again runs out, and memory and time stay bounded.
    let outcome = read(format!("id,title\n{}", "a\"b,\"c\n".repeat(1_000_000)).as_bytes());
    assert!(outcome.error.is_none());
    assert_eq!(outcome.listings().len(), 0);
}

#[test]
fn rows_that_are_too_wide_or_too_narrow() {
    check("id,title,price\n1,Bag\n2,Belt,5,,\n3,Cap,5,x\n4,Hat,5\n", "2:ok 3:ok 4:row.too_many_fields 5:ok");
    // A header that is repeated is no row.
    check("id,title\n1,Bag\nid,title\n2,Belt\n", "2:ok 4:ok");
}

#[test]
fn a_broken_element_of_a_list_costs_one_row() {
    check("[\n{\"id\":1,\"title\":\"a},\n{\"id\":2,\"title\":\"b\"},\n{\"id\":3,\"title\":\"c\"}\n]", "2:row.not_json 3:ok 4:ok");
    let pretty = "[\n  {\n    \"id\": 1,\n    \"title\": \"a,\n    \"images\": [\n      {\n        \"src\": \"x\"\n      }\n    ]\n  },\n  {\n    \"id\": 2,\n    \"title\": \"b\"\n  }\n]\n";
    check(pretty, "2:row.not_json 11:ok");
    check(
        "[{\"id\":1,\"title\":\"a\"}}, {\"id\":2,\"title\":\"b\"}\n, {\"id\":3,\"title\":\"c\"}]",
        "1:ok 1:row.not_json file.truncated_json",
    );
    check("{\n\"id\":1,\n\"title\":\"a\"}\n{\n\"id\":2,\n\"title\":\"b\"}\n{", "1:ok 4:ok 7:row.not_json");
}

#[test]
fn lines_that_are_no_json_are_rejects_where_the_name_says_json_lines() {
    let outcome = read_named("a.jsonl.gz", &gzip(b"hello\n{\"id\":1,\"title\":\"x\"}\n"));
    assert_eq!((outcome.short().as_str(), outcome.format.as_str()), ("1:row.not_json 2:ok", "generic jsonl utf-8 gzip"));
    assert_eq!(read_named("a.csv", b"{\"id\":1,\"title\":\"x\"}\n").format, "generic jsonl utf-8");
}

#[test]
fn nul_bytes_are_kept_and_do_no_harm() {
    let outcome = read("id,title\n1,Bag\0with a NUL in it and enough text around it\n".as_bytes());
    assert_eq!(outcome.listings()[0].title, "Bag\0with a NUL in it and enough text around it");
    check("{\"id\":1,\"title\":\"a\\u0000b\"}\n{\"id\":2,\"title\":\"raw \0\"}\n", "1:ok 2:row.not_json");
}
