//! Is this something that people upload by mistake, and what should they do instead?

use crate::error::Problem;

/// Files that are no text, by their first bytes.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document: export the listings as CSV instead"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Excel workbook: save it as CSV (UTF-8) and upload that"),
    (b"\x89PNG\r\n", "a picture: export the listings as CSV instead"),
    (b"\xFF\xD8\xFF", "a picture: export the listings as CSV instead"),
    (b"GIF8", "a picture: export the listings as CSV instead"),
    (b"PAR1", "a Parquet file: export the listings as CSV or JSON lines instead"),
    (b"Obj\x01", "an Avro file: export the listings as CSV or JSON lines instead"),
    (b"SQLite format 3\0", "a database: export the listings as CSV instead"),
    (b"\x1F\x8B", "a file that was compressed twice: unpack it once and upload that"),
    (b"\x28\xB5\x2F\xFD", "a file that was compressed twice: unpack it once and upload that"),
    (b"BZh", "a bzip2 archive: compress with gzip or zstd instead"),
    (b"\xFD7zXZ\0", "an xz archive: compress with gzip or zstd instead"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive: unpack it and upload the files in it"),
    (b"Rar!\x1A\x07", "a RAR archive: unpack it and upload the files in it"),
    (b"\xFF\xFE\0\0", "UTF-32 text: save it as UTF-8 and upload that"),
    (b"\0\0\xFE\xFF", "UTF-32 text: save it as UTF-8 and upload that"),
];

const BINARY: &str = "no text: export the listings as CSV, JSON lines or a product feed";

/// Refuses what is known not to be an export.
///
/// # Errors
/// [`Problem::NotAnExport`] with a text that says what to do.
pub(super) fn refuse(sample: &[u8]) -> Result<(), Problem> {
    if sample.starts_with(b"PK\x03\x04") || sample.starts_with(b"PK\x05\x06") {
        // Workbooks are ZIP archives whose first members have names of their own.
        let workbook = [b"[Content_Types].xml".as_slice(), b"xl/", b"mimetypeapplication/vnd.oasis"]
            .iter()
            .any(|name| sample.windows(name.len()).take(4_096).any(|window| window == *name));
        return Err(Problem::NotAnExport(if workbook {
            "an Excel workbook: save it as CSV (UTF-8) and upload that"
        } else {
            "a ZIP archive: unpack it and upload the files in it"
        }));
    }
    match MAGIC.iter().find(|(magic, _)| sample.starts_with(magic)) {
        Some((_, what)) => Err(Problem::NotAnExport(what)),
        None => Ok(()),
    }
}

/// So few control characters are damage in a text, however short it is.
const CONTROLS_FORGIVEN: usize = 16;

/// Refuses text that is full of control characters. One byte in nine of random data is one, and hardly any of a listing.
///
/// # Errors
/// [`Problem::NotAnExport`].
pub(super) fn refuse_binary(sample: &[u8]) -> Result<(), Problem> {
    let controls = sample.iter().filter(|byte| matches!(byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F)).count();
    if controls > CONTROLS_FORGIVEN && controls * 20 > sample.len() { Err(Problem::NotAnExport(BINARY)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_named() {
        let check = |bytes: &[u8], part: Option<&str>| {
            let found = refuse(bytes).and_then(|()| refuse_binary(bytes)).err().map(|problem| problem.to_string());
            match part {
                Some(part) => assert!(found.as_deref().is_some_and(|text| text.contains(part)), "{found:?} for {bytes:?}"),
                None => assert_eq!(found, None),
            }
        };
        check(b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[Content_Types].xml", Some("Excel workbook"));
        check(b"PK\x03\x04\x14\0listings.csv", Some("ZIP archive"));
        check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", Some("Excel workbook"));
        check(b"%PDF-1.7", Some("PDF"));
        check(b"\x1F\x8B\x08", Some("compressed twice"));
        check(&(0..=255).collect::<Vec<u8>>(), Some("no text"));
        check(b"id,title\n1,\0Bag\0\n", None);
        check(b"", None);
    }
}
