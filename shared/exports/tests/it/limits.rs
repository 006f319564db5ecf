//! Does every limit hold at its value and one beyond it? Those of compression are tested beside it, with small numbers.

use crate::render::read;
use exports::Row;
use exports::limits::{
    FIELDS_PER_ROW_MAX, HEADER_BYTES_MAX, IGNORED_NAMES_MAX, QUOTE_CHARS_MAX, RESCAN_BYTES_MAX, ROW_BYTES_MAX,
};

/// A row of so many bytes of text, in each format, with a good row behind it.
fn rows_of(bytes: usize) -> [String; 5] {
    let filled = |before: &str, after: &str| format!("{before}{}{after}", "x".repeat(bytes - before.len() - after.len()));
    let (json_end, good) = ("\"}", "{\"id\":2,\"title\":\"b\"}");
    [
        format!("id,title,note\n{}\n2,b,\n", filled("1,a,", "")),
        format!("id,title,note\r\n{}\r\n2,b,\r\n", filled("1,a,\"", "\"")),
        format!("{}\n{good}\n", filled("{\"id\":1,\"title\":\"a\",\"note\":\"", json_end)),
        format!("[{},\n{good}]", filled("{\"id\":1,\"title\":\"a\",\"note\":\"", json_end)),
        format!(
            "<rss>{}\n<item><id>2</id><title>b</title></item></rss>",
            filled("<item><id>1</id><title>a</title><note>", "</note></item>")
        ),
    ]
}

#[test]
fn the_longest_row() {
    for file in rows_of(ROW_BYTES_MAX) {
        let outcome = read(file.as_bytes());
        assert_eq!(outcome.listings().len(), 2, "{}", outcome.format);
    }
    for file in rows_of(ROW_BYTES_MAX + 1) {
        let outcome = read(file.as_bytes());
        let first = &outcome.rows[0];
        assert!(matches!(first, Row::Reject(reject) if reject.code == "row.too_long"), "{}: {first:?}", outcome.format);
        assert_eq!((outcome.rows.len(), outcome.listings().len()), (2, 1), "{}", outcome.format);
    }
}

#[test]
fn the_widest_header_and_row() {
    let csv = |columns: usize, fields: usize| format!("id,title{}\n1,a{}\n", ",n".repeat(columns - 2), ",x".repeat(fields - 2));
    assert_eq!(read(csv(FIELDS_PER_ROW_MAX, FIELDS_PER_ROW_MAX).as_bytes()).short(), "2:ok");
    assert_eq!(read(csv(FIELDS_PER_ROW_MAX, FIELDS_PER_ROW_MAX + 1).as_bytes()).short(), "2:row.too_many_fields");
    assert_eq!(read(csv(FIELDS_PER_ROW_MAX + 1, 2).as_bytes()).short(), "file.too_many_columns");
    let header = |bytes: usize| format!("id,title,{}\n1,a\n", "n".repeat(bytes - "id,title,".len()));
    assert_eq!(read(header(HEADER_BYTES_MAX).as_bytes()).short(), "2:ok");
    assert_eq!(read(header(HEADER_BYTES_MAX + 2).as_bytes()).short(), "file.header_too_long");
}

#[test]
fn the_longest_quotation() {
    for columns in ["id,title\n", "id\ttitle\n"] {
        let row = format!("1,2\t{},x\tx\n", "包".repeat(500));
        let outcome = read(format!("{columns}{row}").as_bytes());
        let Row::Reject(reject) = &outcome.rows[0] else { panic!("{:?}", outcome.rows) };
        let quoted = reject.detail.split('\'').nth(1).unwrap();
        assert_eq!(quoted.chars().count(), QUOTE_CHARS_MAX);
    }
}

#[test]
fn the_longest_list_of_ignored_names() {
    for count in [IGNORED_NAMES_MAX, IGNORED_NAMES_MAX + 1] {
        let names: Vec<String> = (0..count).map(|n| format!("n{n}")).collect();
        assert_eq!(read(format!("id,title,{}\n", names.join(",")).as_bytes()).ignored.len(), IGNORED_NAMES_MAX);
    }
}

#[test]
fn the_most_that_is_read_again() {
    // Each row opens a quote that the lines behind it never close, so that reading stops one limit further and starts again.
    let line = "1,\"a\n";
    let filler = "\n".repeat(ROW_BYTES_MAX + 2 - line.len());
    let again_max = RESCAN_BYTES_MAX / (ROW_BYTES_MAX + 2);
    let outcome = read(format!("id,title\n{}", format!("{line}{filler}").repeat(again_max + 1)).as_bytes());
    let code = |row: &Row| match row {
        Row::Reject(reject) => reject.code.clone(),
        Row::Listing { .. } => "ok".to_owned(),
    };
    let codes: Vec<String> = outcome.rows.iter().map(code).collect();
    assert!(codes[..again_max].iter().all(|code| code == "row.unclosed_quote"), "{codes:?}");
    assert_eq!(codes[again_max..], ["row.too_long"]);
}
