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
    /// The part of the time in which the machine let this thread run, 0 to 1. Much below 1, the numbers say little.
    pub(crate) core_share: f64,
}

/// Runs once to warm up, then so many times.
pub(crate) fn measure(runs: usize, run: impl Fn() -> Run) -> Measured {
    run();
    let (begun, on_core) = (Instant::now(), time_on_core());
    let mut rates: Vec<(f64, f64)> = (0..runs.max(1))
        .map(|_| {
            let begun = Instant::now();
            let done = run();
            let seconds = done.time.unwrap_or(begun.elapsed()).as_secs_f64();
            (number(done.rows) / seconds, number(done.bytes) / 1e6 / seconds)
        })
        .collect();
    let core_share = (time_on_core().saturating_sub(on_core)).as_secs_f64() / begun.elapsed().as_secs_f64();
    rates.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (rows_per_second, mb_per_second) = rates[rates.len() / 2];
    Measured { rows_per_second, mb_per_second, slowest: rates[0].0, fastest: rates[rates.len() - 1].0, core_share }
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

/// For how long this thread has been running, as the kernel counts it; zero where it does not tell.
fn time_on_core() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}
