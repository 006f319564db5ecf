//! What can go wrong with a run?

use lambda::Class;

/// Why a run must be tried again, or cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Of the settings, or of a panic.
    #[error(transparent)]
    Lambda(#[from] lambda::Error),
    /// Of S3, DynamoDB or SQS.
    #[error(transparent)]
    Storage(#[from] storage::Error),
    /// The event asks for something that cannot be audited. The event itself must change.
    #[error("the event asks for no audit: {0}")]
    BadRequest(String),
    /// Another invocation works on the run. A later delivery finds it done, or takes it over.
    #[error("another invocation works on the run until {until_ms} (milliseconds since 1970)")]
    Busy {
        /// End of the other's claim.
        until_ms: i64,
    },
    /// The run has made a checkpoint, and there is no queue by which it could go on by itself. The next delivery goes on from there.
    #[error("the time is up; the next delivery goes on behind checkpoint {hop}")]
    Continues {
        /// Number of the checkpoint.
        hop: u32,
    },
    /// The window needs more invocations than a run may take.
    #[error("the window needs more than {hops_max} invocations; audit a shorter one")]
    TooManyHops {
        /// The limit.
        hops_max: u32,
    },
    /// A plan, a checkpoint or a report cannot be written or read. They are made by ourselves, so this is for us.
    #[error("a record of the run cannot be encoded or decoded")]
    Record(#[source] std::io::Error),
}

impl Error {
    /// Stable machine name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Lambda(error) => error.code(),
            Self::Storage(error) => error.code(),
            Self::BadRequest(_) => "audit.bad_request",
            Self::Busy { .. } => "audit.busy",
            Self::Continues { .. } => "audit.continues",
            Self::TooManyHops { .. } => "audit.too_many_hops",
            Self::Record(_) => "audit.bad_record",
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
            Self::BadRequest(_) | Self::TooManyHops { .. } => Class::Reject,
            Self::Busy { .. } | Self::Continues { .. } => Class::Retry,
            Self::Record(_) => Class::Fault,
        }
    }
}
