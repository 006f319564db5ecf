//! How do the bytes of an export become results? Parse, score, write: one stage a module, bounded channels between them.
//!
//! ```text
//! S3 ─ body (async) ── chunks ─ parse (thread) ─┬ batches ─ score (thread) ─ scored batches ┬─ write (async) ─ table, files
//!                                                └ batches ─ score (thread) ─ scored batches ┘
//! ```
//!
//! Batches are dealt out to the workers in turn and taken back in the same turn, so the order of the file is kept without a
//! buffer to sort in, and memory is bounded by the number of workers whatever the size of the file.

mod parse;
mod score;
mod write;

pub(crate) use parse::{Broken, Parsed};
pub(crate) use score::empty_frame;

use crate::checkpoint::Progressing;
use crate::job::Turn;
use crate::limits::BATCHES_WAITING_MAX;
use crate::measures::Phases;
use crate::{Deps, Error, Progress};
use std::sync::Arc;
use std::time::{Duration, Instant};
use storage::objects::{self, Download};
use storage::results::{BatchWriter, Origin};
use tokio::sync::mpsc;
use tokio::task::{JoinSet, spawn_blocking};
use write::{Stop, Writing};

/// How far the pipeline came. Everything it took is in the table and in the hands of the result files' writers.
pub(crate) struct Outcome {
    /// What is known of the file; `None` when the time was up before its end.
    pub(crate) parsed: Option<Parsed>,
    /// Items that went into the table.
    pub(crate) stored: u64,
    pub(crate) phases: Phases,
}

/// Runs a job from where it stands until the file or the time is over.
pub(crate) async fn run(
    deps: &Deps,
    turn: &Turn<'_>,
    download: Download,
    progressing: &mut Progressing,
    mut table: BatchWriter,
) -> Result<Outcome, Error> {
    let job = turn.record;
    let task = score::Task {
        policy: deps.policy.clone(),
        scored_at: job.started_at.as_str().into(),
        origin: Arc::new(Origin::new(&job.job_id, &job.upload, job.expires_at)?),
        store_from: deps.config.store_from,
    };
    let (feeder, reader) = objects::body();
    let waited = reader.waited();
    let mut background = JoinSet::new();
    let progress = deps.progress.clone();
    background.spawn(feeder.feed(download, move |bytes| Progress::add(&progress.bytes_read, bytes)));

    let (mut to_workers, mut from_workers, mut workers) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..deps.config.workers.max(1) {
        let (to_worker, batches) = mpsc::channel(BATCHES_WAITING_MAX);
        let (scored, from_worker) = mpsc::channel(BATCHES_WAITING_MAX);
        let task = task.clone();
        workers.push(spawn_blocking(move || score::run(&task, batches, &scored)));
        to_workers.push(to_worker);
        from_workers.push(from_worker);
    }
    let (name, rows_done) = (job.key.clone(), progressing.rows_done);
    let parser = spawn_blocking(move || parse::run(reader, &name, rows_done, &to_workers));

    let progress = &*deps.progress;
    let mut writing = Writing { progressing, table: &mut table, progress, turn, time: Duration::ZERO };
    let stop = writing.run(&mut from_workers).await;
    let mut phases = Phases { write: writing.time, ..Phases::default() };
    // Whoever is still at work notices that nobody wants it any more, from the back to the front.
    drop(from_workers);
    background.abort_all();
    let stop = stop?;

    for worker in workers {
        phases.score += worker.await.map_err(|_| lambda::Error::Panic)?.map_err(Error::Encoding)?;
    }
    let parsed = match (parser.await, stop) {
        (Ok(parsed), _) => parsed,
        // The parser is meant to be total; when it is not, the file is broken for us, and it would be the next time as well.
        (Err(_), Stop::End) => {
            tracing::error!(code = FILE_ERROR, "parsing panicked");
            let broken = Broken { code: FILE_ERROR.to_owned(), detail: "the reader of this format failed".to_owned() };
            Parsed { broken: Some(broken), ..Parsed::default() }
        }
        (Err(_), Stop::Time) => return Err(lambda::Error::Panic.into()),
    };
    (phases.fetch_wait, phases.parse) = (waited.total(), parsed.time);
    if stop == Stop::End {
        // A body that broke off looks like a broken file to the parser, and is none.
        match background.join_next().await {
            Some(Ok(result)) => result?,
            Some(Err(stopped)) if stopped.is_panic() => return Err(lambda::Error::Panic.into()),
            _ => {}
        }
    }
    let since = Instant::now();
    let stored = table.flush().await?;
    phases.write += since.elapsed();
    Ok(Outcome { parsed: (stop == Stop::End).then_some(parsed), stored, phases })
}

const FILE_ERROR: &str = "file.internal_error";
