//! Which maxima does the laptop stack keep, and why?

use std::time::Duration;

/// Messages handed to the function in one event: what the template's event source mapping uses.
pub const BATCH_MESSAGES_MAX: usize = 10;

/// Most messages one `ReceiveMessage` returns: the limit of SQS itself.
pub const RECEIVE_MESSAGES_MAX: usize = 10;

/// Bytes of one message body: the limit of SQS itself.
pub const MESSAGE_BYTES_MAX: usize = 1024 * 1024;

/// Deliveries of one message before it goes to the dead-letter queue.
pub const DELIVERIES_MAX: u32 = 5;

/// How long one invocation may run: the longest a Lambda function may be given.
pub const FUNCTION_TIMEOUT: Duration = Duration::from_secs(900);

/// How long a delivered message stays hidden: six function timeouts, as AWS advises for an event source mapping.
pub const VISIBILITY_TIMEOUT: Duration = Duration::from_secs(6 * 900);

/// Longest delay and longest hiding SQS accepts.
pub const VISIBILITY_TIMEOUT_MAX: Duration = Duration::from_secs(12 * 3600);

/// Longest wait of one `ReceiveMessage`: the limit of SQS itself.
pub const LONG_POLL_MAX: Duration = Duration::from_secs(20);

/// How long a failed message rests before its next delivery. On a laptop nobody waits for a whole visibility timeout.
pub const RETRY_REST: Duration = Duration::from_secs(2);

/// Invocations that run at once. The scorer uses every core by itself; a second one keeps a small file from waiting behind a large one.
pub const INVOCATIONS_MAX: usize = 2;

/// How long a stopping server waits for requests in flight.
pub const STOP_GRACE: Duration = Duration::from_secs(5);

/// Bytes of one part of an upload: 10,000 parts, the most S3 takes, then hold 156 GiB.
pub const PART_BYTES: u64 = 16 * 1024 * 1024;

/// Bytes of a file's name that its object keeps. The store writes whole keys, a third longer in base64 and beside 100 bytes of its own,
/// into file names, and those end at 255 bytes.
pub const OBJECT_NAME_BYTES_MAX: usize = 72;

/// How often somebody who waits for a job looks at its record.
pub const JOB_POLL: Duration = Duration::from_millis(50);

/// How often the drop folder is looked at. A file is taken when it did not change between two looks.
pub const DROP_POLL: Duration = Duration::from_millis(500);

/// Jobs of a day that the page lists.
pub const JOBS_LISTED_MAX: usize = 200;

/// How long a stopping stack waits for running jobs. What is not finished goes on at the next start.
pub const JOBS_GRACE: Duration = Duration::from_secs(10);

/// Bytes of one file of a policy: the largest, a lexicon, has 60 kB.
pub const POLICY_FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Folders within a policy folder that are looked into, one inside the other. A policy has one level of them; a folder that was named
/// by mistake may have any number.
pub const POLICY_FOLDER_LEVELS_MAX: usize = 2;
