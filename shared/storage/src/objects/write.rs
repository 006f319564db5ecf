//! How does a result file of any size get into S3 in bounded memory, over several invocations?
//!
//! Bytes are collected into parts. A file that stays below one part is written in one call. When an invocation ends early, the
//! unfinished upload is put into a [`Suspended`] record, and what is too short for a part of its own into an object beside it.

use crate::Error;
use crate::limits::{PART_BYTES, PARTS_IN_FLIGHT_MAX, PARTS_MAX};
use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumAlgorithm, CompletedMultipartUpload, CompletedPart};
use bytes::{Bytes, BytesMut};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

/// An object being written.
#[derive(Debug)]
pub struct ObjectWriter {
    target: Target,
    buffer: BytesMut,
    upload: Option<Upload>,
    /// Whether the upload was begun by an earlier invocation, and may be gone by now.
    resumed: bool,
    in_flight: JoinSet<Result<Part, Error>>,
    bytes_written: u64,
}

#[derive(Clone, Debug)]
struct Target {
    s3: Client,
    bucket: String,
    key: String,
    content_type: &'static str,
}

/// An upload that S3 has begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Upload {
    id: String,
    /// Those that S3 has, in any order.
    parts: Vec<Part>,
    /// Number of the next part; they count from 1.
    next_number: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    number: i32,
    etag: String,
    checksum: Option<String>,
}

/// What the next invocation needs to go on with an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended {
    upload: Option<Upload>,
    /// Key of the object with the bytes that are not in a part yet.
    tail: Option<String>,
    bytes_written: u64,
}

impl Suspended {
    /// Key of the object with the bytes that were not in a part yet.
    #[must_use]
    pub fn tail(&self) -> Option<&str> {
        self.tail.as_deref()
    }
}

impl ObjectWriter {
    /// Begins an object; S3 hears of it when the first part is full.
    #[must_use]
    pub fn new(s3: &Client, bucket: &str, key: &str, content_type: &'static str) -> Self {
        let target = Target { s3: s3.clone(), bucket: bucket.to_owned(), key: key.to_owned(), content_type };
        Self { target, buffer: BytesMut::new(), upload: None, resumed: false, in_flight: JoinSet::new(), bytes_written: 0 }
    }

    /// Goes on with an object.
    ///
    /// # Errors
    /// When the tail cannot be read.
    pub async fn resume(
        s3: &Client,
        bucket: &str,
        key: &str,
        content_type: &'static str,
        suspended: Suspended,
    ) -> Result<Self, Error> {
        let mut writer = Self::new(s3, bucket, key, content_type);
        if let Some(tail) = &suspended.tail {
            writer.buffer.extend_from_slice(&super::get(s3, bucket, tail).await?);
        }
        writer.resumed = suspended.upload.is_some();
        writer.upload = suspended.upload;
        writer.bytes_written = suspended.bytes_written;
        Ok(writer)
    }

    /// Takes bytes; waits while too many parts are in flight.
    ///
    /// # Errors
    /// [`Error::TooManyParts`], [`Error::UploadGone`], or when S3 refuses.
    pub async fn write(&mut self, mut bytes: &[u8]) -> Result<(), Error> {
        self.bytes_written += bytes.len() as u64;
        while !bytes.is_empty() {
            let taken = bytes.len().min(PART_BYTES - self.buffer.len());
            self.buffer.extend_from_slice(&bytes[..taken]);
            bytes = &bytes[taken..];
            if self.buffer.len() == PART_BYTES {
                self.send_part().await?;
            }
        }
        Ok(())
    }

    /// Bytes that the object has so far.
    #[must_use]
    pub fn bytes_written(&self) -> u64 {
        self.bytes_written
    }

    /// Key and id of the upload that S3 has begun, so that somebody else can abort it.
    #[must_use]
    pub fn unfinished_upload(&self) -> Option<(String, String)> {
        self.upload.as_ref().map(|upload| (self.target.key.clone(), upload.id.clone()))
    }

    /// Writes the rest; then the object is there, and was not before.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub async fn finish(mut self) -> Result<(), Error> {
        if self.upload.is_none() {
            let Target { s3, bucket, key, content_type } = &self.target;
            return super::put(s3, bucket, key, content_type, self.buffer.freeze()).await;
        }
        if !self.buffer.is_empty() {
            self.send_part().await?;
        }
        while self.take_part().await? {}
        let Some(upload) = self.upload else { return Ok(()) };
        match self.target.complete(upload).await {
            Ok(()) => Ok(()),
            // It may have been completed before, by a call whose answer was lost or by an attempt that was cut off. The key is the
            // job's own and the content follows from the upload, so an object of the same size is the same object.
            Err(_) if self.target.size().await.is_ok_and(|size| size == Some(self.bytes_written)) => Ok(()),
            Err(error) => Err(gone_if(self.resumed, error)),
        }
    }

    /// Leaves the object for the next invocation. The bytes that are not in a part yet go into an object of key `tail`.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub async fn suspend(mut self, tail: String) -> Result<Suspended, Error> {
        while self.take_part().await? {}
        let tail = if self.buffer.is_empty() {
            None
        } else {
            super::put(&self.target.s3, &self.target.bucket, &tail, "application/octet-stream", self.buffer.freeze()).await?;
            Some(tail)
        };
        Ok(Suspended { upload: self.upload, tail, bytes_written: self.bytes_written })
    }

    async fn send_part(&mut self) -> Result<(), Error> {
        while self.in_flight.len() >= PARTS_IN_FLIGHT_MAX {
            self.take_part().await?;
        }
        let upload = match &mut self.upload {
            Some(upload) => upload,
            none => none.insert(self.target.begin().await?),
        };
        let number = upload.next_number;
        if usize::try_from(number).is_ok_and(|number| number > PARTS_MAX) {
            return Err(Error::TooManyParts);
        }
        upload.next_number += 1;
        let bytes = std::mem::take(&mut self.buffer).freeze();
        self.in_flight.spawn(self.target.clone().send(upload.id.clone(), number, bytes));
        Ok(())
    }

    /// Waits for one part; `false` when none is in flight.
    async fn take_part(&mut self) -> Result<bool, Error> {
        let part = match self.in_flight.join_next().await {
            None => return Ok(false),
            Some(Ok(part)) => part.map_err(|error| gone_if(self.resumed, error))?,
            Some(Err(_)) => return Err(Error::Interrupted),
        };
        if let Some(upload) = &mut self.upload {
            upload.parts.push(part);
        }
        Ok(true)
    }
}

impl Target {
    async fn begin(&self) -> Result<Upload, Error> {
        // Said here as well as with each part: S3 refuses part checksums of another kind than the upload began with.
        let request = self.s3.create_multipart_upload().bucket(&self.bucket).key(&self.key).content_type(self.content_type);
        let request = request.checksum_algorithm(ChecksumAlgorithm::Crc32);
        let answer = request.send().await.map_err(|error| Error::service("CreateMultipartUpload", error))?;
        let id = answer.upload_id.ok_or(Error::BadRecord { what: "upload", detail: "S3 gave it no id".to_owned() })?;
        Ok(Upload { id, parts: Vec::new(), next_number: 1 })
    }

    async fn send(self, upload_id: String, number: i32, bytes: Bytes) -> Result<Part, Error> {
        let answer = self
            .s3
            .upload_part()
            .bucket(&self.bucket)
            .key(&self.key)
            .upload_id(upload_id)
            .part_number(number)
            .checksum_algorithm(ChecksumAlgorithm::Crc32)
            .body(ByteStream::from(bytes))
            .send()
            .await
            .map_err(|error| Error::service("UploadPart", error))?;
        Ok(Part { number, etag: answer.e_tag.unwrap_or_default(), checksum: answer.checksum_crc32 })
    }

    async fn complete(&self, mut upload: Upload) -> Result<(), Error> {
        upload.parts.sort_unstable_by_key(|part| part.number);
        let parts = upload.parts.into_iter().map(|part| {
            CompletedPart::builder().part_number(part.number).e_tag(part.etag).set_checksum_crc32(part.checksum).build()
        });
        let parts = CompletedMultipartUpload::builder().set_parts(Some(parts.collect())).build();
        self.s3
            .complete_multipart_upload()
            .bucket(&self.bucket)
            .key(&self.key)
            .upload_id(upload.id)
            .multipart_upload(parts)
            .send()
            .await
            .map_err(|error| Error::service("CompleteMultipartUpload", error))?;
        Ok(())
    }

    /// Size of the object that is there under the key, if one is.
    async fn size(&self) -> Result<Option<u64>, Error> {
        let mut there = super::Source::latest(&self.bucket, &self.key);
        match there.complete(&self.s3).await {
            Ok(_) => Ok(there.size),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// S3 says that an upload is unknown. Other stores refuse access to it; of an upload that an earlier invocation began, that means the same
/// (when access is refused in earnest, the next upload cannot begin either).
fn gone_if(resumed: bool, error: Error) -> Error {
    match error.service_code() {
        Some("NoSuchUpload") => Error::UploadGone,
        Some("AccessDenied") if resumed => Error::UploadGone,
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suspended_object_survives_json() {
        let part = |number| Part { number, etag: format!("\"{number}\""), checksum: Some("AAAAAA==".into()) };
        let upload = Upload { id: "u-1".into(), parts: vec![part(2), part(1)], next_number: 3 };
        for suspended in [
            Suspended { upload: None, tail: None, bytes_written: 0 },
            Suspended { upload: Some(upload), tail: Some("jobs/j-1/hops/1/scored.tail".into()), bytes_written: 16_777_217 },
        ] {
            let json = serde_json::to_string(&suspended).unwrap();
            assert_eq!(serde_json::from_str::<Suspended>(&json).unwrap(), suspended);
        }
    }
}
