//! What does `main` have to do? Build the dependencies once, then hand every event to the handler.

use crate::Invocation;
use lambda_runtime::{Diagnostic, LambdaEvent, service_fn, tracing};
use serde::Serialize;
use serde_json::Value;
use std::error::Error as StdError;
use std::sync::atomic::{AtomicBool, Ordering};

/// An error as the platform reports it: a stable name for alarms to match on, and the whole chain for people.
#[derive(Debug)]
pub struct Reported {
    code: String,
    message: String,
}

impl Reported {
    /// Of an error with a machine name.
    #[must_use]
    pub fn new(code: &str, error: &(dyn StdError + 'static)) -> Self {
        Self { code: code.to_owned(), message: chain(error) }
    }
}

impl From<Reported> for Diagnostic {
    fn from(reported: Reported) -> Self {
        Self { error_type: reported.code, error_message: reported.message }
    }
}

/// An error and all its causes: the texts of the SDK's errors alone say only "service error".
#[must_use]
pub fn chain(error: &(dyn StdError + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Starts logging: JSON or text, and the level, as Lambda's logging controls say. Panics are logged by their place alone: their text
/// may quote what was being worked on.
pub fn start_logging() {
    tracing::init_default_subscriber();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}

/// Takes events until the platform ends the process.
///
/// # Errors
/// When the platform's runtime interface cannot be reached.
pub async fn run<F, T>(handler: impl Fn(Value, Invocation) -> F) -> Result<(), lambda_runtime::Error>
where
    F: Future<Output = Result<T, Reported>>,
    T: Serialize,
{
    let cold = AtomicBool::new(true);
    let service = service_fn(|event: LambdaEvent<Value>| {
        let invocation = Invocation {
            deadline: event.context.deadline(),
            request_id: event.context.request_id,
            cold_start: cold.swap(false, Ordering::Relaxed),
        };
        handler(event.payload, invocation)
    });
    lambda_runtime::run(service).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_a_stable_name_and_the_whole_chain() {
        let error = crate::Error::Setting { name: "TABLE", problem: "is not set".into() };
        let diagnostic = Diagnostic::from(Reported::new(error.code(), &error));
        assert_eq!(diagnostic.error_type, "config.invalid");
        assert_eq!(diagnostic.error_message, "the environment variable TABLE is not set");

        #[derive(Debug, thiserror::Error)]
        #[error("PutItem failed")]
        struct Outer(#[source] std::io::Error);
        assert_eq!(chain(&Outer(std::io::Error::other("reset"))), "PutItem failed: reset");
    }
}
