//! What is done about an error?

/// What is done about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The input is at fault: tell the user, do not try again.
    Reject,
    /// The moment is at fault: back to the queue.
    Retry,
    /// We or the set-up are at fault: raise an alarm. The queue tries again and then keeps the message for a person.
    Fault,
}

/// What can go wrong between the event and the handler.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The event is of no kind that we know. A retry does not help; the queue keeps it for a person.
    #[error("the event is not understood: {0}")]
    UnknownEvent(String),
    /// A setting is missing or makes no sense. A retry does not help until it is changed.
    #[error("the environment variable {name} {problem}")]
    Setting {
        /// Name of the variable.
        name: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// The work on a message panicked; the log says where. Its text is not kept, because it may quote a listing. Whether a retry helps is not
    /// known; the queue keeps the message for a person in the end.
    #[error("the work on the message panicked")]
    Panic,
}

impl Error {
    /// Stable machine name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownEvent(_) => "event.not_understood",
            Self::Setting { .. } => "config.invalid",
            Self::Panic => "handler.panic",
        }
    }

    /// What is done about it.
    #[must_use]
    pub fn class(&self) -> Class {
        Class::Fault
    }
}
