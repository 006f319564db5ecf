//! How is an audit run on this machine? By the same handler, called until it has ended.

use std::sync::Arc;

use audit::{Outcome, Response};
use lambda::Invocation;
use scoring::Policy;
use serde_json::Value;

use crate::error::LocalError;
use crate::limits::FUNCTION_TIMEOUT;
use crate::stack::{RESULTS_BUCKET, Stack, tables};

/// What the audit function needs to run against this stack. Without a queue: whoever calls it calls again.
#[must_use]
pub fn deps(stack: &Stack, candidate: Option<Arc<Policy>>) -> audit::Deps {
    audit::Deps {
        s3: stack.s3(),
        dynamodb: stack.dynamodb(),
        queue: None,
        config: audit::Config { tables: tables(), ..audit::Config::new(RESULTS_BUCKET, "") },
        policy: Policy::embedded(),
        candidate,
        clock: lambda::Clock::system(),
        metrics: lambda::metrics::Sink::none(),
    }
}

/// Runs one audit to its end. `asked` is what stands under `audit` in an event: a window, or nothing for the last days.
///
/// # Errors
/// [`LocalError::NotAudited`] with the reason.
pub async fn run(deps: &audit::Deps, asked: &Value) -> Result<Outcome, LocalError> {
    // A run names its window: the same one in every call.
    let mut event = serde_json::json!({ "audit": asked });
    if event["audit"].get("to").is_none() {
        event["audit"]["to"] = jiff::Timestamp::from_millisecond(deps.clock.now_ms()).unwrap_or_default().to_string().into();
    }
    let mut calls = 0_u32;
    loop {
        calls += 1;
        let invocation = Invocation::new(format!("local-{calls}"), deps.clock.now() + FUNCTION_TIMEOUT);
        match audit::handle(deps, event.clone(), &invocation).await {
            Ok(Response::Run(Outcome { failure: Some(detail), .. })) => return Err(LocalError::NotAudited { detail }),
            Ok(Response::Run(outcome)) => return Ok(outcome),
            Ok(Response::Batch(_)) => return Err(LocalError::NotAudited { detail: "it was taken for a batch".to_owned() }),
            Err(audit::Error::Continues { .. }) => {}
            Err(error) => return Err(LocalError::NotAudited { detail: lambda::runtime::chain(&error) }),
        }
    }
}
