//! Every maximum of ingest: its name, unit and reason.

use std::time::Duration;

/// Rows that are scored, compressed and written as one. A batch is one frame of the result file: 1,024 results compress nearly as well as
/// all, and a job that must stop loses at most the time of one.
pub const BATCH_ROWS_MAX: usize = 1_024;
/// Text in a batch, in bytes, so that batches of long descriptions do not fill the memory.
pub const BATCH_TEXT_BYTES_MAX: usize = 1024 * 1024;
/// Batches waiting before and after each worker: one each, so that neither side waits for the other's hand.
pub const BATCHES_WAITING_MAX: usize = 1;
/// Scoring threads. Lambda gives six vCPUs at most; more would only cost memory.
pub const WORKERS_MAX: usize = 8;

/// Time between the last row that is taken and the end of the invocation: for one batch into a throttled table, the rest of two files and the checkpoint.
pub const DEADLINE_GAP_DEFAULT: Duration = Duration::from_secs(30);
/// Time kept at the very end of an invocation for saying that it failed and giving the job back.
pub const FAREWELL: Duration = Duration::from_secs(1);
/// How much longer than its invocation a claim on a job holds: clocks differ.
pub const LEASE_MARGIN: Duration = Duration::from_secs(5);
/// Invocations that one job may take. 100 of 15 minutes are a day; a file that needs more should be cut. AWS itself stops a function that
/// feeds its own queue after about 16 unless the template allows it, which ours does, because this limit exists.
pub const HOPS_MAX_DEFAULT: u32 = 100;

/// How long results are kept, in days: a year, and a month to look back at it.
pub const RESULT_DAYS_DEFAULT: u32 = 396;
