//! Stand-in with the agreed interface, JSON lines only; replaced by the real crate.
#![allow(missing_docs)]

use scoring::{Listing, RawListing};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Read};

pub struct Hint<'a> {
    pub name: &'a str,
}

pub enum Row {
    Listing { line: u64, listing: Listing },
    Reject(Reject),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reject {
    pub line: u64,
    pub code: String,
    pub detail: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("the file is empty")]
    Empty,
    #[error("the file cannot be read at line {line}")]
    Read { line: u64, #[source] source: std::io::Error },
}

impl ExportError {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file.empty",
            Self::Read { .. } => "file.unreadable",
        }
    }
}

pub struct Rows<R> {
    reader: BufReader<R>,
    line: u64,
    ignored: Vec<String>,
    broken: bool,
}

pub fn open<R: Read + Send>(reader: R, _hint: &Hint<'_>) -> Result<Rows<R>, ExportError> {
    let mut reader = BufReader::new(reader);
    match reader.fill_buf() {
        Ok([]) => Err(ExportError::Empty),
        Ok(_) => Ok(Rows { reader, line: 0, ignored: Vec::new(), broken: false }),
        Err(source) => Err(ExportError::Read { line: 1, source }),
    }
}

impl<R> Rows<R> {
    pub fn format(&self) -> &str {
        "jsonl utf-8"
    }
    pub fn rows_read(&self) -> u64 {
        self.line
    }
    pub fn ignored_columns(&self) -> &[String] {
        &self.ignored
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Row, ExportError>;
    fn next(&mut self) -> Option<Self::Item> {
        if self.broken {
            return None;
        }
        self.line += 1;
        let line = self.line;
        let mut text = Vec::new();
        match self.reader.read_until(b'\n', &mut text) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(source) => {
                self.broken = true;
                return Some(Err(ExportError::Read { line, source }));
            }
        }
        let reject = |code: &str, detail: String| Some(Ok(Row::Reject(Reject { line, code: code.to_owned(), detail })));
        match serde_json::from_slice::<RawListing>(&text) {
            Err(error) => reject("row.not_json", error.to_string()),
            Ok(raw) => match raw.into_listing() {
                Ok(listing) => Some(Ok(Row::Listing { line, listing })),
                Err(error) => reject(error.code(), error.to_string()),
            },
        }
    }
}
