//! How does a person see how far a job is?

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ingest::Progress;

use super::words::{HumanBytes, HumanCount, complain, plain};

/// How often the bar is drawn.
const DRAW: Duration = Duration::from_millis(100);
/// How often a line is written where nobody watches: a few for a job of a minute.
const REPORT: Duration = Duration::from_secs(15);

/// Columns that the name of a file gets, so that a line of 80 has room for the rest.
const NAME_COLUMNS: usize = 20;

/// Until the function has begun to read.
const UPLOADING: &str = "{prefix:.bold} {spinner} uploading";
/// From then on.
const SCORING: &str = "{prefix:.bold} {wide_bar} {bytes}/{total_bytes} {msg} {eta} left";

/// Shows `progress` on the error stream until `work` is done: a bar on a terminal, a line now and then elsewhere.
pub(super) async fn show<T>(name: &str, progress: &Progress, work: impl Future<Output = T>) -> T {
    let before = Seen::now(progress);
    let mut work = std::pin::pin!(work);
    if !std::io::stderr().is_terminal() {
        let mut ticks = tokio::time::interval_at(tokio::time::Instant::now() + REPORT, REPORT);
        let began = Instant::now();
        loop {
            tokio::select! {
                done = &mut work => return done,
                _ = ticks.tick() => complain(format_args!("{}: {}", plain(name), Seen::now(progress).since(&before).line(began.elapsed()))),
            }
        }
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.set_style(style(UPLOADING));
    bar.set_prefix(console::truncate_str(&plain(name), NAME_COLUMNS, "…").into_owned());
    let mut ticks = tokio::time::interval(DRAW);
    let mut scoring = None;
    let done = loop {
        tokio::select! {
            done = &mut work => break done,
            _ = ticks.tick() => {
                let seen = Seen::now(progress).since(&before);
                if seen.bytes_total == 0 {
                    bar.tick();
                    continue;
                }
                let began = *scoring.get_or_insert_with(|| {
                    bar.set_length(seen.bytes_total);
                    bar.set_style(style(SCORING));
                    bar.reset_eta();
                    Instant::now()
                });
                bar.set_position(seen.bytes_read);
                bar.set_message(seen.speed(began.elapsed()));
            }
        }
    };
    bar.finish_and_clear();
    done
}

/// The counters at one moment. They run on from job to job.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Seen {
    rows: u64,
    bytes_read: u64,
    bytes_total: u64,
}

impl Seen {
    fn now(progress: &Progress) -> Self {
        let load = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Self { rows: load(&progress.rows), bytes_read: load(&progress.bytes_read), bytes_total: load(&progress.bytes_total) }
    }

    fn since(self, before: &Self) -> Self {
        Self {
            rows: self.rows.saturating_sub(before.rows),
            bytes_read: self.bytes_read.saturating_sub(before.bytes_read),
            bytes_total: self.bytes_total.saturating_sub(before.bytes_total),
        }
    }

    fn line(self, elapsed: Duration) -> String {
        if self.bytes_total == 0 {
            return "uploading".to_owned();
        }
        format!("{}, {} of {}", self.speed(elapsed), HumanBytes(self.bytes_read), HumanBytes(self.bytes_total))
    }

    fn speed(self, elapsed: Duration) -> String {
        format!("{} rows, {} rows/s", HumanCount(self.rows), HumanCount(per_second(self.rows, elapsed)))
    }
}

/// The templates are constants, and a test draws each.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━╸ ")
}

/// Whole units a second; 0 before the first millisecond.
pub(super) fn per_second(number: u64, elapsed: Duration) -> u64 {
    let milliseconds = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
    number.saturating_mul(1000).checked_div(milliseconds).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_rows_speed_and_bytes_of_this_job_only() {
        let before = Seen { rows: 10, bytes_read: 100, bytes_total: 100 };
        let now = Seen { rows: 2_010, bytes_read: 100 + 2048, bytes_total: 100 + 4096 };
        assert_eq!(now.since(&before).line(Duration::from_millis(500)), "2,000 rows, 4,000 rows/s, 2.00 KiB of 4.00 KiB");
        assert_eq!(Seen::default().line(Duration::from_secs(15)), "uploading");
        assert_eq!(per_second(5, Duration::ZERO), 0);
    }

    #[test]
    fn the_templates_are_understood() {
        for template in [UPLOADING, SCORING] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
