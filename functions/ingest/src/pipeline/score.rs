//! How do rows become results? On every vCPU, each with its own scorer and compressor.

use super::parse::Batch;
use crate::StoreFrom;
use exports::{Reject, Row};
use scoring::{Listing, Policy, ScoredListing, Scorer};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};
use storage::results::{Item, Origin, to_item};
use tokio::sync::mpsc::{Receiver, Sender};

/// What a worker needs to know of the job.
#[derive(Clone)]
pub(super) struct Task {
    pub(super) policy: Arc<Policy>,
    /// The same for all rows, and on every attempt.
    pub(super) scored_at: Arc<str>,
    pub(super) origin: Arc<Origin>,
    pub(super) store_from: StoreFrom,
}

/// A batch, ready to be written.
#[derive(Default)]
pub(super) struct ScoredBatch {
    pub(super) outcomes: Vec<Outcome>,
    /// Its lines of `scored.jsonl`, as one frame; empty when there are none.
    pub(super) scored_frame: Vec<u8>,
    /// Its lines of `rejects.jsonl`.
    pub(super) reject_lines: Vec<u8>,
    /// Its items for the table.
    pub(super) items: Vec<Item>,
}

/// What became of a row.
pub(super) enum Outcome {
    Scored(Box<(Listing, ScoredListing)>),
    Rejected(Reject),
}

/// Scores batches until there are none left or nobody wants them; gives the time it took.
pub(super) fn run(task: &Task, mut batches: Receiver<Batch>, scored: &Sender<ScoredBatch>) -> std::io::Result<Duration> {
    let mut worker = Worker { scorer: Scorer::new(task.policy.clone()), compressor: compressor()?, lines: Vec::new() };
    let mut time = Duration::ZERO;
    while let Some(batch) = batches.blocking_recv() {
        let begun = Instant::now();
        let result = worker.score(task, batch)?;
        time += begun.elapsed();
        if scored.blocking_send(result).is_err() {
            break;
        }
    }
    Ok(time)
}

/// A frame without content, so that a result file without results is a valid one.
pub(crate) fn empty_frame() -> std::io::Result<Vec<u8>> {
    compressor()?.compress(&[])
}

/// The fastest level: a frame is a tenth larger than at level 3 and takes a third less time, and workers are what limits a job.
/// The checksum lets readers notice a damaged file.
fn compressor() -> std::io::Result<zstd::bulk::Compressor<'static>> {
    let mut compressor = zstd::bulk::Compressor::new(1)?;
    compressor.include_checksum(true)?;
    Ok(compressor)
}

struct Worker {
    scorer: Scorer,
    compressor: zstd::bulk::Compressor<'static>,
    lines: Vec<u8>,
}

impl Worker {
    fn score(&mut self, task: &Task, batch: Batch) -> std::io::Result<ScoredBatch> {
        let mut result = ScoredBatch { outcomes: Vec::with_capacity(batch.rows.len()), ..ScoredBatch::default() };
        self.lines.clear();
        for (row, number) in batch.rows.into_iter().zip(batch.first_row..) {
            let outcome = match row {
                Row::Reject(reject) => Outcome::Rejected(reject),
                Row::Listing { line, listing } => self.score_row(task, line, listing),
            };
            match &outcome {
                Outcome::Scored(pair) => {
                    let (listing, scored) = &**pair;
                    write_line(&mut self.lines, scored)?;
                    if task.store_from.stores(scored.band) {
                        // Until the policy tells the harm to expect, the queue is in the order of log odds.
                        result.items.push(to_item(&task.origin, number, listing, scored, 0));
                    }
                }
                Outcome::Rejected(reject) => write_line(&mut result.reject_lines, reject)?,
            }
            result.outcomes.push(outcome);
        }
        if !self.lines.is_empty() {
            result.scored_frame = self.compressor.compress(&self.lines)?;
        }
        Ok(result)
    }

    /// A panic is the end of its row and of nothing else.
    fn score_row(&mut self, task: &Task, line: u64, listing: Listing) -> Outcome {
        // The scorer may be half-way through when it panics: it is not used again.
        match catch_unwind(AssertUnwindSafe(|| self.scorer.score(&listing, &task.scored_at))) {
            Ok(scored) => Outcome::Scored(Box::new((listing, scored))),
            Err(_) => {
                self.scorer = Scorer::new(task.policy.clone());
                tracing::error!(code = ROW_ERROR, line, "scoring panicked");
                let detail = "the scorer failed on this row; please report it".to_owned();
                Outcome::Rejected(Reject { line, code: ROW_ERROR.to_owned(), detail })
            }
        }
    }
}

const ROW_ERROR: &str = "row.internal_error";

fn write_line(lines: &mut Vec<u8>, record: &impl serde::Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *lines, record)?;
    lines.push(b'\n');
    Ok(())
}
