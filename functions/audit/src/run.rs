//! How does one run go from its claim to its end?

use crate::limits::{CHANGES_PIECE_BYTES, CHANGES_WAITING_MAX, LEASE_MARGIN};
use crate::plan::{self, Plan, PlannedJob};
use crate::publish::{self, Before};
use crate::record;
use crate::request::Request;
use crate::rows::{self, Broken, Read};
use crate::send::{self, Wanted};
use crate::steps::{Phase, Steps, Tools};
use crate::{Deps, Error};
use auditing::report::{PastRun, Unread};
use jiff::Timestamp;
use lambda::deadline::epoch_ms;
use lambda::{Class, Invocation};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::SystemTime;
use storage::audits::{AuditBegin, AuditClaim, AuditRun, AuditState, Audits};
use storage::objects::{self, AuditFiles, BodyReader, Download, ObjectWriter, Source, Suspended};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

const CHANGES_TYPE: &str = "application/zstd";

/// What became of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The run.
    pub run_id: String,
    /// What it found in short; nothing when it failed.
    pub summary: Option<PastRun>,
    /// Why it failed.
    pub failure: Option<String>,
    /// Whether it had ended before this delivery.
    pub had_ended: bool,
}

/// What one invocation leaves for the next.
#[derive(Serialize, Deserialize)]
struct Checkpoint {
    policies: String,
    steps: Steps,
    changes: Suspended,
}

/// The state of a run, and the file that grows with it.
struct Running {
    steps: Steps,
    changes: ObjectWriter,
}

/// Runs an audit as far as the time allows. `Ok` means that this delivery has nothing left to do.
pub(crate) async fn run(deps: &Deps, invocation: &Invocation, request: &Request, owner: &str) -> Result<Outcome, Error> {
    let audits = Audits::new(deps.dynamodb.clone(), &deps.config.tables.audits);
    let now = deps.clock.now();
    let claim = AuditClaim {
        run_id: &request.run_id,
        request: &serde_json::to_string(request).map_err(record::error)?,
        owner,
        now: &written(now),
        now_ms: epoch_ms(now),
        lease_until_ms: epoch_ms(invocation.deadline + LEASE_MARGIN),
        expires_at: epoch_ms(now) / 1_000 + i64::from(deps.config.run_days) * 86_400,
    };
    let run = match audits.begin(&claim).await? {
        AuditBegin::Run(run) => *run,
        AuditBegin::Busy { until_ms } => return Err(Error::Busy { until_ms }),
        AuditBegin::AlreadyDone(run) => return Ok(ended(*run)),
    };
    // What the first claim asked for is what the run is about.
    let request: Request = serde_json::from_str(&run.request).map_err(record::error)?;
    let turn =
        Turn { deps, invocation, request: &request, audits: &audits, owner, run: &run, files: AuditFiles::of(&run.run_id) };
    match turn.proceed().await {
        Ok(outcome) => Ok(outcome),
        Err(error) if error.class() == Class::Reject => {
            tracing::warn!(run_id = run.run_id, code = error.code(), "audit cannot be done");
            let detail = lambda::runtime::chain(&error);
            audits.fail(&run.run_id, owner, &written(deps.clock.now()), error.code(), &detail).await?;
            Ok(Outcome { run_id: run.run_id.clone(), summary: None, failure: Some(detail), had_ended: false })
        }
        Err(error) => {
            // Best effort: without it the next delivery waits for the end of the lease.
            if let Err(error) = audits.release(&run.run_id, owner).await {
                tracing::debug!(code = error.code(), "lease was not given back");
            }
            Err(error)
        }
    }
}

fn ended(run: AuditRun) -> Outcome {
    tracing::info!(run_id = run.run_id, state = run.state.name(), "audit had ended before");
    let summary = run.summary.filter(|_| run.state == AuditState::Done).and_then(|summary| serde_json::from_str(&summary).ok());
    Outcome { run_id: run.run_id, summary, failure: run.failure.map(|(_, detail)| detail), had_ended: true }
}

/// RFC 3339 with milliseconds.
fn written(time: SystemTime) -> String {
    format!("{:.3}", Timestamp::from_millisecond(epoch_ms(time)).unwrap_or_default())
}

/// Our turn at a run: it is ours until it ends or the time is up.
struct Turn<'a> {
    deps: &'a Deps,
    invocation: &'a Invocation,
    request: &'a Request,
    audits: &'a Audits,
    owner: &'a str,
    run: &'a AuditRun,
    files: AuditFiles,
}

impl Turn<'_> {
    async fn proceed(&self) -> Result<Outcome, Error> {
        let Deps { policy, candidate, config, .. } = self.deps;
        let policies = policies(self.deps);
        let started_at: Timestamp =
            self.run.started_at.parse().map_err(|error| Error::BadRequest(format!("the run began at no time: {error}")))?;
        let plan = Arc::new(plan::settled(self.deps, self.request, started_at, &policies, &self.files).await?);
        let mut running = self.resume(&plan, &policies).await?;
        let mut tools = Tools::new(plan.clone(), policy.clone(), candidate.clone(), config);
        while running.steps.phase == Phase::Reading {
            let Some(job) = plan.jobs.get(running.steps.jobs_done) else {
                let in_table = std::mem::take(&mut running.steps.in_table);
                in_table.compare(self.deps, &plan, &mut running.steps.findings).await?;
                (running.steps.phase, running.steps.jobs_done) = (Phase::Sending, 0);
                break;
            };
            (running, tools) = self.read(job, running, tools).await?;
            if running.steps.jobs_done < plan.jobs.len() && self.is_time_up() {
                return self.leave(running, &policies).await;
            }
        }
        let before = Before::read(self.deps, &self.run.run_id).await?;
        let mut wanted = Wanted::of(&running.steps.sampler.clone().draw(plan.prior), &plan);
        while let Some(job) = plan.jobs.get(running.steps.jobs_done).filter(|_| !wanted.is_empty()) {
            let is_whole;
            (running.steps, wanted, is_whole) = self.send(job, running.steps, wanted).await?;
            if !is_whole || (running.steps.jobs_done < plan.jobs.len() && self.is_time_up()) {
                return self.leave(running, &policies).await;
            }
        }
        self.end(&plan, &before, running).await
    }

    fn is_time_up(&self) -> bool {
        self.invocation.working_time_left(&self.deps.clock, self.deps.config.deadline_gap).is_zero()
    }

    /// The state that the last checkpoint left, or a new one.
    async fn resume(&self, plan: &Plan, policies: &str) -> Result<Running, Error> {
        let Deps { s3, config, .. } = self.deps;
        let (bucket, key) = (&config.results_bucket, &self.files.changes);
        let new = || Running { steps: Steps::new(plan, config), changes: ObjectWriter::new(s3, bucket, key, CHANGES_TYPE) };
        if self.run.hop == 0 {
            return Ok(new());
        }
        let checkpoint: Checkpoint = match objects::get(s3, bucket, &self.files.checkpoint(self.run.hop)).await {
            Ok(bytes) => record::read(&bytes)?,
            Err(storage::Error::NotFound) => return Ok(new()),
            Err(error) => return Err(error.into()),
        };
        if checkpoint.policies != policies {
            return Ok(new());
        }
        let changes = ObjectWriter::resume(s3, bucket, key, CHANGES_TYPE, checkpoint.changes).await?;
        Ok(Running { steps: checkpoint.steps, changes })
    }

    /// Leaves everything for the next invocation, and asks for it.
    async fn leave(&self, running: Running, policies: &str) -> Result<Outcome, Error> {
        let Deps { s3, config, queue, .. } = self.deps;
        let hop = self.run.hop + 1;
        if hop > config.hops_max {
            return Err(Error::TooManyHops { hops_max: config.hops_max });
        }
        let changes = running.changes.suspend(self.files.tail(hop, "changes")).await?;
        let checkpoint = Checkpoint { policies: policies.to_owned(), steps: running.steps, changes };
        let body = record::write(&checkpoint)?;
        objects::put(s3, &config.results_bucket, &self.files.checkpoint(hop), "application/zstd", body).await?;
        self.audits.checkpoint(&self.run.run_id, self.owner, hop).await?;
        let Some(queue) = queue else { return Err(Error::Continues { hop }) };
        queue.send(&serde_json::json!({"continue_audit": self.request}).to_string()).await?;
        Ok(Outcome { run_id: self.run.run_id.clone(), summary: None, failure: None, had_ended: false })
    }

    /// Both files of a job, being read ahead.
    async fn open(&self, job: &PlannedJob) -> Result<[(BodyReader, JoinHandle<Result<(), storage::Error>>); 2], storage::Error> {
        let export = Source {
            bucket: job.bucket.clone(),
            key: job.key.clone(),
            version_id: job.version_id.clone(),
            etag: job.etag.clone(),
            size: None,
        };
        let scored = objects::JobFiles::of(&job.job_id).scored;
        let results = Source::latest(&self.deps.config.results_bucket, &scored);
        let [export, results] = [Download::open(&self.deps.s3, export).await?, Download::open(&self.deps.s3, results).await?]
            .map(|download| {
                let (feeder, reader) = objects::body();
                (reader, tokio::spawn(feeder.feed(download, |_| {})))
            });
        Ok([export, results])
    }

    /// Takes the rows of a job, as far as the time allows.
    async fn read(&self, job: &PlannedJob, running: Running, tools: Tools) -> Result<(Running, Tools), Error> {
        let Running { mut steps, mut changes } = running;
        let [(export, export_feeder), (results, results_feeder)] = match self.open(job).await {
            Ok(bodies) => bodies,
            Err(error) if error.class() == storage::Class::Reject => {
                unread(&mut steps, job, error.code(), &error.to_string());
                return Ok((Running { steps, changes }, tools));
            }
            Err(error) => return Err(error.into()),
        };
        let (pieces, mut arriving) = mpsc::channel::<Vec<u8>>(CHANGES_WAITING_MAX);
        let (planned, is_time_up) = (job.clone(), self.stopwatch());
        let reading = spawn_blocking(move || {
            let (mut steps, mut tools, mut lines) = (steps, tools, Vec::new());
            let mut progress = steps.progress;
            let result = rows::read(export, results, &planned.key, &mut progress, &is_time_up, &mut |read| {
                steps.take(&mut tools, &planned, read, &mut lines);
                if lines.len() >= CHANGES_PIECE_BYTES {
                    // Nobody takes them any more: then the whole turn is over.
                    let _ = pieces.blocking_send(std::mem::take(&mut lines));
                }
            });
            let _ = pieces.blocking_send(lines);
            steps.progress = progress;
            (steps, tools, result)
        });
        while let Some(lines) = arriving.recv().await {
            write_changes(&mut changes, &lines).await?;
        }
        let (read_steps, tools, result) = reading.await.map_err(|_| lambda::Error::Panic)?;
        steps = read_steps;
        for feeder in [export_feeder, results_feeder] {
            // A body that broke off looks like a broken file, and is none. A reader that stopped early leaves its feeder waiting.
            match result {
                Ok(()) if !steps.progress.is_whole => feeder.abort(),
                _ => feeder.await.map_err(|_| lambda::Error::Panic)??,
            }
        }
        match result {
            Ok(()) if steps.progress.is_whole => {
                let seal = steps.close_job(job);
                plan::compare_file(self.deps, &job.job_id, &seal, &mut steps.findings).await?;
            }
            Ok(()) => {}
            // Its rows up to there are audited, as they were scored.
            Err(Broken::Export(_)) if job.is_broken => _ = steps.close_job(job),
            Err(broken) => unread(&mut steps, job, broken.code(), &lambda::runtime::chain(&broken)),
        }
        Ok((Running { steps, changes }, tools))
    }

    /// Sends what was drawn of a job to review; tells whether the job was read to its end.
    async fn send(&self, job: &PlannedJob, steps: Steps, wanted: Wanted) -> Result<(Steps, Wanted, bool), Error> {
        let mut steps = steps;
        let [(export, export_feeder), (results, results_feeder)] = match self.open(job).await {
            Ok(bodies) => bodies,
            Err(error) if error.class() == storage::Class::Reject => {
                steps.next_job();
                return Ok((steps, wanted, true));
            }
            Err(error) => return Err(error.into()),
        };
        let (key, is_time_up, policy) = (job.key.clone(), self.stopwatch(), self.deps.policy.clone());
        let origin = storage::results::Origin::new(&job.job_id, &job.upload, job.expires_at)?;
        let (run_id, mut progress) = (self.run.run_id.clone(), steps.progress);
        let reading = spawn_blocking(move || {
            let mut wanted = wanted;
            let mut items = Vec::new();
            let result = rows::read(export, results, &key, &mut progress, &is_time_up, &mut |read| {
                if let Read::Pair(pair) = read {
                    items.extend(wanted.take(pair, &origin, &policy, &run_id));
                }
            });
            (wanted, items, progress, result)
        });
        let (wanted, items, progress, result) = reading.await.map_err(|_| lambda::Error::Panic)?;
        steps.progress = progress;
        let is_whole = steps.progress.is_whole || result.is_err();
        for feeder in [export_feeder, results_feeder] {
            if is_whole && result.is_ok() {
                feeder.await.map_err(|_| lambda::Error::Panic)??;
            } else {
                feeder.abort();
            }
        }
        send::write(self.deps, items).await?;
        if is_whole {
            steps.next_job();
        }
        Ok((steps, wanted, is_whole))
    }

    /// Tells on any thread whether the time is up.
    fn stopwatch(&self) -> impl Fn() -> bool + Send + 'static {
        let (clock, gap, invocation) = (self.deps.clock.clone(), self.deps.config.deadline_gap, self.invocation.clone());
        move || invocation.working_time_left(&clock, gap).is_zero()
    }

    /// Publishes the report and closes the record.
    async fn end(&self, plan: &Plan, before: &Before, running: Running) -> Result<Outcome, Error> {
        let Running { steps, mut changes } = running;
        let finished_at = written(self.deps.clock.now());
        let mut lines = Vec::new();
        let times = [self.run.started_at.as_str(), finished_at.as_str()];
        let published = publish::sum_up(self.deps, self.request, plan, before, steps, times, &mut lines)?;
        write_changes(&mut changes, &lines).await?;
        if self.deps.candidate.is_some() {
            if changes.bytes_written() == 0 {
                changes.write(&zstd::bulk::compress(&[], 1).map_err(Error::Record)?).await?;
            }
            changes.finish().await?;
        }
        let summary = published.report.in_short();
        publish::write(self.deps, &self.files, published).await?;
        let json = serde_json::to_string(&summary).map_err(record::error)?;
        self.audits.finish(&self.run.run_id, self.owner, &finished_at, &json).await?;
        self.clean_up().await;
        Ok(Outcome { run_id: self.run.run_id.clone(), summary: Some(summary), failure: None, had_ended: false })
    }

    /// Removes what the hops left. What stays when this fails is removed by the bucket's lifecycle rule.
    async fn clean_up(&self) {
        for hop in 1..=self.run.hop {
            for key in [self.files.checkpoint(hop), self.files.tail(hop, "changes")] {
                if let Err(error) = objects::delete(&self.deps.s3, &self.deps.config.results_bucket, &key).await {
                    tracing::warn!(code = error.code(), "work object could not be removed");
                    return;
                }
            }
        }
    }
}

/// The policies that a run goes by.
pub(crate) fn policies(deps: &Deps) -> String {
    match &deps.candidate {
        Some(candidate) => format!("{} {}", deps.policy.id(), candidate.id()),
        None => deps.policy.id().to_owned(),
    }
}

fn unread(steps: &mut Steps, job: &PlannedJob, code: &str, detail: &str) {
    let unread = Unread { job_id: job.job_id.clone(), code: code.to_owned(), detail: detail.to_owned() };
    steps.covered.jobs_unread.push(unread);
    steps.next_job();
}

/// One frame a piece.
async fn write_changes(changes: &mut ObjectWriter, lines: &[u8]) -> Result<(), Error> {
    if !lines.is_empty() {
        changes.write(&zstd::bulk::compress(lines, 1).map_err(Error::Record)?).await?;
    }
    Ok(())
}
