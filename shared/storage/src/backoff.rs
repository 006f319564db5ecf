//! How long to wait before trying again?

use crate::limits::{BACKOFF_FIRST, BACKOFF_MAX};
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// A random pause between nothing and twice the one before ("full jitter"), so that those who were throttled together do not come back together.
pub(crate) fn pause(failures: u32) -> Duration {
    let ceiling = BACKOFF_FIRST.saturating_mul(1 << failures.min(10)).min(BACKOFF_MAX);
    // The standard library seeds each hasher from the system's randomness: enough for spreading, and no further crate.
    let random = RandomState::new().hash_one(failures) >> 32;
    ceiling.mul_f64(random as f64 / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        for failures in [0, 1, 5, 40, u32::MAX] {
            assert!(pause(failures) <= BACKOFF_MAX);
        }
        assert!(pause(0) <= BACKOFF_FIRST);
        let spread: std::collections::HashSet<_> = (0..50).map(|_| pause(10)).collect();
        assert!(spread.len() > 40, "pauses must differ: {spread:?}");
    }
}
