//! Every maximum of storage: its name, unit and reason.

use std::time::Duration;

/// Attempts per SDK call. Three (the default) failed a job at 30% throttling; ten survive 60%.
pub const SDK_ATTEMPTS_MAX: u32 = 10;
/// Attempts per SDK call while a client waits.
pub const REQUEST_ATTEMPTS_MAX: u32 = 3;
/// Longest time of a call, attempts and pauses together, while a client waits. A request makes a few, one after the other, and ends after 20 seconds.
pub const REQUEST_CALL_MAX: Duration = Duration::from_secs(6);
/// First pause between attempts.
pub const BACKOFF_FIRST: Duration = Duration::from_millis(50);
/// Longest pause between attempts.
pub const BACKOFF_MAX: Duration = Duration::from_secs(2);

/// Longest wait for one answer of DynamoDB or SQS. Without it an answer that never comes hangs the job; a busy table answers in under 100 ms.
pub const SMALL_CALL_ATTEMPT_MAX: Duration = Duration::from_secs(3);
/// Longest wait for one answer of S3, which for an upload includes sending one part: 8 MiB at 3 Mbit/s.
pub const S3_ATTEMPT_MAX: Duration = Duration::from_secs(25);
/// Longest wait for a connection.
pub const CONNECT_MAX: Duration = Duration::from_secs(3);
/// How long a body may be silent before it counts as stalled and is resumed. A slow body of at least one byte a second does not.
pub const STALL_MAX: Duration = Duration::from_secs(5);

/// Items per `BatchWriteItem`, by DynamoDB.
pub const BATCH_ITEMS_MAX: usize = 25;
/// `BatchWriteItem` calls in flight per job: 32 x 25 items is more than a new on-demand table takes, and keeps answers of 10 ms at 80,000 items a second.
pub const BATCHES_IN_FLIGHT_MAX: usize = 32;

/// Longest list of reasons kept in an item, in bytes of JSON. A full set of signals takes under 16 kB; an item may have 400 kB, index copies included.
pub const REASONS_BYTES_MAX: usize = 65_536;
/// Longest list of issues kept in an item, in bytes of JSON: every field once, with its quotation.
pub const ISSUES_BYTES_MAX: usize = 16_384;
/// Longest listing title kept in an item, in bytes. It is what a reviewer reads in a list; the file has the whole.
pub const ITEM_TITLE_BYTES_MAX: usize = 512;
/// Longest seller, marketplace or other short text kept in an item, in bytes.
pub const ITEM_TEXT_BYTES_MAX: usize = 256;
/// Longest address of a listing's page kept in an item, in bytes.
pub const ITEM_URL_BYTES_MAX: usize = 1_024;
/// Longest brand or seller that is indexed, in bytes. DynamoDB ends partition keys at 2,048; a shard number follows.
pub const INDEX_KEY_BYTES_MAX: usize = 1_024;

/// Partitions per day of the index of all risks. One takes 1,000 writes a second, so one day takes 16,000 flagged listings a second.
pub const DAY_SHARDS: u32 = 16;
/// Partitions per brand or seller: an export of one shop may flag 4,000 listings a second, and a reader asks four partitions.
pub const NAME_SHARDS: u32 = 4;

/// Partitions of the review queue, as of a day: all that is flagged and undecided stands in them.
pub const QUEUE_SHARDS: u32 = 16;
/// Largest listing that is kept with its result, in bytes of JSON. Every text at its limit in control characters, which take six bytes, is
/// 350 kB, and only addresses of pictures can be longer.
pub const LISTING_BYTES_MAX: usize = 512 * 1024;
/// The same after compression, in bytes: what is written in real letters has 90 kB at most.
pub const LISTING_KEPT_BYTES_MAX: usize = 128 * 1024;

/// Entries of the queue that one question reads from a partition at a time.
pub const QUEUE_READ_MIN: usize = 8;
/// Most entries of the queue that one question reads. Those that are decided, superseded or filtered out count too.
pub const QUEUE_READ_MAX: usize = 2_000;
/// Entries of the queue that are checked at once against the newest results.
pub const CHECKS_IN_FLIGHT_MAX: usize = 32;

/// Width to which a sequencer is padded, in characters. S3 sends 16 to 18 hexadecimal digits.
pub const SEQUENCER_WIDTH: usize = 32;

/// Size of an uploaded part, in bytes. S3 asks for 5 MiB at least and takes 10,000 parts, so a file may have 80 GB.
pub const PART_BYTES: usize = 8 * 1024 * 1024;
/// Parts per object, by S3.
pub const PARTS_MAX: usize = 10_000;
/// Parts of one object in flight: with the one being filled 24 MiB are held.
pub const PARTS_IN_FLIGHT_MAX: usize = 2;

/// Resumes of one download in a row that bring no byte, before the file is left for later.
pub const RESUMES_WITHOUT_PROGRESS_MAX: u32 = 8;

/// Largest checkpoint, in bytes of JSON. It is an object in S3, so this only stops a mistake from filling the memory.
pub const CHECKPOINT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Longest failure detail kept in a job record, in bytes.
pub const FAILURE_DETAIL_BYTES_MAX: usize = 1_024;

/// Longest answer that is kept for a request that comes again, in bytes: what Lambda lets out.
pub const ANSWER_BYTES_MAX: usize = 6 * 1024 * 1024;
/// The same after compression, in bytes. Items end at 400 kB.
pub const ANSWER_KEPT_BYTES_MAX: usize = 380_000;

/// Most reasons of a result that are kept beside a decision: every signal once.
pub const REVIEW_REASONS_MAX: usize = 64;
/// Most decisions on one listing that are looked through for the one before a withdrawn one.
pub const REVIEWS_LOOKED_AT_MAX: usize = 100;
/// Most jobs of a day that are looked through for those of one upload.
pub const JOBS_LOOKED_AT_MAX: usize = 5_000;
