//! What does the endpoint need? Built once per process, shared by all requests.

use crate::config::Config;
use crate::limits::SCORERS_KEPT_MAX;
use jiff::Timestamp;
use lambda::Clock;
use lambda::metrics::Sink;
use scoring::{Policy, Scorer};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use storage::requests::Requests;
use storage::reviews::Reviews;

/// What the endpoint needs.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Uploads and result files.
    pub s3: aws_sdk_s3::Client,
    /// Results, jobs, reviews and records of requests.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// The settings.
    pub config: Config,
    /// Scores, by what it knows.
    pub scorers: Scorers,
    /// Tells the time.
    pub clock: Clock,
    /// Where the metric line of each request goes.
    pub metrics: Sink,
}

impl Deps {
    /// When something expires that is kept as long as results, in epoch seconds.
    pub(crate) fn expires_at(&self) -> i64 {
        self.clock.now_ms() / 1_000 + i64::from(self.config.result_days) * 86_400
    }

    pub(crate) fn reviews(&self) -> Reviews {
        Reviews::new(self.dynamodb.clone(), &self.config.tables)
    }

    pub(crate) fn requests(&self) -> Requests {
        Requests::new(self.dynamodb.clone(), &self.config.tables.requests)
    }
}

/// RFC 3339 with milliseconds. A clock outside the years that can be written shows 1970.
pub(crate) fn written(ms: i64) -> String {
    Timestamp::from_millisecond(ms).unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// Scorers of one policy, kept warm between requests.
#[derive(Clone)]
pub struct Scorers {
    policy: Arc<Policy>,
    idle: Arc<Mutex<Vec<Scorer>>>,
}

impl Scorers {
    /// Of a policy.
    #[must_use]
    pub fn new(policy: Arc<Policy>) -> Self {
        Self { policy, idle: Arc::default() }
    }

    /// What they know.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Lets `work` use a scorer. One whose work panics is not used again.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Scorer) -> T) -> T {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut scorer = idle.unwrap_or_else(|| Scorer::new(Arc::clone(&self.policy)));
        let result = work(&mut scorer);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < SCORERS_KEPT_MAX {
            idle.push(scorer);
        }
        result
    }
}

impl fmt::Debug for Scorers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scorers").field("policy", &self.policy.id()).finish_non_exhaustive()
    }
}
