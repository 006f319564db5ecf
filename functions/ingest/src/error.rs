//! What can go wrong with a job that is not the fault of its file? A broken file is no error: it is the end of its job.

use lambda::Class;

/// Why a message must be delivered again.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Of the event or of a panic.
    #[error(transparent)]
    Lambda(#[from] lambda::Error),
    /// Of S3, DynamoDB or SQS.
    #[error(transparent)]
    Storage(#[from] storage::Error),
    /// Another invocation works on the job. A later delivery finds it done, or takes it over.
    #[error("another invocation works on the job until {until_ms} (milliseconds since 1970)")]
    Busy {
        /// End of the other's claim.
        until_ms: i64,
    },
    /// The invocation has no time left to begin the job. A later delivery has.
    #[error("no time is left to begin the job")]
    NoTime,
    /// The job has made a checkpoint and there is no queue by which it could go on by itself. The next delivery goes on from there.
    #[error("the time is up; the next delivery goes on at row {rows_done}")]
    Continues {
        /// Rows that are done.
        rows_done: u64,
    },
    /// A result cannot be serialised or compressed. It is made by ourselves, so this is for us.
    #[error("a result cannot be encoded")]
    Encoding(#[source] std::io::Error),
    /// A checkpoint cannot be read. It is made by ourselves, so this is for us.
    #[error("the checkpoint cannot be read")]
    Checkpoint(#[source] serde_json::Error),
}

impl Error {
    /// Stable machine name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Lambda(error) => error.code(),
            Self::Storage(error) => error.code(),
            Self::Busy { .. } => "job.busy",
            Self::NoTime => "job.no_time",
            Self::Continues { .. } => "job.continues",
            Self::Encoding(_) => "job.encoding",
            Self::Checkpoint(_) => "job.bad_checkpoint",
        }
    }

    /// What is done about it.
    #[must_use]
    pub fn class(&self) -> Class {
        match self {
            Self::Lambda(error) => error.class(),
            Self::Storage(error) => match error.class() {
                storage::Class::Reject => Class::Reject,
                storage::Class::Retry => Class::Retry,
                storage::Class::Fault => Class::Fault,
            },
            Self::Busy { .. } | Self::NoTime | Self::Continues { .. } => Class::Retry,
            Self::Encoding(_) | Self::Checkpoint(_) => Class::Fault,
        }
    }
}
