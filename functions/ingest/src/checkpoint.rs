//! Where does a job go on that ran out of time?

use crate::Error;
use crate::report::Tally;
use aws_sdk_s3::Client;
use serde::{Deserialize, Serialize};
use storage::objects::{self, JobFiles, ObjectWriter, Suspended};

const SCORED_TYPE: &str = "application/zstd";
const REJECTS_TYPE: &str = "application/x-ndjson";

/// What one invocation leaves for the next, as an object in the results bucket.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    /// The policy that the rows so far were scored with; another one starts over, so that no file is scored by two.
    pub(crate) policy: String,
    pub(crate) rows_done: u64,
    /// Spent on the job so far.
    pub(crate) seconds: f64,
    pub(crate) tally: Tally,
    scored: Suspended,
    rejects: Suspended,
}

/// The results of a job so far: what the pipeline adds to.
pub(crate) struct Progressing {
    pub(crate) rows_done: u64,
    pub(crate) tally: Tally,
    pub(crate) scored: ObjectWriter,
    pub(crate) rejects: ObjectWriter,
}

impl Progressing {
    /// At the beginning of the file.
    pub(crate) fn new(s3: &Client, bucket: &str, files: &JobFiles) -> Self {
        Self {
            rows_done: 0,
            tally: Tally::default(),
            scored: ObjectWriter::new(s3, bucket, &files.scored, SCORED_TYPE),
            rejects: ObjectWriter::new(s3, bucket, &files.rejects, REJECTS_TYPE),
        }
    }

    /// Where a checkpoint left off.
    pub(crate) async fn resume(s3: &Client, bucket: &str, files: &JobFiles, from: Checkpoint) -> Result<Self, Error> {
        Ok(Self {
            rows_done: from.rows_done,
            tally: from.tally,
            scored: ObjectWriter::resume(s3, bucket, &files.scored, SCORED_TYPE, from.scored).await?,
            rejects: ObjectWriter::resume(s3, bucket, &files.rejects, REJECTS_TYPE, from.rejects).await?,
        })
    }

    /// The uploads that S3 has begun and that somebody must complete or abort.
    pub(crate) fn unfinished_uploads(&self) -> Vec<(String, String)> {
        [&self.scored, &self.rejects].into_iter().filter_map(ObjectWriter::unfinished_upload).collect()
    }
}

/// Leaves everything for the next invocation, as hop `hop`.
pub(crate) async fn leave(
    s3: &Client,
    bucket: &str,
    files: &JobFiles,
    hop: u32,
    policy: &str,
    seconds: f64,
    progressing: Progressing,
) -> Result<(), Error> {
    let checkpoint = Checkpoint {
        policy: policy.to_owned(),
        rows_done: progressing.rows_done,
        seconds,
        tally: progressing.tally,
        scored: progressing.scored.suspend(files.tail(hop, "scored")).await?,
        rejects: progressing.rejects.suspend(files.tail(hop, "rejects")).await?,
    };
    let json = serde_json::to_vec(&checkpoint).map_err(Error::Checkpoint)?;
    Ok(objects::put(s3, bucket, &files.checkpoint(hop), "application/json", json).await?)
}

/// Reads what hop `hop` left; `None` when it is gone or was made with another policy, so that the job starts over.
pub(crate) async fn read(
    s3: &Client,
    bucket: &str,
    files: &JobFiles,
    hop: u32,
    policy: &str,
) -> Result<Option<Checkpoint>, Error> {
    if hop == 0 {
        return Ok(None);
    }
    let json = match objects::get(s3, bucket, &files.checkpoint(hop)).await {
        Ok(json) => json,
        Err(storage::Error::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let checkpoint: Checkpoint = serde_json::from_slice(&json).map_err(Error::Checkpoint)?;
    Ok((checkpoint.policy == policy).then_some(checkpoint))
}

/// Removes what the hops left. What stays when this fails is removed by the bucket's lifecycle rule.
pub(crate) async fn clean_up(s3: &Client, bucket: &str, files: &JobFiles, hops: u32) {
    for hop in 1..=hops {
        for key in [files.checkpoint(hop), files.tail(hop, "scored"), files.tail(hop, "rejects")] {
            if let Err(error) = objects::delete(s3, bucket, &key).await {
                tracing::warn!(code = error.code(), "work object could not be removed");
                return;
            }
        }
    }
}
