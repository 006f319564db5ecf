//! What does one invocation report of itself?

use crate::report::Bands;
use lambda::metrics::{Line, Unit};
use std::time::Duration;

/// What was done, added up over the jobs of an invocation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measures {
    pub(crate) job_ids: Vec<String>,
    pub(crate) ignored: u64,
    pub(crate) failed_files: u64,
    pub(crate) rows: u64,
    pub(crate) scored: u64,
    pub(crate) rejected: u64,
    pub(crate) bands: Bands,
    pub(crate) stored: u64,
    pub(crate) bytes: u64,
    pub(crate) hops: u64,
    pub(crate) phases: Phases,
}

/// Where the time went. Phases overlap and scoring is summed over threads, so they do not add up to the whole.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Phases {
    /// The parser waiting for bytes.
    pub(crate) fetch_wait: Duration,
    /// Reading rows.
    pub(crate) parse: Duration,
    /// Scoring, serialising and compressing, of all threads together.
    pub(crate) score: Duration,
    /// Waiting for the table and the result files.
    pub(crate) write: Duration,
}

impl Phases {
    pub(crate) fn add(&mut self, other: Self) {
        self.fetch_wait += other.fetch_wait;
        self.parse += other.parse;
        self.score += other.score;
        self.write += other.write;
    }
}

impl Measures {
    /// The wide line of the invocation.
    pub(crate) fn line(&self, cold_start: bool, failed_messages: usize, duration: Duration, time_left: Duration) -> Line {
        let mut line = Line::new("ingest");
        for (name, value) in [
            ("rows", self.rows),
            ("scored", self.scored),
            ("rejected", self.rejected),
            ("clear", self.bands.clear),
            ("review", self.bands.review),
            ("red_flag", self.bands.red_flag),
            ("stored", self.stored),
            ("failed_files", self.failed_files),
            ("failed_messages", failed_messages as u64),
            ("ignored_objects", self.ignored),
            ("hops", self.hops),
            ("cold_starts", u64::from(cold_start)),
        ] {
            line.metric(name, Unit::Count, value);
        }
        line.metric("read_bytes", Unit::Bytes, self.bytes);
        for (name, value) in [
            ("duration_ms", duration),
            ("time_left_ms", time_left),
            ("fetch_wait_ms", self.phases.fetch_wait),
            ("parse_ms", self.phases.parse),
            ("score_ms", self.phases.score),
            ("write_ms", self.phases.write),
        ] {
            line.metric(name, Unit::Milliseconds, u64::try_from(value.as_millis()).unwrap_or(u64::MAX));
        }
        line.property("job_id", self.job_ids.join(" "));
        line
    }
}
