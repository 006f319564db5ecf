//! Which of two results of a listing is the newer? The one whose upload is newer, whenever its event comes.

use crate::Error;
use crate::limits::SEQUENCER_WIDTH;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// When an object was uploaded, by its own account and not by when we heard of it. Kept in the job record when the job begins,
/// so that every delivery of its event orders the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// S3's own order of the versions of one key: hexadecimal digits; may be empty.
    pub sequencer: String,
}

impl Upload {
    /// The day of the upload, UTC: `2026-11-23`.
    ///
    /// # Errors
    /// When the time is outside the years that can be written.
    pub fn day(&self) -> Result<String, Error> {
        Ok(self.timestamp()?.strftime("%Y-%m-%d").to_string())
    }

    /// The part of a sort key that all rows of the job have in common. Keys sort as the uploads: by time, then by sequencer (which
    /// S3 says to pad on the right and to compare as text, and only orders versions of the same key), then by job.
    ///
    /// # Errors
    /// When the time is outside the years that can be written.
    pub fn key(&self, job_id: &str) -> Result<String, Error> {
        let time = self.timestamp()?.strftime("%Y-%m-%dT%H:%M:%S.%3fZ");
        let digits: String = self
            .sequencer
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(SEQUENCER_WIDTH)
            .collect::<String>()
            .to_ascii_uppercase();
        Ok(format!("{time}#{digits:0<SEQUENCER_WIDTH$}#{job_id}"))
    }

    fn timestamp(&self) -> Result<Timestamp, Error> {
        Timestamp::from_millisecond(self.at_ms)
            .map_err(|error| Error::BadRecord { what: "upload time", detail: error.to_string() })
    }
}

/// The sort key of one row of a job. `row` counts from 0, rejected rows included, so a listing that occurs twice has two keys
/// and the later row is the newer.
pub(crate) fn row_key(upload_key: &str, row: u64) -> String {
    format!("{upload_key}#{row:010}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(at_ms: i64, sequencer: &str, job: &str, row: u64) -> String {
        row_key(&Upload { at_ms, sequencer: sequencer.into() }.key(job).unwrap(), row)
    }

    #[test]
    fn newer_uploads_sort_behind_older_ones() {
        let newer_last = [
            key(999, "FF", "j-9", 9),
            key(1_000, "", "j-9", 9),
            key(1_000, "0055AED6DCD902", "j-9", 9),
            // Shorter sequencers are padded on the right: 0055AED6DCD90281 is newer than 0055AED6DCD902.
            key(1_000, "0055AED6DCD90281E5", "j-1", 0),
            key(1_000, "0055aed6dcd90281f5", "j-1", 0),
            key(1_000, "0055AED6DCD90281F5", "j-2", 2),
            key(1_000, "0055AED6DCD90281F5", "j-2", 10),
            key(1_790_000_000_000, "", "j-1", 0),
        ];
        assert!(newer_last.is_sorted_by(|a, b| a < b), "{newer_last:#?}");
    }

    #[test]
    fn a_key_is_readable_and_short() {
        let upload = Upload { at_ms: 1_790_000_000_007, sequencer: "00#1;x".into() };
        assert_eq!(upload.key("j-1").unwrap(), "2026-09-21T14:13:20.007Z#001X0000000000000000000000000000#j-1");
        assert_eq!(upload.day().unwrap(), "2026-09-21");
        assert!(Upload { at_ms: i64::MAX, sequencer: String::new() }.key("j-1").is_err());
        assert!(key(0, &"F".repeat(500), &"j".repeat(40), u64::MAX).len() < 1_024, "sort keys end at 1,024 bytes");
    }
}
