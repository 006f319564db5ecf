//! What does the record of a job say?

use crate::results::Item;
use crate::tables::EXPIRES_AT;
use crate::{Error, Upload};
use serde::{Deserialize, Serialize};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Begun, and either being worked on or waiting for its next turn.
    Running,
    /// Everything is scored and written.
    Done,
    /// The file could not be read to its end; what was read is scored and written.
    Failed,
}

impl State {
    /// As written in the record.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// A job, as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its name.
    pub job_id: String,
    /// Where it stands.
    pub state: State,
    /// Bucket of the upload.
    pub bucket: String,
    /// Key of the upload.
    pub key: String,
    /// Version of the object, where the bucket keeps versions.
    pub version_id: Option<String>,
    /// Entity tag of the object, without quotes.
    pub etag: Option<String>,
    /// When it was uploaded.
    pub upload: Upload,
    /// When it first began, RFC 3339: the time of scoring of all its rows, whatever happens in between.
    pub started_at: String,
    /// When it ended, RFC 3339.
    pub finished_at: Option<String>,
    /// How often it has begun.
    pub attempts: u32,
    /// How many checkpoints it has made; 0 is the beginning of the file.
    pub hop: u32,
    /// How many rows were done at the last checkpoint; nothing before the first one and after the end.
    pub rows_done: Option<u64>,
    /// Unfinished uploads of result files, by object key, so that an attempt that starts over can abort them.
    pub uploads: Vec<(String, String)>,
    /// Who works on it.
    pub owner: String,
    /// Until when, in epoch milliseconds.
    pub lease_until_ms: i64,
    /// The summary as JSON, once it has ended.
    pub summary: Option<String>,
    /// Machine name and sentence of what went wrong.
    pub failure: Option<(String, String)>,
    /// When its records expire, in epoch seconds.
    pub expires_at: i64,
}

impl TryFrom<&Item> for Job {
    type Error = Error;

    fn try_from(item: &Item) -> Result<Self, Error> {
        let bad = |detail: String| Error::BadRecord { what: "job", detail };
        let optional = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
        let text = |name: &str| optional(name).ok_or_else(|| bad(format!("{name} is missing")));
        let number = |name: &str| {
            let digits = item.get(name).and_then(|value| value.as_n().ok());
            digits.and_then(|digits| digits.parse::<i64>().ok()).ok_or_else(|| bad(format!("{name} is no number")))
        };
        let count = |name: &str| u32::try_from(number(name)?).map_err(|_| bad(format!("{name} is out of range")));
        let state = match text("state")?.as_str() {
            "running" => State::Running,
            "done" => State::Done,
            "failed" => State::Failed,
            other => return Err(bad(format!("the state {other} is unknown"))),
        };
        Ok(Self {
            job_id: text("job_id")?,
            state,
            bucket: text("bucket")?,
            key: text("key")?,
            version_id: optional("version_id"),
            etag: optional("etag"),
            upload: Upload { at_ms: number("uploaded_ms")?, sequencer: text("sequencer")? },
            started_at: text("started_at")?,
            finished_at: optional("finished_at"),
            attempts: count("attempts")?,
            hop: count("hop")?,
            rows_done: item.get("rows_done").and_then(|value| value.as_n().ok()).and_then(|digits| digits.parse().ok()),
            uploads: uploads(item),
            owner: text("owner")?,
            lease_until_ms: number("lease_until_ms")?,
            summary: optional("summary"),
            failure: optional("failure_code").map(|code| (code, optional("failure_detail").unwrap_or_default())),
            expires_at: number(EXPIRES_AT)?,
        })
    }
}

fn uploads(item: &Item) -> Vec<(String, String)> {
    let pairs = item.get("uploads").and_then(|value| value.as_l().ok()).map_or(&[][..], Vec::as_slice);
    pairs
        .iter()
        .filter_map(|pair| match pair.as_l().ok()?.as_slice() {
            [key, id] => Some((key.as_s().ok()?.clone(), id.as_s().ok()?.clone())),
            _ => None,
        })
        .collect()
}
