//! What is a measurement? The median of some runs, with the slowest and the fastest.

use std::time::{Duration, Instant};

/// What one run did.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    /// When the run kept time itself, because it did more than what is measured.
    pub(crate) time: Option<Duration>,
}

/// Rows and bytes a second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Measured {
    pub(crate) rows_per_second: f64,
    pub(crate) slowest: f64,
    pub(crate) fastest: f64,
    pub(crate) mb_per_second: f64,
}

/// Runs once to warm up, then so many times.
pub(crate) fn measure(runs: usize, run: impl Fn() -> Run) -> Measured {
    run();
    let mut rates: Vec<(f64, f64)> = (0..runs.max(1))
        .map(|_| {
            let begun = Instant::now();
            let done = run();
            let seconds = done.time.unwrap_or(begun.elapsed()).as_secs_f64();
            (number(done.rows) / seconds, number(done.bytes) / 1e6 / seconds)
        })
        .collect();
    rates.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (rows_per_second, mb_per_second) = rates[rates.len() / 2];
    Measured { rows_per_second, mb_per_second, slowest: rates[0].0, fastest: rates[rates.len() - 1].0 }
}

/// Exact up to 2^53, far above anything counted here.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn number(count: u64) -> f64 {
    count as f64
}

/// The middle of some times.
pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
