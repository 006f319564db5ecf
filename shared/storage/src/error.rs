//! What can go wrong with storage, and what to do about it?

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::RequestId;
use std::error::Error as StdError;

/// What to do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The input is at fault: tell the user, do not try again.
    Reject,
    /// The moment is at fault: try again later.
    Retry,
    /// We or the set-up are at fault: raise an alarm.
    Fault,
}

/// What can go wrong with storage.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A service refused a call or never answered. Whether a retry helps depends on the service's code.
    #[error("{operation} failed{}", describe(service_code.as_deref(), request_id.as_deref()))]
    Service {
        /// The API operation, such as `BatchWriteItem`.
        operation: &'static str,
        /// The service's own error code, such as `ProvisionedThroughputExceededException`; absent when no answer came.
        service_code: Option<String>,
        /// For the provider's support.
        request_id: Option<String>,
        /// The message is in here.
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The object is gone. A retry does not help.
    #[error("the object does not exist")]
    NotFound,
    /// The object was replaced after the event: another event tells of the newer one. A retry does not help.
    #[error("the object was replaced by a newer upload before it was read")]
    Replaced,
    /// The body ended early or went silent, again and again. A retry may help.
    #[error("the object's body broke off at byte {position} of {size}")]
    BrokenBody {
        /// Bytes that were read.
        position: u64,
        /// Bytes that there should be.
        size: u64,
        /// The last break, when there was an error and not just an early end.
        #[source]
        source: Option<Box<dyn StdError + Send + Sync>>,
    },
    /// The body does not match its checksum. A retry may help.
    #[error("the object's body does not match its checksum")]
    Corrupted(#[source] Box<dyn StdError + Send + Sync>),
    /// The unfinished upload of a result file is gone, because it was completed, aborted or expired. Starting the job over helps.
    #[error("the unfinished upload is gone")]
    UploadGone,
    /// A result file became larger than S3 takes. A retry does not help.
    #[error("the result file would have more than {} parts", crate::limits::PARTS_MAX)]
    TooManyParts,
    /// The table did not take or give everything before the time was up. A retry helps.
    #[error("the table was too slow: {items} items are left over")]
    TooSlow {
        /// Items that were not taken or given.
        items: usize,
    },
    /// A call that ran beside others panicked or was cut off with the process. A retry may help.
    #[error("a call in the background was cut off")]
    Interrupted,
    /// Somebody else has taken the job over. Nothing is left to do here.
    #[error("the job was taken over by another worker")]
    LeaseLost,
    /// Somebody else decided on the listing meanwhile, or took a decision back. Looking again helps.
    #[error("the review of the listing is at version {}", current.version)]
    ReviewConflict {
        /// Where it stands.
        current: Box<crate::reviews::ReviewState>,
    },
    /// There is no such review of the listing.
    #[error("there is no such review")]
    ReviewNotFound,
    /// A later decision stands.
    #[error("a later decision stands")]
    ReviewNotLatest,
    /// A condition of a transaction did not hold. Of a decision it means that the result that it is about is gone; looking again helps.
    #[error("somebody else was faster")]
    LostRace,
    /// A stored record cannot be read. A retry does not help.
    #[error("the stored {what} cannot be read: {detail}")]
    BadRecord {
        /// Which record.
        what: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// A setting is missing or makes no sense.
    #[error("the setting {name} {problem}")]
    Setting {
        /// Name of the environment variable.
        name: &'static str,
        /// What is wrong with it.
        problem: String,
    },
}

fn describe(service_code: Option<&str>, request_id: Option<&str>) -> String {
    match (service_code, request_id) {
        (None, _) => " without an answer".to_owned(),
        (Some(code), None) => format!(" with {code}"),
        (Some(code), Some(id)) => format!(" with {code} (request {id})"),
    }
}

impl Error {
    /// Of a failed SDK call.
    pub(crate) fn service<E, R>(operation: &'static str, error: SdkError<E, R>) -> Self
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
        R: std::fmt::Debug + Send + Sync + 'static,
        SdkError<E, R>: RequestId,
    {
        Self::Service {
            operation,
            service_code: error.code().map(str::to_owned),
            request_id: error.request_id().map(str::to_owned),
            source: Box::new(error),
        }
    }

    /// The service's own code, when a service answered.
    #[must_use]
    pub fn service_code(&self) -> Option<&str> {
        match self {
            Self::Service { service_code, .. } => service_code.as_deref(),
            _ => None,
        }
    }

    /// Stable machine name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Service { .. } => "storage.service_error",
            Self::NotFound => "object.not_found",
            Self::Replaced => "object.replaced",
            Self::BrokenBody { .. } => "object.broken_body",
            Self::Corrupted(_) => "object.corrupted",
            Self::UploadGone => "object.upload_gone",
            Self::TooManyParts => "object.too_large",
            Self::TooSlow { .. } => "table.too_slow",
            Self::Interrupted => "storage.interrupted",
            Self::LeaseLost => "job.lease_lost",
            Self::ReviewConflict { .. } => "review.conflict",
            Self::ReviewNotFound => "review.not_found",
            Self::ReviewNotLatest => "review.not_latest",
            Self::LostRace => "storage.lost_race",
            Self::BadRecord { .. } => "storage.bad_record",
            Self::Setting { .. } => "config.invalid",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn class(&self) -> Class {
        match self {
            Self::NotFound
            | Self::Replaced
            | Self::TooManyParts
            | Self::ReviewConflict { .. }
            | Self::ReviewNotFound
            | Self::ReviewNotLatest => Class::Reject,
            Self::BrokenBody { .. }
            | Self::Corrupted(_)
            | Self::UploadGone
            | Self::TooSlow { .. }
            | Self::Interrupted
            | Self::LostRace
            | Self::LeaseLost => Class::Retry,
            Self::BadRecord { .. } | Self::Setting { .. } => Class::Fault,
            // What the user or the set-up must change stays; everything else may pass.
            Self::Service { service_code, .. } => match service_code.as_deref() {
                Some(
                    "AccessDenied"
                    | "AccessDeniedException"
                    | "UnrecognizedClientException"
                    | "InvalidAccessKeyId"
                    | "SignatureDoesNotMatch"
                    | "ValidationException"
                    | "ResourceNotFoundException"
                    | "NoSuchBucket"
                    | "AWS.SimpleQueueService.NonExistentQueue",
                ) => Class::Fault,
                _ => Class::Retry,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_services_own_code_and_request_are_visible() {
        let check = |service_code: Option<&str>, request_id: Option<&str>, text: &str, class: Class| {
            let error = Error::Service {
                operation: "PutItem",
                service_code: service_code.map(str::to_owned),
                request_id: request_id.map(str::to_owned),
                source: "x".into(),
            };
            assert_eq!((error.to_string().as_str(), error.class()), (text, class));
        };
        check(None, None, "PutItem failed without an answer", Class::Retry);
        check(Some("ThrottlingException"), None, "PutItem failed with ThrottlingException", Class::Retry);
        check(
            Some("AccessDeniedException"),
            Some("r-1"),
            "PutItem failed with AccessDeniedException (request r-1)",
            Class::Fault,
        );
    }
}
