//! How do bytes become batches of rows? On one thread, in the order of the file, dealt out to the workers in turn.

use crate::limits::{BATCH_ROWS_MAX, BATCH_TEXT_BYTES_MAX};
use exports::{ExportError, Hint, Row};
use scoring::Listing;
use std::time::{Duration, Instant};
use storage::objects::BodyReader;
use tokio::sync::mpsc::Sender;

/// Rows that are scored and written as one. Where batches begin and end follows from the rows alone, and a job goes on at the
/// beginning of one, so the result file has the same bytes however often the job was cut off.
pub(super) struct Batch {
    /// Number of its first row, from 0.
    pub(super) first_row: u64,
    pub(super) rows: Vec<Row>,
}

/// What is known of a file once it is read.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    /// Such as `shopify-products csv utf-8 gzip`.
    pub(crate) format: String,
    pub(crate) ignored_columns: Vec<String>,
    /// Why it could not be read to its end.
    pub(crate) broken: Option<Broken>,
    /// Reading rows, without waiting for bytes or for the workers.
    pub(crate) time: Duration,
}

/// Why a file could not be read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    /// Stable machine name.
    pub(crate) code: String,
    /// For a person.
    pub(crate) detail: String,
}

impl From<ExportError> for Broken {
    fn from(error: ExportError) -> Self {
        Self { code: error.code().to_owned(), detail: lambda::runtime::chain(&error) }
    }
}

/// Reads a file, leaving out the rows that are done. Stops early when a worker is gone.
pub(super) fn run(reader: BodyReader, name: &str, rows_done: u64, workers: &[Sender<Batch>]) -> Parsed {
    let begun = Instant::now();
    let waited = reader.waited();
    let mut parsed = Parsed::default();
    let mut blocked = Duration::ZERO;
    match exports::open(reader, &Hint { name }) {
        Err(error) => parsed.broken = Some(error.into()),
        Ok(mut rows) => {
            parsed.broken = deal(&mut rows, rows_done, workers, &mut blocked).err().map(Broken::from);
            parsed.format = rows.format().to_owned();
            parsed.ignored_columns = rows.ignored_columns().to_vec();
        }
    }
    parsed.time = begun.elapsed().saturating_sub(waited.total()).saturating_sub(blocked);
    parsed
}

fn deal(
    rows: &mut dyn Iterator<Item = Result<Row, ExportError>>,
    rows_done: u64,
    workers: &[Sender<Batch>],
    blocked: &mut Duration,
) -> Result<(), ExportError> {
    for _ in 0..rows_done {
        if rows.next().transpose()?.is_none() {
            return Ok(());
        }
    }
    let mut first_row = rows_done;
    let mut broken = Ok(());
    for worker in workers.iter().cycle() {
        let (batch, end) = gather(rows, first_row);
        first_row += batch.rows.len() as u64;
        if !batch.rows.is_empty() {
            let since = Instant::now();
            let gone = worker.blocking_send(batch).is_err();
            *blocked += since.elapsed();
            if gone {
                break;
            }
        }
        if let Some(end) = end {
            broken = end;
            break;
        }
    }
    broken
}

/// Up to one batch; the second is there when the file ended, well or not.
fn gather(rows: &mut dyn Iterator<Item = Result<Row, ExportError>>, first_row: u64) -> (Batch, Option<Result<(), ExportError>>) {
    let mut batch = Batch { first_row, rows: Vec::new() };
    let mut text_bytes = 0;
    while batch.rows.len() < BATCH_ROWS_MAX && text_bytes < BATCH_TEXT_BYTES_MAX {
        match rows.next() {
            None => return (batch, Some(Ok(()))),
            Some(Err(error)) => return (batch, Some(Err(error))),
            Some(Ok(row)) => {
                if let Row::Listing { listing, .. } = &row {
                    text_bytes += text_length(listing);
                }
                batch.rows.push(row);
            }
        }
    }
    (batch, None)
}

fn text_length(listing: &Listing) -> usize {
    listing.title.len() + listing.description.as_ref().map_or(0, String::len)
}
