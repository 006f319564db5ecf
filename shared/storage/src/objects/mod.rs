//! How are objects named, read and written?

mod body;
mod presign;
mod read;
mod write;

pub use body::{BodyFeeder, BodyReader, Waited, body};
pub use presign::{Disposition, Presigned, Validity, presign_download, presign_upload};
pub use read::{Download, Source};
pub use write::{ObjectWriter, Suspended};

use crate::Error;
use crate::limits::CHECKPOINT_BYTES_MAX;
use aws_sdk_s3::Client;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::primitives::ByteStream;
use bytes::Bytes;

/// The files of one job in the results bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobFiles {
    /// One result a line, in input order, compressed.
    pub scored: String,
    /// One rejected row a line.
    pub rejects: String,
    /// The counts.
    pub summary: String,
    /// The page for people.
    pub report: String,
    prefix: String,
}

/// The files of one audit run in the results bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFiles {
    /// The page for people.
    pub report_page: String,
    /// The same for programs.
    pub report: String,
    /// What was sent to review, one listing a line.
    pub sample: String,
    /// The listings whose band another policy changes, one a line.
    pub changes: String,
    /// Statements of reasons, one batch a line.
    pub statements: String,
    /// What later runs compare with.
    pub profile: String,
    /// What the run goes over, and the decisions that it goes by, as they were when it began.
    pub plan: String,
    prefix: String,
}

impl AuditFiles {
    /// Of one run.
    #[must_use]
    pub fn of(run_id: &str) -> Self {
        let prefix = format!("audits/{run_id}/");
        Self {
            report_page: format!("{prefix}report.html"),
            report: format!("{prefix}report.json"),
            sample: format!("{prefix}sample.jsonl"),
            changes: format!("{prefix}changes.jsonl.zst"),
            statements: format!("{prefix}statements.jsonl"),
            profile: format!("{prefix}profile.json"),
            plan: format!("{prefix}plan.json.zst"),
            prefix,
        }
    }

    /// What a hop leaves for the next one; removed when the run has ended.
    #[must_use]
    pub fn checkpoint(&self, hop: u32) -> String {
        format!("{}hops/{hop}/checkpoint.json.zst", self.prefix)
    }

    /// The end of a file that was too short for a part of its own when a hop ended.
    #[must_use]
    pub fn tail(&self, hop: u32, name: &str) -> String {
        format!("{}hops/{hop}/{name}.tail", self.prefix)
    }
}

/// Where the seal of a day's decisions stands in the results bucket.
#[must_use]
pub fn seal_key(day: &str) -> String {
    format!("audits/seals/{day}.json")
}

/// Where the seal of a job's result file stands in the results bucket.
#[must_use]
pub fn file_seal_key(job_id: &str) -> String {
    format!("audits/seals/jobs/{job_id}.json")
}

/// Where the chain of all seals stands in the results bucket.
pub const SEAL_CHAIN_KEY: &str = "audits/seals/chain.json";

/// Everything below these prefixes of the results bucket is ours.
pub const OWN_PREFIXES: [&str; 2] = ["jobs/", "audits/"];

impl JobFiles {
    /// Of one job.
    #[must_use]
    pub fn of(job_id: &str) -> Self {
        let prefix = format!("jobs/{job_id}/");
        Self {
            scored: format!("{prefix}scored.jsonl.zst"),
            rejects: format!("{prefix}rejects.jsonl"),
            summary: format!("{prefix}summary.json"),
            report: format!("{prefix}report.html"),
            prefix,
        }
    }

    /// What a hop leaves for the next one; removed when the job has ended.
    #[must_use]
    pub fn checkpoint(&self, hop: u32) -> String {
        format!("{}hops/{hop}/checkpoint.json", self.prefix)
    }

    /// The end of a result file that was too short for a part of its own when a hop ended.
    #[must_use]
    pub fn tail(&self, hop: u32, name: &str) -> String {
        format!("{}hops/{hop}/{name}.tail", self.prefix)
    }
}

/// Writes a small object in one call.
///
/// # Errors
/// When S3 refuses.
pub async fn put(s3: &Client, bucket: &str, key: &str, content_type: &str, body: impl Into<Bytes>) -> Result<(), Error> {
    let request = s3.put_object().bucket(bucket).key(key).content_type(content_type).body(ByteStream::from(body.into()));
    request.send().await.map_err(|error| Error::service("PutObject", error))?;
    Ok(())
}

/// Reads a small object that we wrote ourselves.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::BadRecord`] when it is larger than any of ours; or when S3 refuses or the body breaks off again and again.
pub async fn get(s3: &Client, bucket: &str, key: &str) -> Result<Bytes, Error> {
    let mut download = Download::open(s3, Source::latest(bucket, key)).await?;
    let size = usize::try_from(download.size()).ok().filter(|&size| size <= CHECKPOINT_BYTES_MAX);
    let size =
        size.ok_or_else(|| Error::BadRecord { what: "work object", detail: format!("it has {} bytes", download.size()) })?;
    let mut body = Vec::with_capacity(size);
    while let Some(chunk) = download.next().await? {
        body.extend_from_slice(&chunk);
    }
    Ok(body.into())
}

/// Removes an object; one that is gone already is fine.
///
/// # Errors
/// When S3 refuses.
pub async fn delete(s3: &Client, bucket: &str, key: &str) -> Result<(), Error> {
    match s3.delete_object().bucket(bucket).key(key).send().await {
        Ok(_) => Ok(()),
        Err(error) if is_gone(error.raw_response().map(|response| response.status().as_u16())) => Ok(()),
        Err(error) => Err(Error::service("DeleteObject", error)),
    }
}

/// Ends an upload that will not be completed, so that its parts are not kept and paid for; one that is gone already is fine.
///
/// # Errors
/// When S3 refuses.
pub async fn abort_upload(s3: &Client, bucket: &str, key: &str, upload_id: &str) -> Result<(), Error> {
    match s3.abort_multipart_upload().bucket(bucket).key(key).upload_id(upload_id).send().await {
        Ok(_) => Ok(()),
        Err(error) if is_gone(error.raw_response().map(|response| response.status().as_u16())) => Ok(()),
        Err(error) => Err(Error::service("AbortMultipartUpload", error)),
    }
}

fn is_gone(status: Option<u16>) -> bool {
    status == Some(404)
}

fn get_error(error: aws_sdk_s3::error::SdkError<GetObjectError>) -> Error {
    match error.raw_response().map(|response| response.status().as_u16()) {
        Some(404) if error.as_service_error().is_some_and(|error| error.meta().code() != Some("NoSuchBucket")) => Error::NotFound,
        Some(412) => Error::Replaced,
        _ => Error::service("GetObject", error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_the_contract() {
        let files = JobFiles::of("j-1");
        assert_eq!(files.scored, "jobs/j-1/scored.jsonl.zst");
        assert_eq!(files.rejects, "jobs/j-1/rejects.jsonl");
        assert_eq!(files.summary, "jobs/j-1/summary.json");
        assert_eq!(files.report, "jobs/j-1/report.html");
        assert!(OWN_PREFIXES.iter().any(|prefix| files.checkpoint(3).starts_with(prefix)));
        assert_ne!(files.tail(3, "scored"), files.tail(4, "scored"), "a repeated hop must not change what an earlier one left");
    }
}
