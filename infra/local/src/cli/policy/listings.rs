//! Over which listings are two policies compared?

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{IsTerminal, Read};
use std::ops::Add;
use std::path::Path;
use std::sync::Arc;

use exports::{Hint, Row, open};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use scoring::{Comparison, Policy};

use super::Unreadable;
use crate::cli::demo::SAMPLES;
use crate::cli::words::{count, plain};

/// Exports from this size on get a progress bar: smaller ones are through before it is seen.
const BAR_BYTES_MIN: u64 = 4 * 1024 * 1024;
const BAR: &str = "{prefix:.bold} {wide_bar} {bytes}/{total_bytes} {eta} left";
/// Columns that the name of a file gets in front of its bar.
const NAME_COLUMNS: usize = 20;

/// What was scored, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scored {
    pub(super) examples: u64,
    pub(super) rows: u64,
    pub(super) files: u64,
    /// The rows of the files were those of the sample export.
    pub(super) sampled: u64,
    pub(super) rejected: u64,
}

impl Add for Scored {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            examples: self.examples + other.examples,
            rows: self.rows + other.rows,
            files: self.files + other.files,
            sampled: self.sampled + other.sampled,
            rejected: self.rejected + other.rejected,
        }
    }
}

impl Scored {
    /// In words.
    pub(super) fn told(&self) -> String {
        let (examples, sampled) = (count(self.examples, "example"), count(self.sampled, "listing"));
        if self.files == 0 {
            format!("{examples} and {sampled} of the sample export")
        } else {
            format!("{} of {}", count(self.rows, "listing"), count(self.files, "export"))
        }
    }
}

/// The examples of both, each once.
pub(super) fn examples(policies: [&Arc<Policy>; 2], comparison: &mut Comparison) -> Scored {
    let mut seen = BTreeSet::new();
    for example in policies.into_iter().flat_map(|policy| policy.examples()) {
        let Ok(mut listing) = example.listing() else { continue };
        // The same example may stand on another line.
        let place = std::mem::replace(&mut listing.listing_id, example.file.clone());
        if seen.insert(listing.input_hash()) {
            listing.listing_id = place;
            comparison.add(&listing);
        }
    }
    Scored { examples: seen.len() as u64, ..Scored::default() }
}

/// The sample export that comes with the program.
pub(super) fn sample(comparison: &mut Comparison) -> Result<Scored, Unreadable> {
    let mut scored = Scored::default();
    for (name, bytes) in SAMPLES {
        let rows = add(bytes, name, comparison)?;
        scored = scored + Scored { sampled: rows.rows, rejected: rows.rejected, ..Scored::default() };
    }
    Ok(scored)
}

/// An export of any format; `-` is standard input.
pub(super) fn export(path: &Path, comparison: &mut Comparison) -> Result<Scored, Unreadable> {
    let name = path.display().to_string();
    let rows = if path.as_os_str() == "-" {
        add(std::io::stdin(), "standard input", comparison)?
    } else {
        let unreadable = |error: std::io::Error| format!("{name}: cannot be read: {error}");
        let file = File::open(path).map_err(unreadable)?;
        let bar = bar(&name, file.metadata().map_err(unreadable)?.len());
        let rows = add(bar.wrap_read(file), &name, comparison);
        bar.finish_and_clear();
        rows?
    };
    Ok(Scored { files: 1, ..rows })
}

fn add(reader: impl Read + Send, name: &str, comparison: &mut Comparison) -> Result<Scored, Unreadable> {
    let mut scored = Scored::default();
    let broken = |error: exports::ExportError| format!("{name}: {error} [{}]", error.code());
    for row in open(reader, &Hint { name }).map_err(broken)? {
        match row.map_err(broken)? {
            Row::Listing { listing, .. } => {
                comparison.add(&listing);
                scored.rows += 1;
            }
            Row::Reject(_) => scored.rejected += 1,
        }
    }
    Ok(scored)
}

fn bar(name: &str, bytes: u64) -> ProgressBar {
    if bytes < BAR_BYTES_MIN || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
    // The template is a constant, and a test reads it.
    bar.set_style(ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━╸ "));
    bar.set_prefix(console::truncate_str(&plain(name), NAME_COLUMNS, "…").into_owned());
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_understood() {
        assert!(ProgressStyle::with_template(BAR).is_ok());
    }

    #[test]
    fn what_was_scored_is_told_in_words() {
        let check = |scored: Scored, expected: &str| assert_eq!(scored.told(), expected);
        check(Scored { examples: 2, sampled: 1_000, ..Scored::default() }, "2 examples and 1,000 listings of the sample export");
        check(Scored { rows: 1, files: 1, ..Scored::default() }, "1 listing of 1 export");
    }
}
