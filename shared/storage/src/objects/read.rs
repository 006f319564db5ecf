//! How is an object read to its last byte, when the connection is not?
//!
//! The SDK retries a call but not a body that has begun. This goes on by `Range` where the body broke off, on condition that the
//! object is still the same one, and takes no early end for the end.

use super::get_error;
use crate::Error;
use crate::backoff::pause;
use crate::limits::RESUMES_WITHOUT_PROGRESS_MAX;
use aws_sdk_s3::Client;
use aws_sdk_s3::operation::get_object::GetObjectOutput;
use aws_sdk_s3::primitives::ByteStream;
use bytes::Bytes;

/// One object, as an event names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Bucket.
    pub bucket: String,
    /// Key, decoded.
    pub key: String,
    /// Version, when the bucket is versioned.
    pub version_id: Option<String>,
    /// Entity tag without quotes; a different one means the object was replaced. Learned from the first answer when absent.
    pub etag: Option<String>,
    /// Size in bytes. Learned from the first answer when absent.
    pub size: Option<u64>,
}

impl Source {
    /// Whatever is there now.
    #[must_use]
    pub fn latest(bucket: &str, key: &str) -> Self {
        Self { bucket: bucket.to_owned(), key: key.to_owned(), ..Self::default() }
    }

    /// Asks S3 for what the event did not say: entity tag, size; and gives the time of the last change in epoch milliseconds.
    ///
    /// # Errors
    /// [`Error::NotFound`], or when S3 refuses.
    pub async fn complete(&mut self, s3: &Client) -> Result<i64, Error> {
        let request = s3.head_object().bucket(&self.bucket).key(&self.key).set_version_id(self.version_id.clone());
        let head =
            request.send().await.map_err(|error| match error.raw_response().map(|response| response.status().as_u16()) {
                Some(404) => Error::NotFound,
                _ => Error::service("HeadObject", error),
            })?;
        if self.etag.is_none() {
            self.etag = head.e_tag().map(|etag| without_quotes(etag).to_owned());
        }
        if self.size.is_none() {
            self.size = head.content_length().and_then(|length| u64::try_from(length).ok());
        }
        Ok(head.last_modified().and_then(|time| time.to_millis().ok()).unwrap_or_default())
    }
}

type Cause = Option<Box<dyn std::error::Error + Send + Sync>>;

/// An object being read.
#[derive(Debug)]
pub struct Download {
    s3: Client,
    source: Source,
    etag: Option<String>,
    size: u64,
    position: u64,
    body: Option<ByteStream>,
    /// Breaks since the last byte that came.
    breaks: u32,
}

impl Download {
    /// Begins to read.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Replaced`] when it is not the one the source names; or when S3 refuses.
    pub async fn open(s3: &Client, source: Source) -> Result<Self, Error> {
        let mut download =
            Self { s3: s3.clone(), etag: source.etag.clone(), size: 0, position: 0, body: None, breaks: 0, source };
        let answer = download.request().await?;
        let length = answer.content_length().and_then(|length| u64::try_from(length).ok());
        // The event's size wins over the length of this body: a proxy may shorten a body and its length with it.
        download.size = download.source.size.or(length).unwrap_or_default();
        download.etag = answer.e_tag().map(|etag| without_quotes(etag).to_owned());
        download.body = Some(answer.body);
        Ok(download)
    }

    /// Size of the whole object, in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The next bytes; `None` at the end of the object, and only there.
    ///
    /// # Errors
    /// [`Error::BrokenBody`] when it breaks off again and again without a byte in between, [`Error::Corrupted`] when the whole does not
    /// match its checksum, [`Error::Replaced`] and [`Error::NotFound`] when it changed meanwhile.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            let Some(body) = &mut self.body else {
                self.resume().await?;
                continue;
            };
            match body.next().await {
                Some(Ok(chunk)) if chunk.is_empty() => {}
                Some(Ok(chunk)) => {
                    self.breaks = 0;
                    self.position += chunk.len() as u64;
                    // More than the whole: what is read is not what the event means.
                    return if self.position > self.size { Err(Error::Replaced) } else { Ok(Some(chunk)) };
                }
                None if self.position == self.size => return Ok(None),
                // The SDK checks the checksum of a whole body at its end.
                Some(Err(error)) if self.position == self.size => return Err(Error::Corrupted(Box::new(error))),
                None => self.broke(None)?,
                Some(Err(error)) => self.broke(Some(Box::new(error)))?,
            }
        }
    }

    /// Goes on where the body broke off.
    async fn resume(&mut self) -> Result<(), Error> {
        tokio::time::sleep(pause(self.breaks.saturating_sub(1))).await;
        match self.request().await {
            // An answer that does not say that it begins there might begin anywhere.
            Ok(answer) if self.position > 0 && !begins_at(&answer, self.position) => self.broke(None),
            Ok(answer) => {
                self.body = Some(answer.body);
                Ok(())
            }
            // The object is the one that the event means, and shorter than the event says.
            Err(Error::Service { service_code: Some(code), .. }) if code == "InvalidRange" => Err(self.broken(None)),
            Err(error) => Err(error),
        }
    }

    /// Counts a break, and gives up after too many.
    fn broke(&mut self, source: Cause) -> Result<(), Error> {
        self.body = None;
        self.breaks += 1;
        tracing::debug!(position = self.position, size = self.size, breaks = self.breaks, "body broke off");
        if self.breaks > RESUMES_WITHOUT_PROGRESS_MAX { Err(self.broken(source)) } else { Ok(()) }
    }

    fn broken(&self, source: Cause) -> Error {
        Error::BrokenBody { position: self.position, size: self.size, source }
    }

    async fn request(&self) -> Result<GetObjectOutput, Error> {
        let range = (self.position > 0).then(|| format!("bytes={}-", self.position));
        let answer = self
            .s3
            .get_object()
            .bucket(&self.source.bucket)
            .key(&self.source.key)
            .set_version_id(self.source.version_id.clone())
            .set_if_match(self.etag.as_ref().map(|etag| format!("\"{etag}\"")))
            .set_range(range)
            .send()
            .await
            .map_err(get_error)?;
        // Not every store heeds the condition, so the answer is looked at as well.
        let same = match (&self.etag, answer.e_tag()) {
            (Some(expected), Some(found)) => expected == without_quotes(found),
            _ => true,
        };
        if same { Ok(answer) } else { Err(Error::Replaced) }
    }
}

fn begins_at(answer: &GetObjectOutput, position: u64) -> bool {
    answer.content_range().is_some_and(|range| range.starts_with(&format!("bytes {position}-")))
}

fn without_quotes(etag: &str) -> &str {
    etag.trim_start_matches("W/").trim_matches('"')
}
