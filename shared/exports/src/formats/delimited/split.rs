//! Where does a record of a delimited file end, and where are its fields?

use crate::limits::{FIELDS_PER_ROW_MAX, ROW_BYTES_MAX};
use memchr::{memchr, memchr_iter, memchr2};
use std::borrow::Cow;
use std::ops::Range;

/// How a delimited file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    /// `\n`, or `\r` in files of old Macintosh programs. A `\r` before `\n` belongs to the line end.
    pub(super) terminator: u8,
    /// Whether `"` at the start of a field quotes it.
    pub(super) quoting: bool,
}

/// A field as a part of its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    start: usize,
    end: usize,
    /// The part holds quotes that must go.
    quoted: bool,
}

/// What stands at the start of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// A record of so many bytes, its line end included, with so many line ends. It is `torn` if a quoted field goes over
    /// several lines and text stands behind its closing quote: nobody writes that, and the quote that seems to close it opens
    /// another field.
    Record { bytes: usize, lines: u64, torn: bool },
    /// No record ends here yet; `open` says that a quote is open.
    Partial { open: bool },
}

/// Splits the first record off `text`, which is not empty. `whole` says that the file ends with it.
///
/// Quoting is that of RFC 4180, and lenient as everybody is: a quote inside an unquoted field is a character, and text after a
/// closing quote belongs to the field. A quote that is still open at the end of the file is no record.
/// Fields beyond [`FIELDS_PER_ROW_MAX`] are left out of `fields`, which is longer than the limit by one then.
pub(super) fn split(dialect: Dialect, text: &[u8], whole: bool, fields: &mut Vec<Span>) -> Split {
    fields.clear();
    let Dialect { delimiter, terminator, quoting } = dialect;
    let first = if quoting { memchr2(b'"', terminator, text) } else { memchr(terminator, text) };
    let line_end = match first {
        Some(at) if text[at] == terminator => at,
        None if whole => text.len(),
        None => return Split::Partial { open: false },
        Some(_) => return split_quoted(dialect, text, whole, fields),
    };
    // Most rows have no quote at all: one pass over the line for its delimiters.
    let line = without_return(&text[..line_end]);
    let mut start = 0;
    for end in memchr_iter(delimiter, line) {
        push(fields, Span { start, end, quoted: false });
        start = end + 1;
    }
    push(fields, Span { start, end: line.len(), quoted: false });
    let ended = line_end < text.len();
    Split::Record { bytes: line_end + usize::from(ended), lines: u64::from(ended), torn: false }
}

fn split_quoted(dialect: Dialect, text: &[u8], whole: bool, fields: &mut Vec<Span>) -> Split {
    let Dialect { delimiter, terminator, .. } = dialect;
    let (mut start, mut lines, mut torn) = (0, 0, false);
    loop {
        let quoted = text.get(start) == Some(&b'"');
        let mut at = start;
        if quoted {
            at = match closing_quote(text, start + 1) {
                Some(at) if at + 1 < text.len() || whole => at + 1,
                // The next byte decides whether this quote closes or stands for itself.
                Some(_) => return Split::Partial { open: false },
                None => return Split::Partial { open: true },
            };
            let inside = memchr_iter(terminator, &text[start..at]).count() as u64;
            lines += inside;
            let follows = text.get(at).is_none_or(|byte| *byte == delimiter || *byte == terminator || *byte == b'\r');
            torn |= inside > 0 && !follows;
        }
        let end = memchr2(delimiter, terminator, &text[at..]).map(|found| at + found);
        match end {
            Some(end) if text[end] == delimiter => {
                push(fields, Span { start, end, quoted });
                start = end + 1;
            }
            None if !whole => return Split::Partial { open: false },
            end => {
                let line_end = end.unwrap_or(text.len());
                let end = start + without_return(&text[start..line_end]).len();
                push(fields, Span { start, end, quoted });
                let ended = line_end < text.len();
                return Split::Record { bytes: line_end + usize::from(ended), lines: lines + u64::from(ended), torn };
            }
        }
    }
}

/// The quote that closes a field whose content begins at `at`; two in a row stand for one.
fn closing_quote(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr(b'"', &text[at..])?;
        if text.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn push(fields: &mut Vec<Span>, span: Span) {
    if fields.len() <= FIELDS_PER_ROW_MAX {
        fields.push(span);
    }
}

/// The content of a field.
pub(super) fn content(record: &[u8], span: Span) -> Cow<'_, [u8]> {
    match plain(record, span) {
        Some(range) => Cow::Borrowed(&record[range]),
        None => Cow::Owned(unquoted(&record[span.start..span.end])),
    }
}

/// The content of a field of a record that is known to be text.
pub(super) fn text(record: &str, span: Span) -> Cow<'_, str> {
    // Fields begin and end at delimiters and quotes, which are never part of another character.
    if let Some(text) = plain(record.as_bytes(), span).and_then(|range| record.get(range)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(String::from_utf8_lossy(&content(record.as_bytes(), span)).into_owned())
}

/// Where the content stands, if it stands there as it is.
fn plain(record: &[u8], span: Span) -> Option<Range<usize>> {
    let Span { start, end, quoted } = span;
    if !quoted {
        return Some(start..end);
    }
    let closed = end - start >= 2 && record[end - 1] == b'"' && memchr(b'"', &record[start + 1..end - 1]).is_none();
    closed.then_some(start + 1..end - 1)
}

/// Takes the quotes out of a field that begins with one: of two in a row one stays, and a single one ends the quoted part.
fn unquoted(field: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(field.len());
    let mut at = 1;
    while let Some(quote) = memchr(b'"', &field[at..]).map(|found| at + found) {
        text.extend_from_slice(&field[at..quote]);
        at = quote + 1;
        if field.get(at) != Some(&b'"') {
            break;
        }
        text.push(b'"');
        at += 1;
    }
    text.extend_from_slice(&field[at..]);
    text
}

/// The part of the window that one record may take: one byte more than the limit, and its line end.
pub(super) fn view(window: &[u8]) -> &[u8] {
    &window[..window.len().min(ROW_BYTES_MAX + 2)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: Dialect = Dialect { delimiter: b',', terminator: b'\n', quoting: true };

    fn records(dialect: Dialect, text: &str) -> Vec<Vec<String>> {
        let (mut rest, mut fields, mut records) = (text.as_bytes(), Vec::new(), Vec::new());
        while !rest.is_empty() {
            match split(dialect, rest, true, &mut fields) {
                Split::Record { bytes, .. } => {
                    let texts = fields.iter().map(|span| String::from_utf8(content(rest, *span).into_owned()).unwrap());
                    records.push(texts.collect());
                    rest = &rest[bytes..];
                }
                Split::Partial { .. } => {
                    records.push(vec!["<open>".to_owned()]);
                    break;
                }
            }
        }
        records
    }

    fn check(dialect: Dialect, text: &str, expected: &[&[&str]]) {
        assert_eq!(records(dialect, text), expected, "{text:?}");
    }

    #[test]
    fn records_and_fields() {
        check(CSV, "a,b\n1,2\r\n3,4", &[&["a", "b"], &["1", "2"], &["3", "4"]]);
        check(CSV, "a,,\n,\n\n", &[&["a", "", ""], &["", ""], &[""]]);
        check(CSV, "\"a\",b\n", &[&["a", "b"]]);
        check(CSV, "\"a,b\",\"c\nd\"\r\ne\n", &[&["a,b", "c\nd"], &["e"]]);
        check(CSV, "\"say \"\"hi\"\"\",x\n", &[&["say \"hi\"", "x"]]);
        check(CSV, "\"\",\"\"\"\"\n", &[&["", "\""]]);
        // Lenient: inches, text behind a closing quote, quotes in the middle.
        check(CSV, "12\" bag,x\n", &[&["12\" bag", "x"]]);
        check(CSV, "\"LV\" bag,x\n", &[&["LV bag", "x"]]);
        check(CSV, "a \"b\" c,\"d\"\n", &[&["a \"b\" c", "d"]]);
        check(CSV, "a,\"b\"", &[&["a", "b"]]);
        check(CSV, "a,\"b", &[&["<open>"]]);
        check(CSV, "a,\"b\"\"", &[&["<open>"]]);
        check(Dialect { quoting: false, delimiter: b'\t', ..CSV }, "\"a\tb\"\n\"\t\"", &[&["\"a", "b\""], &["\"", "\""]]);
        check(Dialect { terminator: b'\r', ..CSV }, "a,b\r\"1\r2\",2\r", &[&["a", "b"], &["1\r2", "2"]]);
    }

    #[test]
    fn a_record_is_never_split_before_it_is_whole() {
        let text = "\"a\"\"b\nc\",d \"e\" f,\"g\"x\r\n".as_bytes();
        let mut fields = Vec::new();
        for end in 1..text.len() {
            assert!(matches!(split(CSV, &text[..end], false, &mut fields), Split::Partial { .. }), "{end}");
        }
        assert_eq!(split(CSV, text, false, &mut fields), Split::Record { bytes: text.len(), lines: 2, torn: false });
    }

    #[test]
    fn a_torn_record_is_noticed() {
        let check = |text: &str, expected: bool| {
            let Split::Record { torn, .. } = split(CSV, text.as_bytes(), true, &mut Vec::new()) else { panic!("{text}") };
            assert_eq!(torn, expected, "{text:?}");
        };
        check("1,\"Bag\n2,\"Belt\"\n", true);
        check("1,\"Bag\n\"2\",Belt\n", true);
        check("1,\"Bag\n2\",Belt\n", false);
        check("1,\"Bag\" x,Belt\n", false);
        check("1,\"Bag\n2\"\r\n", false);
    }

    #[test]
    fn fields_beyond_the_limit_are_not_kept() {
        let mut fields = Vec::new();
        for (count, kept) in [
            (FIELDS_PER_ROW_MAX, FIELDS_PER_ROW_MAX),
            (FIELDS_PER_ROW_MAX + 1, FIELDS_PER_ROW_MAX + 1),
            (9_999, FIELDS_PER_ROW_MAX + 1),
        ] {
            let line = ",".repeat(count - 1);
            split(CSV, line.as_bytes(), true, &mut fields);
            assert_eq!(fields.len(), kept);
            split(CSV, format!("\"\"{line}").as_bytes(), true, &mut fields);
            assert_eq!(fields.len(), kept);
        }
    }
}
