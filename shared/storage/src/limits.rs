//! Every maximum of storage: its name, unit and reason.

use std::time::Duration;

/// Attempts per SDK call. Three (the default) failed a job at 30% throttling; ten survive 60%.
pub const SDK_ATTEMPTS_MAX: u32 = 10;
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

/// Attempts per SDK call while somebody waits for the answer: enough for one lost packet or one throttled partition.
pub const REQUEST_ATTEMPTS_MAX: u32 = 3;
/// Longest pause between attempts while somebody waits.
pub const REQUEST_BACKOFF_MAX: Duration = Duration::from_millis(200);
/// Longest wait for one answer while somebody waits, and for a connection. DynamoDB and S3 answer in 5 to 50 ms; the first TLS handshake
/// of a small function takes half a second.
pub const REQUEST_ATTEMPT_MAX: Duration = Duration::from_secs(2);
/// Longest time of a call, attempts and pauses together, while somebody waits. A request makes a few, one after the other, and ends
/// after 20 seconds.
pub const REQUEST_CALL_MAX: Duration = Duration::from_secs(6);

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
/// Longest addresses of pictures kept with a whole listing, in bytes: 32 of a kilobyte. Longer ones are left out, for no reason points at them.
pub const LISTING_PICTURES_BYTES_MAX: usize = 32_768;
/// Longest whole listing, in bytes of JSON. All fields at their limits have 77 kB, and JSON writes a control character in six.
pub const LISTING_JSON_BYTES_MAX: usize = 512 * 1_024;
/// Longest whole listing in an item, in bytes as compressed: beside everything else it leaves an item below 400 kB.
pub const LISTING_BYTES_MAX: usize = 256 * 1_024;
/// Longest brand or seller that is indexed, in bytes. DynamoDB ends partition keys at 2,048; a shard number follows.
pub const INDEX_KEY_BYTES_MAX: usize = 1_024;

/// Partitions per day of the index of all risks. One takes 1,000 writes a second, so one day takes 16,000 flagged listings a second.
pub const DAY_SHARDS: u32 = 16;
/// Partitions of the review queue: a reader asks all of them, and one job may flag 16,000 listings a second.
pub const QUEUE_SHARDS: u32 = 16;
/// Partitions per brand or seller: an export of one shop may flag 4,000 listings a second, and a reader asks four partitions.
pub const NAME_SHARDS: u32 = 4;

/// Fewest entries of the queue that are read from a partition at once. Eight have about 4 kB, for which DynamoDB charges a whole unit.
pub const QUEUE_PAGE_ENTRIES_MIN: usize = 8;
/// Most entries of the queue that are read from a partition at once: 64 kB, when most are left out by a filter.
pub const QUEUE_PAGE_ENTRIES_MAX: usize = 128;
/// Entries of the queue that one call reads, give or take one round over the partitions; behind it the caller goes on from where it
/// stopped. It bounds the time that a filter or many superseded entries can cost.
pub const QUEUE_READ_MAX: usize = 1_000;
/// Fewest entries of the queue that are looked up at once, so that a page of one does not look up one after the other.
pub const QUEUE_LOOKED_UP_MIN: usize = 16;
/// Calls in flight of one reader of the queue: answers of 5 ms give 3,000 a second, and a hundred readers do not wear a table out.
pub const QUEUE_CALLS_IN_FLIGHT_MAX: usize = 16;
/// Keys per `BatchGetItem`, by DynamoDB.
pub const QUEUE_HEADS_PER_CALL_MAX: usize = 100;
/// Calls for what a `BatchGetItem` leaves over, before the request is left for later.
pub const QUEUE_HEADS_TRIES_MAX: u32 = 4;
/// Entries out of date that one call takes out of the queue's index. The rest is left to the next reader, who waits for no more either.
pub const QUEUE_TAKEN_OUT_MAX: usize = 100;

/// Width to which a sequencer is padded, in characters. S3 sends 16 to 18 hexadecimal digits.
pub const SEQUENCER_WIDTH: usize = 32;

/// Size of an uploaded part, in bytes. S3 asks for 5 MiB at least and takes 10,000 parts, so a file may have 80 GB.
pub const PART_BYTES: usize = 8 * 1024 * 1024;
/// Parts per object, by S3.
pub const PARTS_MAX: usize = 10_000;
/// Parts of one object in flight: with the one being filled 24 MiB are held.
pub const PARTS_IN_FLIGHT_MAX: usize = 2;

/// Longest validity of a signed request, by S3.
pub const PRESIGNED_MAX: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Resumes of one download in a row that bring no byte, before the file is left for later.
pub const RESUMES_WITHOUT_PROGRESS_MAX: u32 = 8;

/// Size in which the body goes to the parser, in bytes.
pub const CHUNK_BYTES: usize = 256 * 1024;
/// Chunks read ahead of the parser: 4 MiB hide the pauses of S3.
pub const CHUNKS_WAITING_MAX: usize = 16;
/// Largest checkpoint, in bytes of JSON. It is an object in S3, so this only stops a mistake from filling the memory.
pub const CHECKPOINT_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Records of jobs read in one call: a megabyte of summaries.
pub const JOBS_PER_CALL_MAX: usize = 250;
/// Records of audit runs read in one call: a megabyte of summaries.
pub const AUDITS_PER_CALL_MAX: usize = 100;
/// Longest failure detail kept in a job record, in bytes.
pub const FAILURE_DETAIL_BYTES_MAX: usize = 1_024;

/// Longest answer that is kept for a request that comes again, in bytes: what Lambda lets out.
pub const ANSWER_BYTES_MAX: usize = 6 * 1024 * 1024;
/// The same after compression and with its headers, in bytes. Items end at 400 kB.
pub const ANSWER_KEPT_BYTES_MAX: usize = 380_000;
/// Attempts at claiming a request while others claim it and give it back: the first finds them, the second takes their place.
pub const CLAIM_TRIES_MAX: u32 = 3;

/// Most reasons of a result that are kept beside a decision: every signal once.
pub const REVIEW_REASONS_MAX: usize = 64;
/// Most decisions on one listing that are looked through for one that cannot be taken back, to say why.
pub const REVIEWS_LOOKED_AT_MAX: usize = 100;
/// Attempts at a transaction that another one at the same items, or a busy table, is in the way of. Pauses in between add up to 350 ms at most.
pub const TRANSACTION_TRIES_MAX: u32 = 4;
/// Most jobs of a day that are looked through for those of one upload: whoever asks for one asks soon, and then it is among the newest.
pub const JOBS_LOOKED_AT_MAX: usize = 5_000;
