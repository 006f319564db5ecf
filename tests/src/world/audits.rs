//! What does an audit of a world find? The audit function over the same stack, called until it has ended.

use super::{COMES_AGAIN_AFTER, DELIVERIES_MAX, DELIVERY_MAX, Pace, World, broken};
use crate::faults::Faults;
use audit::Response;
use auditing::report::Report;
use jiff::Timestamp;
use lambda::Invocation;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use storage::objects::{self, AuditFiles};
use storage::results::latest;
use storage::reviews::{Decision, NewReview, Reviews};
use tokio::time::timeout;

/// The files of a run, without the times at which it began and ended.
pub type Files = BTreeMap<String, Vec<u8>>;

impl World {
    /// What a new process of the audit function has, with that kind of day under its clients.
    #[must_use]
    pub fn audit_deps(&self, faults: &Arc<Faults>) -> audit::Deps {
        let deps = self.deps(faults);
        let mut audit = local::audits::deps(&self.stack, None);
        (audit.s3, audit.dynamodb, audit.clock) = (deps.s3, deps.dynamodb, deps.clock);
        audit
    }

    /// Asks for one audit until it has ended; the n-th call, from 0, happens on the n-th day of `day`. Gives the number of calls.
    ///
    /// # Panics
    /// When it never ends, or ends badly.
    pub async fn audit(&self, asked: &Value, mut day: impl FnMut(u32) -> Arc<Faults>) -> u32 {
        for call in 0..DELIVERIES_MAX {
            match self.audit_call(asked, &day(call)).await {
                Some(Ok(Response::Run(outcome))) if outcome.failure.is_none() => return call + 1,
                Some(Ok(other)) => broken("the audit", &other),
                None | Some(Err(_)) => self.pass(COMES_AGAIN_AFTER),
            }
        }
        broken("the audit", &"never ends")
    }

    /// Asks for an audit once; nothing when the process died.
    ///
    /// # Panics
    /// When the handler does not come to an end.
    pub async fn audit_call(&self, asked: &Value, faults: &Arc<Faults>) -> Option<Result<Response, audit::Error>> {
        let deps = self.audit_deps(faults);
        let number = self.invocations.fetch_add(1, Ordering::SeqCst);
        let time = match self.pace {
            Pace::Generous => Duration::from_secs(900),
            Pace::OneBatch => deps.config.deadline_gap.saturating_sub(Duration::from_secs(1)),
        };
        let invocation = Invocation::new(format!("audit-{number}"), deps.clock.now() + time);
        let event = json!({ "audit": asked });
        let answered = timeout(DELIVERY_MAX, async {
            tokio::select! {
                biased;
                () = faults.death() => None,
                answer = audit::handle(&deps, event, &invocation) => Some(answer),
            }
        });
        answered.await.unwrap_or_else(|_| broken("the audit", faults))
    }

    /// A person decides on the newest result of a listing.
    ///
    /// # Panics
    /// When the tables do not answer.
    pub async fn decide(&self, listing_id: &str, decision: Decision) {
        let (dynamodb, tables) = (self.stack.dynamodb(), local::stack::tables());
        let about = latest(&dynamodb, &tables.results, listing_id).await.unwrap_or_else(|error| broken("the table", &error));
        let about = about.unwrap_or_else(|| broken("no result", &listing_id));
        let reviews = Reviews::new(dynamodb, &tables);
        let state = reviews.state(listing_id).await.unwrap_or_else(|error| broken("the table", &error));
        let now = i64::try_from(self.now_ms.load(Ordering::SeqCst)).unwrap_or_default();
        let new = NewReview {
            review_id: &format!("r-{listing_id}-{}", state.version),
            decision,
            note: "looked at it",
            reviewer: "ana",
            reviewer_id: "u-1",
            at_ms: now,
            expires_at: now / 1_000 + 86_400 * 365,
            about: &about,
        };
        let decided = reviews.decide(&new, state.version).await;
        decided.unwrap_or_else(|error| broken("the decision", &error));
    }

    /// The report of a run.
    ///
    /// # Panics
    /// When there is none.
    pub async fn audit_report(&self, run_id: &str) -> Report {
        let bytes = objects::get(&self.stack.s3(), local::stack::RESULTS_BUCKET, &AuditFiles::of(run_id).report).await;
        let bytes = bytes.unwrap_or_else(|error| broken("the report", &error));
        serde_json::from_slice(&bytes).unwrap_or_else(|error| broken("the report", &error))
    }

    /// What a run has left: its report without times, the lines of its files, and what later runs compare with.
    ///
    /// # Panics
    /// When there is no report.
    pub async fn audit_files(&self, run_id: &str) -> Files {
        let at = "1970-01-01T00:00:00Z";
        let report = Report { started_at: at.to_owned(), finished_at: at.to_owned(), ..self.audit_report(run_id).await };
        let json = serde_json::to_vec(&report).unwrap_or_else(|error| broken("the report", &error));
        let files = AuditFiles::of(run_id);
        let mut left = Files::from([("report.json".to_owned(), json)]);
        for key in [files.sample, files.statements, files.profile] {
            let bytes = objects::get(&self.stack.s3(), local::stack::RESULTS_BUCKET, &key).await;
            left.insert(key, bytes.unwrap_or_else(|error| broken("a file", &error)).to_vec());
        }
        left
    }

    /// Now, RFC 3339.
    #[must_use]
    pub fn now(&self) -> String {
        let now = i64::try_from(self.now_ms.load(Ordering::SeqCst)).unwrap_or_default();
        Timestamp::from_millisecond(now).unwrap_or_default().to_string()
    }
}
