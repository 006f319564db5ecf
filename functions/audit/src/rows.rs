//! What are the rows of a job? Each listing of its export beside the line of its result, read side by side on a thread of its own.

use crate::limits::{LINES_AHEAD_MAX, ROWS_PER_LOOK};
use exports::{ExportError, Hint, Row};
use scoring::Listing;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader};

/// A listing, and the line of its result.
pub(crate) struct Pair<'r> {
    /// Number of the row in its export, from 0, rejects included.
    pub(crate) row: u64,
    /// Number of the line in the result file, from 1.
    pub(crate) line: u64,
    pub(crate) listing: &'r Listing,
    /// Without its line feed.
    pub(crate) result: &'r [u8],
}

/// What is read, in the order of the result file.
pub(crate) enum Read<'r> {
    /// A listing with its result.
    Pair(Pair<'r>),
    /// A line behind the last listing.
    LineOver(&'r [u8]),
}

/// How far a job was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// Rows that are done, rejects included.
    pub(crate) rows: u64,
    /// Lines of the result file that are done.
    pub(crate) lines: u64,
    /// Rows among them that are no listing.
    pub(crate) rejects: u64,
    /// Listings among them that have no line in the result file.
    pub(crate) without_line: u64,
    /// Whether both files were read to their ends.
    pub(crate) is_whole: bool,
    /// Lines at the end that belong to no listing.
    pub(crate) lines_over: u64,
}

/// Why a job cannot be read to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error("the result file cannot be read: {0}")]
    Results(#[source] io::Error),
}

impl Broken {
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Export(error) => error.code(),
            Self::Results(_) => "results.unreadable",
        }
    }
}

/// Reads both files from where `progress` stands, until they end or the time is up. `listing_id_of` tells the listing that a line is
/// about, so that a line that is missing is noticed and does not shift all that follow.
pub(crate) fn read(
    export: impl io::Read + Send,
    results: impl io::Read,
    key: &str,
    progress: &mut Progress,
    is_time_up: &dyn Fn() -> bool,
    each: &mut dyn FnMut(&Read<'_>),
) -> Result<(), Broken> {
    let mut rows = exports::open(export, &Hint { name: key })?;
    let results = BufReader::new(zstd::stream::read::Decoder::new(results).map_err(Broken::Results)?);
    for _ in 0..progress.rows {
        if rows.next().transpose()?.is_none() {
            break;
        }
    }
    let mut lines = Lines { results, ahead: VecDeque::new() };
    for _ in 0..progress.lines {
        lines.next()?;
    }
    let first_row = progress.rows;
    while let Some(row) = rows.next().transpose()? {
        // Some rows are always taken, so that every turn gets on.
        if progress.rows > first_row && progress.rows.is_multiple_of(ROWS_PER_LOOK) && is_time_up() {
            return Ok(());
        }
        match &row {
            Row::Reject(_) => progress.rejects += 1,
            Row::Listing { listing, .. } => match lines.place_of(&listing.listing_id)? {
                None => progress.without_line += 1,
                Some(over) => {
                    for line in lines.ahead.drain(..over) {
                        each(&Read::LineOver(&line));
                        (progress.lines, progress.lines_over) = (progress.lines + 1, progress.lines_over + 1);
                    }
                    let result = lines.next()?.unwrap_or_default();
                    each(&Read::Pair(Pair { row: progress.rows, line: progress.lines + 1, listing, result: &result }));
                    progress.lines += 1;
                }
            },
        }
        progress.rows += 1;
    }
    while let Some(line) = lines.next()? {
        each(&Read::LineOver(&line));
        (progress.lines, progress.lines_over) = (progress.lines + 1, progress.lines_over + 1);
    }
    progress.is_whole = true;
    Ok(())
}

/// The lines of a result file, some of them read ahead.
struct Lines<R> {
    results: R,
    ahead: VecDeque<Vec<u8>>,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> Result<Option<Vec<u8>>, Broken> {
        match self.ahead.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.read(),
        }
    }

    /// Without its line feed.
    fn read(&mut self) -> Result<Option<Vec<u8>>, Broken> {
        let mut line = Vec::new();
        let length = self.results.read_until(b'\n', &mut line).map_err(Broken::Results)?;
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        Ok((length > 0).then_some(line))
    }

    /// How many lines stand before the one about a listing; nearly always none. `None` when it is not among the next ones: then the listing has
    /// no line. So neither a line that is missing nor one whose id was altered hides what follows.
    fn place_of(&mut self, listing_id: &str) -> Result<Option<usize>, Broken> {
        for at in 0..LINES_AHEAD_MAX {
            if at == self.ahead.len() {
                let Some(line) = self.read()? else { return Ok(None) };
                self.ahead.push_back(line);
            }
            if is_about(&self.ahead[at], listing_id) {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }
}

/// Whether a line is about a listing: its id stands first, written as JSON writes texts. A line without one is taken for the listing's own,
/// so that what is wrong with it is told.
fn is_about(line: &[u8], listing_id: &str) -> bool {
    let Some(rest) = line.strip_prefix(br#"{"listing_id":"#) else { return true };
    let mut texts = serde_json::Deserializer::from_slice(rest).into_iter::<String>();
    texts.next().is_none_or(|text| text.is_ok_and(|text| text == listing_id))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = "listing_id,title\na,Bag\n,Bag\nb,Belt\nc,Cap\n";

    fn results(lines: &[&str]) -> Vec<u8> {
        let text: String = lines.iter().map(|id| format!("{{\"listing_id\":\"{id}\",\"risk\":1.0}}\n")).collect();
        zstd::bulk::compress(text.as_bytes(), 1).unwrap()
    }

    fn read_from(progress: &mut Progress, lines: &[&str], rows_max: u64) -> Vec<String> {
        let mut seen = Vec::new();
        let start = progress.rows;
        let until = std::cell::Cell::new(start);
        read(EXPORT.as_bytes(), results(lines).as_slice(), "a.csv", progress, &|| until.get() >= start + rows_max, &mut |read| {
            let Read::Pair(pair) = read else { return };
            until.set(until.get() + 1);
            seen.push(format!("{} {} {}", pair.row, pair.line, pair.listing.listing_id));
        })
        .unwrap();
        seen
    }

    #[test]
    fn listings_stand_beside_their_results() {
        let check = |lines: &[&str], expected: &[&str], end: Progress| {
            let mut progress = Progress::default();
            assert_eq!(read_from(&mut progress, lines, 99), expected);
            assert_eq!(progress, end);
        };
        let whole = Progress { rows: 4, lines: 3, rejects: 1, is_whole: true, ..Progress::default() };
        check(&["a", "b", "c"], &["0 1 a", "2 2 b", "3 3 c"], whole);
        check(&["a", "c"], &["0 1 a", "3 2 c"], Progress { lines: 2, without_line: 1, ..whole });
        check(&["a", "b", "c", "d"], &["0 1 a", "2 2 b", "3 3 c"], Progress { lines: 4, lines_over: 1, ..whole });
        check(&["a", "x", "c"], &["0 1 a", "3 3 c"], Progress { without_line: 1, lines_over: 1, ..whole });
        check(&["x", "y", "c"], &["3 3 c"], Progress { without_line: 2, lines_over: 2, ..whole });
    }

    #[test]
    fn reading_goes_on_where_it_stopped() {
        let mut progress = Progress { rows: 2, lines: 1, rejects: 1, ..Progress::default() };
        assert_eq!(read_from(&mut progress, &["a", "b", "c"], 99), ["2 2 b", "3 3 c"]);
        assert!(progress.is_whole);
    }

    #[test]
    fn a_damaged_result_file_is_named() {
        let mut progress = Progress::default();
        let error = read(EXPORT.as_bytes(), &b"no zstd"[..], "a.csv", &mut progress, &|| false, &mut |_| {}).unwrap_err();
        assert_eq!(error.code(), "results.unreadable");
    }
}
