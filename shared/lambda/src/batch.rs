//! What happens to a batch of which one message fails? Only that message is delivered again.

use crate::Error;
use crate::limits::MESSAGES_IN_FLIGHT_MAX;
use futures_util::{FutureExt, StreamExt, stream};
use serde::{Deserialize, Serialize};
use std::panic::AssertUnwindSafe;

/// The answer to a batch, by the contract of SQS event sources: an empty list means that all went well. An id that is not in
/// the batch, or an error instead of an answer, would bring the whole batch back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchResponse {
    /// The messages to deliver again.
    pub batch_item_failures: Vec<ItemFailure>,
}

/// One message to deliver again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemFailure {
    /// Its id.
    pub item_identifier: String,
}

impl BatchResponse {
    /// Asks for these messages again.
    #[must_use]
    pub fn failed(ids: impl IntoIterator<Item = String>) -> Self {
        Self { batch_item_failures: ids.into_iter().map(|item_identifier| ItemFailure { item_identifier }).collect() }
    }
}

/// Runs the futures of the items of a batch, a few at a time, and gives each item's own outcome in their order.
/// A panic is the outcome of its item and of no other.
pub async fn run_each<F, T, E>(work: Vec<F>) -> Vec<Result<T, E>>
where
    F: Future<Output = Result<T, E>>,
    E: From<Error>,
{
    stream::iter(work.into_iter().map(isolated)).buffered(MESSAGES_IN_FLIGHT_MAX).collect().await
}

async fn isolated<F, T, E>(work: F) -> Result<T, E>
where
    F: Future<Output = Result<T, E>>,
    E: From<Error>,
{
    // What a panicking future leaves half done belongs to its own item: the others share only the SDK's clients, which lock nothing across calls.
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|_| Err(Error::Panic.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn work(item: u32) -> Result<u32, Error> {
        tokio::task::yield_now().await;
        assert_ne!(item, 2, "two");
        if item == 3 { Err(Error::UnknownEvent(item.to_string())) } else { Ok(item) }
    }

    #[tokio::test]
    async fn a_panic_is_the_outcome_of_its_item_alone() {
        let outcomes: Vec<Result<u32, Error>> = run_each((0..5).map(work).collect()).await;
        assert_eq!(outcomes[0], Ok(0));
        assert_eq!(outcomes[1], Ok(1));
        assert_eq!(outcomes[2], Err(Error::Panic));
        assert_eq!(outcomes[3], Err(Error::UnknownEvent("3".into())));
        assert_eq!(outcomes[4], Ok(4));
    }

    #[test]
    fn the_shape_that_sqs_expects() {
        let answer = |ids: &[&str]| serde_json::to_string(&BatchResponse::failed(ids.iter().map(|&id| id.to_owned()))).unwrap();
        assert_eq!(answer(&[]), r#"{"batchItemFailures":[]}"#);
        assert_eq!(answer(&["m-1"]), r#"{"batchItemFailures":[{"itemIdentifier":"m-1"}]}"#);
    }
}
