//! How do the SDK's waits fit into a test? Divided by a number: retries and timeouts keep their order and their proportions.

use aws_sdk_s3::config::{AsyncSleep, Sleep};
use std::time::Duration;

/// Sleeps the `divisor`-th part of what it is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hurry {
    pub(super) divisor: u32,
}

impl AsyncSleep for Hurry {
    fn sleep(&self, duration: Duration) -> Sleep {
        Sleep::new(tokio::time::sleep(duration / self.divisor))
    }
}
