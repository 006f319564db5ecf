//! How does a file become a finished job on this machine?

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ingest::{Deps, Progress, StoreFrom};
use jiff::{SignedDuration, Timestamp};
use lambda::Invocation;
use serde_json::Value;
use storage::jobs::{Job, Jobs, State};
use storage::objects::JobFiles;

use crate::dispatcher::{Answer, Dispatcher, Function};
use crate::error::LocalError;
use crate::limits::{FUNCTION_TIMEOUT, JOB_POLL, JOBS_LISTED_MAX};
use crate::stack::{Ports, RESULTS_BUCKET, Stack, Storage, UPLOADS_BUCKET};
use crate::transfer;

/// The stack with the ingest function behind its queue: what arrives in the uploads bucket gets scored.
#[derive(Debug)]
pub struct Pipeline {
    /// The services.
    pub stack: Stack,
    /// How far the function is.
    pub progress: Arc<Progress>,
    /// The jobs' records.
    pub jobs: RecentJobs,
    dispatcher: Dispatcher,
}

/// An upload that was accepted, to wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// Its key in the uploads bucket.
    pub key: String,
    /// Not after the upload: an older job of the same key is not this one's.
    pub since: Timestamp,
}

impl Pipeline {
    /// Starts the services and the function.
    ///
    /// # Errors
    /// See [`Stack::start_on`].
    pub async fn start(storage: Storage, ports: Ports, store_from: StoreFrom) -> Result<Self, LocalError> {
        let stack = Stack::start_on(storage, ports).await?;
        let mut deps = stack.deps();
        deps.config.store_from = store_from;
        let progress = Arc::clone(&deps.progress);
        let jobs = Jobs::new(stack.dynamodb(), &deps.config.jobs_table);
        let jobs = RecentJobs { jobs };
        jobs.free().await?;
        let dispatcher = Dispatcher::start(stack.queue(), function(deps));
        Ok(Self { stack, progress, jobs, dispatcher })
    }

    /// Uploads a file under `exports/`, as `name`. The bucket announces it, and the function scores it.
    ///
    /// # Errors
    /// When the file cannot be read or the store refuses it.
    pub async fn submit(&self, path: &Path, name: &str) -> Result<Submitted, LocalError> {
        let submitted = Submitted { key: format!("exports/{name}"), since: Timestamp::now() };
        transfer::upload(&self.stack.s3(), path, &submitted.key).await?;
        Ok(submitted)
    }

    /// Waits until the job of an upload has ended, well or badly.
    ///
    /// # Errors
    /// [`LocalError::NotScored`] when nothing is left in the queue and still no job has ended; or when the table cannot be read.
    pub async fn finished(&self, submitted: &Submitted) -> Result<Job, LocalError> {
        let mut looks = tokio::time::interval(JOB_POLL);
        let mut idle_looks = 0;
        loop {
            looks.tick().await;
            // Looked at before the record: a job ends before its message is deleted.
            let depth = self.stack.queue().depth();
            let job = self.job(submitted).await?;
            match job {
                Some(job) if job.state != State::Running => return Ok(job),
                _ if depth.visible + depth.in_flight + depth.delayed == 0 => idle_looks += 1,
                _ => idle_looks = 0,
            }
            if idle_looks == 2 {
                return Err(LocalError::NotScored { key: submitted.key.clone() });
            }
        }
    }

    /// The job of an upload, if it has begun.
    async fn job(&self, submitted: &Submitted) -> Result<Option<Job>, LocalError> {
        let since_ms = submitted.since.as_millisecond();
        let jobs = self.jobs.since(submitted.since).await?;
        Ok(jobs.into_iter().find(|job| job.key == submitted.key && job.upload.at_ms >= since_ms))
    }

    /// Removes an upload and the files of its job from the buckets. What the tables hold of it stays.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn remove(&self, submitted: &Submitted, job_id: &str) -> Result<(), LocalError> {
        let files = JobFiles::of(job_id);
        let results = [files.scored, files.rejects, files.summary, files.report].map(|key| (RESULTS_BUCKET, key));
        for (bucket, key) in results.into_iter().chain([(UPLOADS_BUCKET, submitted.key.clone())]) {
            let removed = self.stack.s3().delete_object().bucket(bucket).key(key).send().await;
            removed.map_err(|error| LocalError::call("delete object", &error))?;
        }
        Ok(())
    }

    /// Takes no more messages, waits for running invocations, then stops the services. What is left in the queue stays there.
    pub async fn stop(self) {
        self.stop_within(Duration::MAX).await;
    }

    /// The same, but invocations that take longer than `grace` are cut off; `false` when there were such. Their jobs go on at the next
    /// start, if the stack has a folder of its own.
    pub async fn stop_within(self, grace: Duration) -> bool {
        let Self { stack, mut dispatcher, .. } = self;
        let all_ended = tokio::time::timeout(grace, dispatcher.drain()).await.is_ok();
        // Before the services, which would wait for the requests of what still runs.
        drop(dispatcher);
        stack.stop().await;
        all_ended
    }
}

/// The records of jobs, by the day they began.
#[derive(Debug, Clone)]
pub struct RecentJobs {
    jobs: Jobs,
}

impl RecentJobs {
    /// Jobs that began on the day of `since` or today, newest first.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn since(&self, since: Timestamp) -> Result<Vec<Job>, LocalError> {
        let (first, today) = (day(since), day(Timestamp::now()));
        let mut jobs = self.jobs.of_day(&today, JOBS_LISTED_MAX).await?;
        if first != today {
            jobs.extend(self.jobs.of_day(&first, JOBS_LISTED_MAX).await?);
        }
        Ok(jobs)
    }

    /// Frees the jobs that an earlier process was cut off from. Nobody else can be working on them: the folder has one user at a time.
    async fn free(&self) -> Result<(), LocalError> {
        // A claim lasts minutes, so an older job is free by itself.
        for job in self.since(Timestamp::now() - SignedDuration::from_hours(24)).await? {
            if job.state == State::Running && job.lease_until_ms > 0 {
                self.jobs.release(&job.job_id, &job.owner).await?;
            }
        }
        Ok(())
    }
}

/// The function as the dispatcher calls it.
fn function(deps: Deps) -> Function {
    let deps = Arc::new(deps);
    Arc::new(move |event| {
        let deps = Arc::clone(&deps);
        Box::pin(async move { invoke(&deps, event).await })
    })
}

async fn invoke(deps: &Deps, event: Value) -> Answer {
    let deadline = deps.clock.now() + FUNCTION_TIMEOUT;
    let invocation = Invocation::new(request_id(&event), deadline);
    match ingest::handle(deps, event, &invocation).await {
        Ok(answer) => Ok(answer.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect()),
        Err(error) => Err(lambda::runtime::chain(&error)),
    }
}

/// Differs from delivery to delivery, as the owner of a job must.
fn request_id(event: &Value) -> String {
    let receipt = event["Records"][0]["receiptHandle"].as_str().unwrap_or_default();
    format!("{receipt}-{}", Timestamp::now().as_nanosecond())
}

fn day(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d").to_string()
}
