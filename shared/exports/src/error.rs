//! Why can a file not be read, or not be read further?

use crate::limits::{EXPANSION_RATIO_MAX, FIELDS_PER_ROW_MAX, HEADER_BYTES_MAX, TEXT_BYTES_MAX};
use std::fmt;
use std::io;

/// The file is broken from here on. Rows before it count.
#[derive(Debug)]
pub struct ExportError {
    /// What is wrong.
    pub problem: Problem,
    /// The 1-based line of the decompressed file that could not be completed, where there is one.
    pub line: Option<u64>,
}

/// What is wrong with a file. Only [`Problem::Read`] may go away by itself.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Nothing in it but white space.
    #[error("the file is empty")]
    Empty,
    /// It is something else: a workbook, a PDF, a web page, an archive. The text says what and what to do.
    #[error("this is {0}")]
    NotAnExport(&'static str),
    /// No record at the top names a column for the title.
    #[error("no column for the title: expected a name such as title, name, item-name or 商品名称, and found {seen}")]
    NoTitleColumn {
        /// The names that were found, quoted and cut.
        seen: String,
    },
    /// No record at the top names a column for the id.
    #[error(
        "no column for the listing id: expected a name such as listing_id, id, sku, item number or 商品编号, and found {seen}"
    )]
    NoIdColumn {
        /// The names that were found, quoted and cut.
        seen: String,
    },
    /// The first record does not end within [`HEADER_BYTES_MAX`].
    #[error("the header row is longer than {HEADER_BYTES_MAX} bytes")]
    HeaderTooLong,
    /// The header has more than [`FIELDS_PER_ROW_MAX`] columns.
    #[error("the header row has more than {FIELDS_PER_ROW_MAX} columns")]
    TooManyColumns,
    /// The compressed input becomes more than [`EXPANSION_RATIO_MAX`] times its size.
    #[error("the compressed file grows more than {EXPANSION_RATIO_MAX} times: this is how a decompression bomb looks")]
    Bomb,
    /// The text is longer than [`TEXT_BYTES_MAX`].
    #[error("the file holds more than {TEXT_BYTES_MAX} bytes of text")]
    TooLarge,
    /// The gzip data ends in the middle.
    #[error("the gzip file is cut off")]
    TruncatedGzip,
    /// The gzip data is damaged, or followed by something else.
    #[error("the gzip file is damaged")]
    CorruptGzip(#[source] io::Error),
    /// The zstd data ends in the middle.
    #[error("the zstd file is cut off")]
    TruncatedZstd,
    /// The zstd data is damaged, or asks for too much memory.
    #[error("the zstd file is damaged")]
    CorruptZstd(#[source] io::Error),
    /// The JSON document ends before its list does.
    #[error("the JSON document ends before its list does: the file is cut off")]
    TruncatedJson,
    /// Something stands after the end of the JSON list.
    #[error("the JSON document goes on after the end of its list")]
    TrailingJson,
    /// The XML feed ends before its root element does.
    #[error("the XML feed ends before its root element does: the file is cut off")]
    TruncatedXml,
    /// The input itself could not be read (a connection, a disk). Reading the file again may help.
    #[error("the file could not be read")]
    Read(#[source] io::Error),
}

impl Problem {
    /// Stable machine name, such as `file.truncated_gzip`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file.empty",
            Self::NotAnExport(_) => "file.not_an_export",
            Self::NoTitleColumn { .. } => "file.no_title_column",
            Self::NoIdColumn { .. } => "file.no_id_column",
            Self::HeaderTooLong => "file.header_too_long",
            Self::TooManyColumns => "file.too_many_columns",
            Self::Bomb => "file.bomb",
            Self::TooLarge => "file.too_large",
            Self::TruncatedGzip => "file.truncated_gzip",
            Self::CorruptGzip(_) => "file.corrupt_gzip",
            Self::TruncatedZstd => "file.truncated_zstd",
            Self::CorruptZstd(_) => "file.corrupt_zstd",
            Self::TruncatedJson => "file.truncated_json",
            Self::TrailingJson => "file.trailing_json",
            Self::TruncatedXml => "file.truncated_xml",
            Self::Read(_) => "file.read_failed",
        }
    }

    pub(crate) fn at(self, line: u64) -> ExportError {
        ExportError { problem: self, line: Some(line) }
    }
}

impl ExportError {
    /// Stable machine name, such as `file.truncated_gzip`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// Whether reading the same file again may end better: only when the input could not be read. Everything else is in the
    /// file, and the user must change it.
    #[must_use]
    pub fn retry_helps(&self) -> bool {
        matches!(self.problem, Problem::Read(_))
    }
}

impl From<Problem> for ExportError {
    fn from(problem: Problem) -> Self {
        Self { problem, line: None }
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{} (line {line})", self.problem),
            None => write!(f, "{}", self.problem),
        }
    }
}

impl std::error::Error for ExportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.problem.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    #[test]
    fn the_line_is_named_and_the_source_is_not_repeated() {
        let error = Problem::Read(io::Error::other("connection reset")).at(7);
        assert_eq!(error.to_string(), "the file could not be read (line 7)");
        assert_eq!(error.source().unwrap().to_string(), "connection reset");
        assert!(error.retry_helps());
        let error = ExportError::from(Problem::TruncatedGzip);
        assert_eq!((error.to_string().as_str(), error.code()), ("the gzip file is cut off", "file.truncated_gzip"));
        assert!(!error.retry_helps());
    }
}
