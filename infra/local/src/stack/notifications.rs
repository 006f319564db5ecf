//! What does the bucket tell the queue when an object was written?

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use axum::http::{HeaderMap, Method, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Value, json};

use super::{REGION, UPLOADS_BUCKET};
use crate::error::LocalError;
use crate::queue::Queue;
use crate::queue::server::now_ms;

/// What S3 leaves as it is in the key of an event. A space becomes `+`.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'*').remove(b' ');

/// A request that writes an object into the uploads bucket if it succeeds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Write {
    key: String,
    event_name: &'static str,
}

impl Write {
    /// Reads method, path, query and headers; nothing for any other request.
    pub(super) fn of(method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Self> {
        let (bucket, key) = uri.path().strip_prefix('/')?.split_once('/')?;
        if bucket != UPLOADS_BUCKET || key.is_empty() {
            return None;
        }
        let key = percent_decode_str(key).decode_utf8().ok()?.into_owned();
        let mut names = uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split('=').next());
        let event_name = match *method {
            // A query means another resource of the object, such as its tags; only the SDK's and the signature's parameters do not.
            Method::PUT if names.all(|name| name.is_empty() || name == "x-id" || name.starts_with("X-Amz-")) => {
                if headers.contains_key("x-amz-copy-source") { "ObjectCreated:Copy" } else { "ObjectCreated:Put" }
            }
            Method::POST if names.any(|name| name == "uploadId") => "ObjectCreated:CompleteMultipartUpload",
            _ => return None,
        };
        Some(Self { key, event_name })
    }
}

/// Puts the event of a finished write into the queue.
pub(super) struct Announcer {
    s3: aws_sdk_s3::Client,
    queue: Arc<Queue>,
    last_sequencer: AtomicU64,
}

impl Announcer {
    pub(super) fn new(s3: aws_sdk_s3::Client, queue: Arc<Queue>) -> Self {
        Self { s3, queue, last_sequencer: AtomicU64::new(0) }
    }

    /// Sends the event of `write`, which must have succeeded.
    ///
    /// # Errors
    /// When the object cannot be looked up again, or the queue cannot take the message.
    pub(super) async fn announce(&self, write: &Write) -> Result<(), LocalError> {
        let head = self.s3.head_object().bucket(UPLOADS_BUCKET).key(&write.key).send().await;
        let head = head.map_err(|error| LocalError::call("head object", &error))?;
        let sequencer = self.next_sequencer();
        let event = event(write, head.content_length().unwrap_or_default(), head.e_tag().unwrap_or_default(), sequencer);
        self.queue.send(event.to_string(), now_ms(), Duration::ZERO)?;
        Ok(())
    }

    /// Nanoseconds since 1970, but always above the last one: later writes sort later, also after a restart.
    fn next_sequencer(&self) -> u64 {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let now = u64::try_from(since.as_nanos()).unwrap_or(u64::MAX);
        let next = |last: u64| now.max(last.saturating_add(1));
        // The closure always returns a value, so the update cannot fail.
        self.last_sequencer.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| Some(next(last))).map_or(now, next)
    }
}

/// The event in the shape S3 sends it, sequencer as sixteen hexadecimal digits.
fn event(write: &Write, size_bytes: i64, e_tag: &str, sequencer: u64) -> Value {
    let time = jiff::Timestamp::from_nanosecond(i128::from(sequencer)).unwrap_or_default();
    json!({"Records": [{
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": REGION,
        "eventTime": format!("{time:.3}"),
        "eventName": write.event_name,
        "userIdentity": {"principalId": "local"},
        "requestParameters": {"sourceIPAddress": "127.0.0.1"},
        "responseElements": {},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "ingest",
            "bucket": {
                "name": UPLOADS_BUCKET,
                "ownerIdentity": {"principalId": "local"},
                "arn": format!("arn:aws:s3:::{UPLOADS_BUCKET}"),
            },
            "object": {
                "key": encode_key(&write.key),
                "size": size_bytes,
                "eTag": e_tag.trim_matches('"'),
                "sequencer": format!("{sequencer:016X}"),
            },
        },
    }]})
}

fn encode_key(key: &str) -> String {
    let escaped: Cow<'_, str> = utf8_percent_encode(key, ESCAPED).into();
    escaped.replace(' ', "+")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: &Method, uri: &str, copy: bool, expected: Option<(&str, &'static str)>) {
        let mut headers = HeaderMap::new();
        if copy {
            headers.insert("x-amz-copy-source", "a/b".parse().unwrap());
        }
        let expected = expected.map(|(key, event_name)| Write { key: key.to_owned(), event_name });
        assert_eq!(Write::of(method, &uri.parse().unwrap(), &headers), expected, "{method} {uri}");
    }

    #[test]
    fn only_writes_of_objects_into_the_uploads_bucket_are_announced() {
        let put = Some(("exports/a.csv", "ObjectCreated:Put"));
        check(&Method::PUT, "/touchstone-uploads/exports/a.csv", false, put);
        check(&Method::PUT, "/touchstone-uploads/exports/a.csv?x-id=PutObject", false, put);
        check(&Method::PUT, "/touchstone-uploads/exports/a.csv?X-Amz-Signature=1&X-Amz-Date=2", false, put);
        check(&Method::PUT, "/touchstone-uploads/exports/a.csv", true, Some(("exports/a.csv", "ObjectCreated:Copy")));
        check(&Method::PUT, "/touchstone-uploads/a%20%2B%E5%8D%8E?x-id=PutObject", false, Some(("a +华", "ObjectCreated:Put")));
        check(&Method::POST, "/touchstone-uploads/a?uploadId=7", false, Some(("a", "ObjectCreated:CompleteMultipartUpload")));

        check(&Method::POST, "/touchstone-uploads/a?uploads", false, None);
        check(&Method::PUT, "/touchstone-uploads/a?partNumber=1&uploadId=7&x-id=UploadPart", false, None);
        check(&Method::PUT, "/touchstone-uploads/a?tagging", false, None);
        check(&Method::PUT, "/touchstone-uploads", false, None);
        check(&Method::PUT, "/touchstone-uploads/", false, None);
        check(&Method::PUT, "/touchstone-results/jobs/a", false, None);
        check(&Method::GET, "/touchstone-uploads/a", false, None);
        check(&Method::DELETE, "/touchstone-uploads/a", false, None);
    }

    #[test]
    fn keys_are_encoded_as_s3_encodes_them() {
        assert_eq!(encode_key("exports/a b+c/d'é.csv"), "exports/a+b%2Bc/d%27%C3%A9.csv");
    }

    #[test]
    fn the_event_has_the_shape_of_s3() {
        let write = Write { key: "exports/a b.csv".into(), event_name: "ObjectCreated:Put" };
        let event = event(&write, 12, "\"abc\"", 1_796_083_200_123_456_789);
        let record = &event["Records"][0];
        assert_eq!(record["eventTime"], "2026-12-01T00:00:00.123Z");
        assert_eq!(
            record["s3"]["object"],
            json!({"key": "exports/a+b.csv", "size": 12, "eTag": "abc", "sequencer": "18ECF8278A67CD15"})
        );
    }
}
