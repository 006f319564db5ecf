//! What can go wrong on the laptop, in words for the person at the terminal?

use std::path::PathBuf;

use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};

/// Why the stack could not be started or a command could not be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LocalError {
    /// A file or folder of the stack could not be made, read or written. Retrying helps only after the cause is removed.
    #[error("cannot use {path}")]
    Path {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// Another running stack has the folder. Stop that one, or choose another folder.
    #[error("{path} is in use by another touchstone")]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// A server could not listen on loopback, most often because the port is taken.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address that was asked for.
        address: std::net::SocketAddr,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// The operating system gave no random bytes for a token.
    #[error("the system has no randomness for tokens")]
    NoRandomness,
    /// The object store refused its folder.
    #[error("the object store cannot use its folder: {0}")]
    Objects(String),
    /// The database file could not be opened.
    #[error("the database cannot be opened: {0}")]
    Database(String),
    /// A call to one of the stack's own services failed.
    #[error("{call} failed: {detail}")]
    Call {
        /// What was being done, for example `create bucket`.
        call: &'static str,
        /// Service code and message.
        detail: String,
    },
    /// A call of the storage room failed.
    #[error(transparent)]
    Storage(#[from] storage::Error),
    /// An audit could not be done.
    #[error("the audit failed: {detail}")]
    NotAudited {
        /// Why, for a person.
        detail: String,
    },
    /// An upload was accepted and yet no job came of it. The log says why.
    #[error("{key} was uploaded but not scored; see the log, or the dead letters of the queue")]
    NotScored {
        /// Key in the uploads bucket.
        key: String,
    },
    /// A message for the queue is larger than the queue takes.
    #[error("a message of {bytes} bytes is larger than {} bytes", crate::limits::MESSAGE_BYTES_MAX)]
    MessageTooLarge {
        /// Size of the message.
        bytes: usize,
    },
}

impl LocalError {
    /// The stable machine name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Path { .. } => "local.path",
            Self::InUse { .. } => "local.in_use",
            Self::Listen { .. } => "local.listen",
            Self::NoRandomness => "local.no_randomness",
            Self::Objects(_) => "local.objects",
            Self::Database(_) => "local.database",
            Self::Call { .. } => "local.call",
            Self::Storage(error) => error.code(),
            Self::NotAudited { .. } => "local.not_audited",
            Self::NotScored { .. } => "local.not_scored",
            Self::MessageTooLarge { .. } => "local.message_too_large",
        }
    }

    /// A failed SDK call, with the service's own code and message: the error's `Display` has neither.
    pub(crate) fn call<E, R>(call: &'static str, error: &SdkError<E, R>) -> Self
    where
        E: ProvideErrorMetadata + std::fmt::Debug,
        R: std::fmt::Debug,
    {
        let detail = match (error.code(), error.message()) {
            (Some(code), Some(message)) => format!("{code}: {message}"),
            (Some(code), None) => code.to_owned(),
            _ => format!("{error:?}"),
        };
        Self::Call { call, detail }
    }

    /// A `map_err` argument that names the path.
    pub(crate) fn path(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Path { path, source }
    }
}
