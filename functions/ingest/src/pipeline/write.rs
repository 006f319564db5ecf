//! How do results get out? In the order of the file, into the table and the result files, until the file or the time is over.

use super::score::{Outcome, ScoredBatch};
use crate::checkpoint::Progressing;
use crate::job::Turn;
use crate::{Error, Progress};
use std::time::{Duration, Instant};
use storage::results::BatchWriter;
use tokio::sync::mpsc::Receiver;

/// Why the writing stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// There are no more batches.
    End,
    /// The time is up and there are more batches, or might be.
    Time,
}

/// What the writing needs beside the batches.
pub(super) struct Writing<'a> {
    pub(super) progressing: &'a mut Progressing,
    pub(super) table: &'a mut BatchWriter,
    pub(super) progress: &'a Progress,
    pub(super) turn: &'a Turn<'a>,
    /// Waiting for the table and the files.
    pub(super) time: Duration,
}

impl Writing<'_> {
    /// Takes batches from the workers in the turn in which they were dealt out. At least one is written, whatever the time:
    /// so every invocation gets on.
    pub(super) async fn run(&mut self, workers: &mut [Receiver<ScoredBatch>]) -> Result<Stop, Error> {
        let count = workers.len();
        let mut taken = 0;
        loop {
            let worker = &mut workers[taken % count];
            let next = if taken == 0 {
                worker.recv().await
            } else {
                match tokio::time::timeout(self.turn.time_left(), worker.recv()).await {
                    Ok(next) => next,
                    Err(_) => return Ok(Stop::Time),
                }
            };
            let Some(batch) = next else { return Ok(Stop::End) };
            if taken > 0 && self.turn.time_left().is_zero() {
                return Ok(Stop::Time);
            }
            self.write(batch).await?;
            taken += 1;
        }
    }

    async fn write(&mut self, batch: ScoredBatch) -> Result<(), Error> {
        let begun = Instant::now();
        let uploads_before = self.progressing.unfinished_uploads().len();
        self.table.put(batch.items).await?;
        self.progressing.scored.write(&batch.scored_frame).await?;
        self.progressing.rejects.write(&batch.reject_lines).await?;
        if self.progressing.unfinished_uploads().len() > uploads_before {
            self.turn.note_uploads(self.progressing).await?;
        }
        self.time += begun.elapsed();
        let rows = batch.outcomes.len() as u64;
        for outcome in &batch.outcomes {
            match outcome {
                Outcome::Scored(pair) => self.progressing.tally.add(&pair.0, &pair.1),
                Outcome::Rejected(reject) => self.progressing.tally.reject(reject),
            }
        }
        let rejected = batch.outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Rejected(_))).count() as u64;
        self.progressing.rows_done += rows;
        Progress::add(&self.progress.rows, rows);
        Progress::add(&self.progress.rejected, rejected);
        Progress::add(&self.progress.scored, rows - rejected);
        Ok(())
    }
}
