//! How much does a run hold at most? Every maximum by name, with unit and reason.

use std::time::Duration;

/// Days of a window unless told otherwise: a week has all weekdays once.
pub const WINDOW_DAYS_DEFAULT: u32 = 7;

/// Days of a window at most, so that a mistyped date does not read ten years.
pub const WINDOW_DAYS_MAX: i64 = 400;

/// Jobs of a window at most: some 300 bytes each in the plan. A marketplace that exports every minute has 10,000 a week.
pub const JOBS_MAX: usize = 100_000;

/// Decisions that a run goes by at most, about a kilobyte each: a hundred reviewers' work of two weeks at a decision every half minute.
pub const DECISIONS_MAX: usize = 200_000;

/// Decisions read in one call, so that memory is bounded by pages and not by days.
pub const DECISIONS_PER_CALL_MAX: usize = 1_000;

/// Runs of the trend, and of the list in the report.
pub const PAST_RUNS_MAX: usize = 24;

/// Rows between two looks at the clock: some milliseconds of work.
pub const ROWS_PER_LOOK: u64 = 256;

/// Lines of a result file that are searched for the one about a listing: so many in a row may be missing, put in or altered, and what follows is
/// still read beside its listing. Half a kilobyte each.
pub const LINES_AHEAD_MAX: usize = 256;

/// Invocations that one run may take.
pub const HOPS_MAX_DEFAULT: u32 = 100;

/// Flagged rows of a window whose items in the table are compared with the result files at most, chosen at random: a second or two of reads,
/// and an alteration of one in a thousand is found in all but one of twenty-two thousand windows.
pub const TABLE_ROWS_MAX: usize = 10_000;

/// Items that are read at once.
pub const TABLE_READS_IN_FLIGHT_MAX: usize = 16;

/// Days for which the records of runs are kept in the table.
pub const RUN_DAYS_DEFAULT: u32 = 1_100;

/// Time between the last row that is taken and the end of the invocation: for the checkpoint, which has some megabytes.
pub const DEADLINE_GAP_DEFAULT: Duration = Duration::from_secs(60);

/// How long a claim outlives the invocation that made it: the clocks of two machines differ by less.
pub const LEASE_MARGIN: Duration = Duration::from_secs(10);

/// Width to either side to which the miss rate should be known, as a share: the report says how many reviews are missing for it.
pub const HALF_WIDTH_DEFAULT: f64 = 0.02;

/// Pieces of changed listings on their way to the file, a thousand lines or so each.
pub const CHANGES_WAITING_MAX: usize = 16;

/// Size in which changed listings go to their file, in bytes before compression.
pub const CHANGES_PIECE_BYTES: usize = 256 * 1024;

/// Largest plan or checkpoint, in bytes once it is decompressed.
pub const STATE_BYTES_MAX: usize = 1024 * 1024 * 1024;
