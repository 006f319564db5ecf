//! Every maximum of the endpoint: its name, unit and reason.

use std::time::Duration;

/// Longest request body, in bytes. A Lambda event ends at 6 MB, and JSON in it is escaped once more.
pub const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Most listings in one request. With every signal on each the answer has 4 MB, and Lambda ends answers at 6.
pub const LISTINGS_MAX: usize = 256;
/// Deepest nesting of JSON, in levels: what `serde_json` reads without using up its stack.
pub const JSON_DEPTH_MAX: usize = 127;
/// Longest query string, in bytes; the longest cursor with three filters has 6 kB.
pub const QUERY_BYTES_MAX: usize = 8_192;
/// Longest path, in bytes as encoded. API Gateway ends request line and headers at 10 kB, and a byte is encoded in three.
pub const PATH_BYTES_MAX: usize = 32_768;

/// Longest time for a request, body included. API Gateway gives up after 30 seconds and answers without saying why.
pub const REQUEST_TIME_MAX: Duration = Duration::from_secs(20);
/// Requests that are worked on at once in one process. Lambda sends one, a managed instance eight for each vCPU; a laptop gets what browsers send.
pub const REQUESTS_IN_FLIGHT_MAX: usize = 128;
/// What `Retry-After` says, in seconds: a throttled table takes more after a second.
pub const RETRY_AFTER_SECONDS: u32 = 1;
/// Listings that are scored on the thread that serves the network: 16 take a tenth of a millisecond, 256 long ones tens of milliseconds.
pub const LISTINGS_INLINE_MAX: usize = 16;
/// Scorers kept warm; each holds buffers of some 100 kB.
pub const SCORERS_KEPT_MAX: usize = 16;

/// Longest note of a reviewer, in bytes.
pub const NOTE_BYTES_MAX: usize = 2_000;
/// Groups on a page of the queue when nothing is asked for.
pub const QUEUE_GROUPS_DEFAULT: usize = 25;
/// Most groups on a page of the queue.
pub const QUEUE_GROUPS_MAX: usize = 100;
/// Most entries looked at for one page: near-identical ones share a group, and every entry is checked against the newest result.
pub const QUEUE_ENTRIES_MAX: usize = 500;
/// Most near-identical listings shown with a group; all are counted.
pub const SIMILAR_SHOWN_MAX: usize = 20;
/// Former results shown with a listing when nothing is asked for.
pub const HISTORY_DEFAULT: usize = 20;
/// Most former results shown with a listing.
pub const HISTORY_MAX: usize = 100;
/// Reviews shown of a listing.
pub const REVIEWS_MAX: usize = 100;
/// Jobs shown when nothing is asked for.
pub const JOBS_DEFAULT: usize = 50;
/// Most jobs shown.
pub const JOBS_MAX: usize = 200;
/// Longest key of an upload that jobs are looked up by, in bytes: by S3.
pub const OBJECT_KEY_BYTES_MAX: usize = 1_024;

/// Largest upload, in bytes: what S3 takes in one request.
pub const UPLOAD_BYTES_MAX: u64 = 5 * 1024 * 1024 * 1024;
/// Longest file name of an upload, in bytes. The end is kept, because the extension says what the file is.
pub const UPLOAD_NAME_BYTES_MAX: usize = 72;
/// How long an upload may begin after it was asked for.
pub const UPLOAD_LIFETIME: Duration = Duration::from_secs(15 * 60);
/// How long the links to the files of a job work.
pub const DOWNLOAD_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// Longest `Idempotency-Key`, in bytes.
pub const IDEMPOTENCY_KEY_BYTES_MAX: usize = 255;
/// How long an answer is kept for a request that comes again.
pub const IDEMPOTENCY_LIFETIME: Duration = Duration::from_secs(24 * 3_600);

/// How long results, reviews and records of requests are kept, in days, when nothing is set: as long as results of uploads.
pub const RESULT_DAYS_DEFAULT: u32 = 396;
