//! How does one job go from its claim to its end?

use crate::checkpoint::{self, Progressing};
use crate::limits::{FAREWELL, LEASE_MARGIN};
use crate::measures::Measures;
use crate::pipeline::{self, Broken, Parsed};
use crate::report::{self, Failure, Summary};
use crate::{Deps, Error, Progress};
use jiff::Timestamp;
use lambda::deadline::epoch_ms;
use lambda::events::{Continuation, ObjectRef};
use lambda::{Class, Invocation};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use storage::Upload;
use storage::jobs::{self, Begin, Claim, Job, Jobs};
use storage::objects::{self, Download, JobFiles, OWN_PREFIXES, Source};
use storage::results::BatchWriter;

/// Uploads below this prefix are jobs, whatever they are called: what a file is, its content decides, and a file that is no export ends
/// as a failed job, so that its owner finds a reason. What is elsewhere, and the folders that consoles make, are left alone.
const UPLOAD_PREFIX: &str = "exports/";

/// Runs the job of one upload as far as the time allows. `Ok` means that this delivery has nothing left to do.
pub(crate) async fn run(
    deps: &Deps,
    invocation: &Invocation,
    object: &ObjectRef,
    owner: &str,
    measures: &Mutex<Measures>,
) -> Result<(), Error> {
    let Some((object, upload)) = identify(deps, object).await? else {
        lock(measures).ignored += 1;
        return Ok(());
    };
    // Without versions, the sequencer tells two uploads of the same content apart.
    let version = object.version_id.clone().unwrap_or_else(|| {
        format!("{}#{}", object.etag.as_deref().unwrap_or_default(), object.sequencer.as_deref().unwrap_or_default())
    });
    let job_id = jobs::job_id(&object.bucket, &object.key, &version);
    let jobs = Jobs::new(deps.dynamodb.clone(), &deps.config.jobs_table);
    let now = deps.clock.now();
    let claim = Claim {
        job_id: &job_id,
        bucket: &object.bucket,
        key: &object.key,
        version_id: object.version_id.as_deref(),
        etag: object.etag.as_deref(),
        upload: &upload,
        owner,
        now: &written(epoch_ms(now)),
        now_ms: epoch_ms(now),
        lease_until_ms: epoch_ms(invocation.deadline + LEASE_MARGIN),
        expires_at: epoch_ms(now) / 1_000 + i64::from(deps.config.result_days) * 86_400,
    };
    let record = match jobs.begin(&claim).await? {
        Begin::Run(record) => *record,
        Begin::Busy { until_ms } => return Err(Error::Busy { until_ms }),
        Begin::AlreadyDone(record) => {
            tracing::info!(job_id, state = record.state.name(), "job had ended before");
            return Ok(());
        }
    };
    lock(measures).job_ids.push(job_id.clone());
    let turn =
        Turn { deps, invocation, object: &object, jobs: &jobs, owner, files: JobFiles::of(&job_id), record: &record, measures };
    let result = turn.run().await;
    if result.is_err() {
        // Best effort: without it the next delivery waits for the end of the lease.
        if let Err(error) = jobs.release(&job_id, owner).await {
            tracing::debug!(code = error.code(), "lease was not given back");
        }
    }
    result
}

/// The object with everything that tells it apart, and when it was uploaded; `None` when it is no upload of ours.
async fn identify(deps: &Deps, object: &ObjectRef) -> Result<Option<(ObjectRef, Upload)>, Error> {
    let own = object.bucket == deps.config.results_bucket || OWN_PREFIXES.iter().any(|prefix| object.key.starts_with(prefix));
    if own || !object.key.starts_with(UPLOAD_PREFIX) || object.key.ends_with('/') {
        tracing::info!(own, "object is no upload");
        return Ok(None);
    }
    let mut object = object.clone();
    if object.event_time_ms.is_none() || object.size.is_none() || (object.etag.is_none() && object.version_id.is_none()) {
        let mut source = source(&object);
        match source.complete(&deps.s3).await {
            Ok(modified_ms) => {
                object.event_time_ms.get_or_insert(modified_ms);
                (object.etag, object.size) = (source.etag, source.size);
            }
            Err(storage::Error::NotFound) => {
                tracing::warn!("object is gone before its job began");
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let upload =
        Upload { at_ms: object.event_time_ms.unwrap_or_default(), sequencer: object.sequencer.clone().unwrap_or_default() };
    Ok(Some((object, upload)))
}

fn source(object: &ObjectRef) -> Source {
    Source {
        bucket: object.bucket.clone(),
        key: object.key.clone(),
        version_id: object.version_id.clone(),
        etag: object.etag.clone(),
        size: object.size,
    }
}

/// Our turn at a job: it is ours until it ends or the time is up.
pub(crate) struct Turn<'a> {
    deps: &'a Deps,
    invocation: &'a Invocation,
    object: &'a ObjectRef,
    jobs: &'a Jobs,
    owner: &'a str,
    files: JobFiles,
    pub(crate) record: &'a Job,
    measures: &'a Mutex<Measures>,
}

impl Turn<'_> {
    async fn run(&self) -> Result<(), Error> {
        match self.proceed(self.record.hop).await {
            // The files were completed, or their uploads aborted or expired, after the checkpoint was made.
            Err(Error::Storage(storage::Error::UploadGone)) if self.record.hop > 0 => self.proceed(0).await,
            result => result,
        }
    }

    /// Goes on from a checkpoint; `0` is the beginning of the file.
    async fn proceed(&self, hop: u32) -> Result<(), Error> {
        let Deps { s3, config, policy, .. } = self.deps;
        let begun = self.deps.clock.now();
        let bucket = &config.results_bucket;
        let checkpoint = checkpoint::read(s3, bucket, &self.files, hop, policy.id()).await?;
        let seconds_before = checkpoint.as_ref().map_or(0.0, |checkpoint| checkpoint.seconds);
        let mut progressing = match checkpoint {
            Some(checkpoint) => Progressing::resume(s3, bucket, &self.files, checkpoint).await?,
            None => Progressing::new(s3, bucket, &self.files),
        };
        self.abort_orphans(&progressing).await;

        let outcome = match Download::open(s3, source(self.object)).await {
            Ok(download) => self.pipeline(download, &mut progressing).await,
            Err(error) => Err(error.into()),
        };
        let seconds = seconds_before + self.deps.clock.now().duration_since(begun).unwrap_or_default().as_secs_f64();
        let parsed = match outcome {
            Ok(Some(parsed)) => parsed,
            Ok(None) if self.record.hop >= config.hops_max => {
                let detail = format!("the file needs more than {} invocations; cut it into smaller ones", config.hops_max);
                Parsed { broken: Some(Broken { code: "job.too_many_hops".to_owned(), detail }), ..Parsed::default() }
            }
            Ok(None) => return self.leave(seconds, progressing).await,
            Err(error) if error.class() == Class::Reject => {
                let broken = Broken { code: error.code().to_owned(), detail: error.to_string() };
                Parsed { broken: Some(broken), ..Parsed::default() }
            }
            Err(error) => return Err(error),
        };
        self.end(seconds, parsed, progressing).await
    }

    /// Runs the pipeline; `None` when the time was up before the end of the file.
    async fn pipeline(&self, download: Download, progressing: &mut Progressing) -> Result<Option<Parsed>, Error> {
        let Deps { dynamodb, config, clock, progress, .. } = self.deps;
        let rows_before = progressing.rows_done;
        let bytes_before = progress.bytes_read.load(Ordering::Relaxed);
        Progress::add(&progress.bytes_total, download.size());
        let deadline = tokio::time::Instant::now() + self.invocation.working_time_left(clock, FAREWELL);
        let table = BatchWriter::new(dynamodb.clone(), &config.results_table, deadline);
        let (scored_before, rejected_before, bands_before) =
            (progressing.tally.scored(), progressing.tally.rejected(), progressing.tally.bands());
        let result = pipeline::run(self.deps, self, download, progressing, table).await;

        let mut measures = lock(self.measures);
        measures.rows += progressing.rows_done - rows_before;
        measures.scored += progressing.tally.scored() - scored_before;
        measures.rejected += progressing.tally.rejected() - rejected_before;
        let bands = progressing.tally.bands();
        measures.bands.clear += bands.clear - bands_before.clear;
        measures.bands.review += bands.review - bands_before.review;
        measures.bands.red_flag += bands.red_flag - bands_before.red_flag;
        measures.bytes += progress.bytes_read.load(Ordering::Relaxed) - bytes_before;
        let outcome = result?;
        measures.stored += outcome.stored;
        measures.phases.add(outcome.phases);
        Ok(outcome.parsed)
    }

    /// How long more rows may be taken.
    pub(crate) fn time_left(&self) -> Duration {
        self.invocation.working_time_left(&self.deps.clock, self.deps.config.deadline_gap)
    }

    /// Notes that S3 has begun another upload.
    pub(crate) async fn note_uploads(&self, progressing: &Progressing) -> Result<(), Error> {
        Ok(self.jobs.note_uploads(&self.record.job_id, self.owner, &progressing.unfinished_uploads()).await?)
    }

    /// Aborts the uploads that an attempt before this one began and that this one does not go on with. What cannot be aborted is left
    /// to the bucket's lifecycle rule: no job waits for it.
    async fn abort_orphans(&self, progressing: &Progressing) {
        let ours = progressing.unfinished_uploads();
        for (key, upload_id) in self.record.uploads.iter().filter(|upload| !ours.contains(upload)) {
            if let Err(error) = objects::abort_upload(&self.deps.s3, &self.deps.config.results_bucket, key, upload_id).await {
                tracing::warn!(
                    code = error.code(),
                    service_code = error.service_code(),
                    "unfinished upload could not be aborted"
                );
            }
        }
    }

    /// The time is up: leaves a checkpoint and asks for another turn.
    async fn leave(&self, seconds: f64, progressing: Progressing) -> Result<(), Error> {
        let Deps { s3, config, policy, queue, .. } = self.deps;
        let (hop, rows_done) = (self.record.hop + 1, progressing.rows_done);
        checkpoint::leave(s3, &config.results_bucket, &self.files, hop, policy.id(), seconds, progressing).await?;
        self.jobs.checkpoint(&self.record.job_id, self.owner, hop, rows_done).await?;
        lock(self.measures).hops += 1;
        let Some(queue) = queue else { return Err(Error::Continues { rows_done }) };
        let continuation = Continuation { job_id: self.record.job_id.clone(), object: self.object.clone(), hop };
        let body = serde_json::to_string(&continuation).map_err(Error::Checkpoint)?;
        queue.send(&body).await?;
        tracing::info!(job_id = self.record.job_id, hop, rows_done, "job goes on in another invocation");
        Ok(())
    }

    /// Everything that can be read is read: writes the files, then ends the job.
    async fn end(&self, seconds: f64, parsed: Parsed, mut progressing: Progressing) -> Result<(), Error> {
        let Deps { s3, config, policy, clock, .. } = self.deps;
        let bucket = &config.results_bucket;
        if progressing.scored.bytes_written() == 0 {
            let frame = pipeline::empty_frame().map_err(Error::Encoding)?;
            progressing.scored.write(&frame).await?;
        }
        let Progressing { tally, scored, rejects, .. } = progressing;
        scored.finish().await?;
        rejects.finish().await?;

        let finished_at = written(clock.now_ms());
        let failure = parsed.broken.map(|broken| Failure { code: broken.code, reason: broken.detail });
        let rows = tally.scored() + tally.rejected();
        let summary = Summary {
            job_id: self.record.job_id.clone(),
            files: 1,
            rows,
            scored: tally.scored(),
            rejected: tally.rejected(),
            bands: tally.bands(),
            top: tally.highest(),
            policy: policy.id().to_owned(),
            seconds,
            #[allow(clippy::cast_precision_loss)] // a speed, for people
            rows_per_second: if seconds > 0.0 { (rows as f64 / seconds).round() } else { 0.0 },
            source: self.object.key.clone(),
            format: parsed.format,
            ignored_columns: parsed.ignored_columns,
            issues: tally.issues(),
            rejects: tally.rejects(),
            thresholds: policy.thresholds().into(),
            started_at: self.record.started_at.clone(),
            finished_at: finished_at.clone(),
            failure,
        };
        let json = serde_json::to_string(&summary).map_err(Error::Checkpoint)?;
        objects::put(s3, bucket, &self.files.report, "text/html; charset=utf-8", report::render(&tally, &summary, policy))
            .await?;
        objects::put(s3, bucket, &self.files.summary, "application/json", json.clone()).await?;
        let job_id = &self.record.job_id;
        match &summary.failure {
            None => self.jobs.finish(job_id, self.owner, &finished_at, &json).await?,
            Some(failure) => {
                tracing::warn!(job_id, code = failure.code, rows, "file could not be read to its end");
                lock(self.measures).failed_files += 1;
                self.jobs.fail(job_id, self.owner, &finished_at, &json, &failure.code, &failure.reason).await?;
            }
        }
        checkpoint::clean_up(s3, bucket, &self.files, self.record.hop).await;
        Ok(())
    }
}

/// RFC 3339 with always three decimals, so that two jobs of one second sort by their text.
fn written(epoch_ms: i64) -> String {
    format!("{:.3}", Timestamp::from_millisecond(epoch_ms).unwrap_or_default())
}

fn lock(measures: &Mutex<Measures>) -> MutexGuard<'_, Measures> {
    measures.lock().unwrap_or_else(PoisonError::into_inner)
}
