//! What comes out of a file: listings and rejects, one by one, and then perhaps the reason why it ends early.

use crate::error::ExportError;
use crate::formats::{Reader, sniff};
use crate::limits::IGNORED_NAMES_MAX;
use crate::quote::quote;
use crate::text::Text;
use scoring::{Listing, ListingError};
use serde::{Deserialize, Serialize};
use std::io::Read;

/// What one row of the file is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // nearly every row is a listing, and boxing it would cost an allocation a row
pub enum Row {
    /// A listing.
    Listing {
        /// 1-based line of the decompressed file where the row begins.
        line: u64,
        /// The listing.
        listing: Listing,
    },
    /// A row that is no listing.
    Reject(Reject),
}

/// A row that is no listing, and why. Its JSON is one line of `rejects.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reject {
    /// 1-based line of the decompressed file where the row begins.
    pub line: u64,
    /// Stable machine name, such as `row.missing_title`.
    pub code: String,
    /// For a person; never more than 80 characters of the row.
    pub detail: String,
}

impl Row {
    pub(crate) fn reject(line: u64, code: &str, detail: impl Into<String>) -> Self {
        Self::Reject(Reject { line, code: code.to_owned(), detail: detail.into() })
    }

    pub(crate) fn too_long(line: u64, row: &[u8]) -> Self {
        let bytes_max = crate::limits::ROW_BYTES_MAX;
        Self::reject(line, "row.too_long", format!("more than {bytes_max} bytes: '{}'", quote(row)))
    }

    pub(crate) fn read(line: u64, result: Result<Listing, ListingError>) -> Self {
        match result {
            Ok(listing) => Self::Listing { line, listing },
            Err(error) => Self::reject(line, error.code(), error.to_string()),
        }
    }
}

/// What a reader counts on the way.
#[derive(Default)]
pub(crate) struct Counts {
    /// Listings and rejects given out.
    pub(crate) rows: u64,
    pub(crate) rejects: u64,
    pub(crate) continuation_rows: u64,
    ignored: Vec<String>,
}

impl Counts {
    pub(crate) fn ignored(&mut self, name: &str) {
        if self.ignored.len() < IGNORED_NAMES_MAX && !self.ignored.iter().any(|known| known == name) {
            self.ignored.push(quote(name.as_bytes()));
        }
    }
}

/// The rows of a file, in order. Made by [`open`].
///
/// An `Err` means that the file is broken from there on; it is the last item. Every row that was read before it counts.
pub struct Rows<'r> {
    text: Text<'r>,
    reader: Reader,
    counts: Counts,
    format: String,
    ended: bool,
}

/// What else is known of a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// File name or object key. Only its extension is looked at, and only where the content leaves a choice.
    pub name: &'a str,
}

/// Opens an export: finds out how it is compressed and encoded, its format, and what its columns mean.
///
/// The reader is read as far as needed to find that out (up to [`crate::limits::SAMPLE_BYTES`] of text), and further as rows are
/// asked for. Memory stays under a few megabytes whatever the file (and up to 128 MiB more for zstd with a large window).
///
/// # Errors
/// When the file is no export that can be read at all. See [`ExportError::code`].
pub fn open<'r, R: Read + Send + 'r>(reader: R, hint: &Hint<'_>) -> Result<Rows<'r>, ExportError> {
    let mut text = Text::open(reader)?;
    let mut counts = Counts::default();
    let reader = sniff(&mut text, hint, &mut counts)?;
    let format = format!("{} {}", reader.name(), text.coding());
    Ok(Rows { text, reader, counts, format, ended: false })
}

impl Rows<'_> {
    /// Preset, syntax, encoding and compression, such as `shopify-products csv utf-8 gzip`.
    #[must_use]
    pub fn format(&self) -> &str {
        &self.format
    }

    /// Listings and rejects given out so far.
    #[must_use]
    pub fn rows_read(&self) -> u64 {
        self.counts.rows
    }

    /// Rejects given out so far.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.counts.rejects
    }

    /// Rows that only add a variant or a picture to the listing before them, and are counted nowhere else.
    #[must_use]
    pub fn continuation_rows(&self) -> u64 {
        self.counts.continuation_rows
    }

    /// Names of columns and keys seen so far that are not part of a listing, each once, at most
    /// [`crate::limits::IGNORED_NAMES_MAX`].
    #[must_use]
    pub fn ignored_columns(&self) -> &[String] {
        &self.counts.ignored
    }

    /// Bytes taken from the reader so far, before decompression. Runs ahead of the rows by up to a buffer.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.text.bytes_read()
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, ExportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.reader.next(&mut self.text, &mut self.counts) {
            Ok(Some(row)) => {
                self.counts.rows += 1;
                self.counts.rejects += u64::from(matches!(row, Row::Reject(_)));
                Some(Ok(row))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(error))
            }
        }
    }
}

impl std::iter::FusedIterator for Rows<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_may_be_read_on_another_thread() {
        let rows = open("id,title\n1,Bag\n".as_bytes(), &Hint::default()).unwrap();
        let listings = std::thread::scope(|scope| scope.spawn(move || rows.flatten().count()).join().unwrap());
        assert_eq!(listings, 1);
    }
}
