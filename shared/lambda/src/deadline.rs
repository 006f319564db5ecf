//! How much time is left?

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Tells the time. Passed in, so that tests decide what time it is.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl Clock {
    /// The time of the machine.
    #[must_use]
    pub fn system() -> Self {
        Self::new(SystemTime::now)
    }

    /// The time as told by a function.
    #[must_use]
    pub fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        (self.0)()
    }

    /// The time in milliseconds since 1970; 0 before.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        epoch_ms(self.now())
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// Milliseconds since 1970; 0 before.
#[must_use]
pub fn epoch_ms(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// One call of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// Names the call.
    pub request_id: String,
    /// When the platform stops it.
    pub deadline: SystemTime,
    /// Whether it is the first call of this process.
    pub cold_start: bool,
}

impl Invocation {
    /// A call that is not the first of its process.
    #[must_use]
    pub fn new(request_id: impl Into<String>, deadline: SystemTime) -> Self {
        Self { request_id: request_id.into(), deadline, cold_start: false }
    }

    /// Time until the platform stops the call; zero when it is over.
    #[must_use]
    pub fn time_left(&self, clock: &Clock) -> Duration {
        self.deadline.duration_since(clock.now()).unwrap_or_default()
    }

    /// Time until no new work should be taken: `gap` before the deadline, and zero from then on.
    #[must_use]
    pub fn working_time_left(&self, clock: &Clock, gap: Duration) -> Duration {
        self.time_left(clock).saturating_sub(gap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_ends_a_gap_before_the_deadline() {
        let check = |now_s: u64, left_s: u64, working_s: u64| {
            let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            let clock = Clock::new(move || at(now_s));
            let invocation = Invocation::new("r", at(900));
            assert_eq!(invocation.time_left(&clock), Duration::from_secs(left_s));
            assert_eq!(invocation.working_time_left(&clock, Duration::from_secs(30)), Duration::from_secs(working_s));
        };
        check(0, 900, 870);
        check(869, 31, 1);
        check(870, 30, 0);
        check(1_000, 0, 0);
    }
}
