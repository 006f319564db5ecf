//! Which objects does an event tell of, whatever way it came?
//!
//! S3 calls us directly, through SQS, through EventBridge, or through EventBridge and SQS; and a function that ran out of time
//! sends itself a [`Continuation`]. The records are read with structs of our own: those of `aws_lambda_events` insist on fields
//! that stores other than S3 leave out, do not decode keys, and bring another time crate.

use crate::Error;
use crate::limits::NESTING_MAX;
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What one call of a function brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The way it came, which decides how failures are answered.
    pub way: Way,
    /// Its messages.
    pub messages: Vec<Message>,
}

/// The way an event came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From a queue: failed messages are named in the answer.
    Queue,
    /// By an invocation of its own: a failure is an error.
    Direct,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id in the queue; empty when it came directly.
    pub id: String,
    /// What it asks for, nothing included; or why it is not understood.
    pub work: Result<Vec<Work>, Error>,
}

/// What a message asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// An object was uploaded.
    Object(ObjectRef),
    /// A job goes on.
    Continue(Continuation),
}

/// An uploaded object, as an event names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectRef {
    /// Bucket.
    pub bucket: String,
    /// Key, decoded.
    pub key: String,
    /// Version, when the bucket is versioned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
    /// Entity tag, without quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// Size in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// S3's order of the versions of one key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequencer: Option<String>,
    /// When it was uploaded, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_time_ms: Option<i64>,
}

/// The message by which a job that ran out of time goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "touchstone", rename = "continue")]
pub struct Continuation {
    /// The job.
    pub job_id: String,
    /// Its object.
    pub object: ObjectRef,
    /// The checkpoint it goes on from.
    pub hop: u32,
}

impl Delivery {
    /// Reads any event that we know.
    #[must_use]
    pub fn read(event: &Value) -> Self {
        if let Some(records) = queue_records(event) {
            let messages =
                records.iter().map(|record| Message { id: text(record, "messageId"), work: queue_message(record) }).collect();
            return Self { way: Way::Queue, messages };
        }
        Self { way: Way::Direct, messages: vec![Message { id: String::new(), work: work(event, 0) }] }
    }
}

/// The records of an SQS event; an S3 event has records as well, of another source.
fn queue_records(event: &Value) -> Option<&Vec<Value>> {
    let records = event.get("Records")?.as_array()?;
    records.first().is_some_and(|record| record.get("messageId").is_some()).then_some(records)
}

fn queue_message(record: &Value) -> Result<Vec<Work>, Error> {
    let body = record.get("body").and_then(Value::as_str).ok_or_else(|| unknown("the message has no body"))?;
    let body = serde_json::from_str(body).map_err(|error| Error::UnknownEvent(format!("the message is no JSON: {error}")))?;
    work(&body, 1)
}

fn work(event: &Value, depth: u32) -> Result<Vec<Work>, Error> {
    if depth > NESTING_MAX {
        return Err(unknown("events inside events, too deep"));
    }
    if event.get("touchstone").is_some() {
        let continuation =
            Continuation::deserialize(event).map_err(|error| Error::UnknownEvent(format!("continuation: {error}")))?;
        return Ok(vec![Work::Continue(continuation)]);
    }
    // S3 sends this once when a notification is set up.
    if event.get("Event").and_then(Value::as_str) == Some("s3:TestEvent") {
        return Ok(Vec::new());
    }
    if let Some(records) = event.get("Records").and_then(Value::as_array) {
        return records.iter().filter_map(|record| notification(record).transpose()).collect();
    }
    if event.get("source").and_then(Value::as_str) == Some("aws.s3") {
        return bridged(event);
    }
    Err(unknown("neither an S3 notification, nor an EventBridge event of S3, nor a continuation"))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    event_name: String,
    event_time: Option<String>,
    s3: Entity,
}

#[derive(Deserialize)]
struct Entity {
    bucket: Bucket,
    object: NotifiedObject,
}

#[derive(Deserialize)]
struct Bucket {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NotifiedObject {
    key: String,
    size: Option<u64>,
    e_tag: Option<String>,
    version_id: Option<String>,
    sequencer: Option<String>,
}

/// An S3 notification; `None` for anything but a new object. Its key is encoded as in an HTML form: `+` is a space and `%2B` a plus.
fn notification(record: &Value) -> Result<Option<Work>, Error> {
    let record = Record::deserialize(record).map_err(|error| Error::UnknownEvent(format!("S3 record: {error}")))?;
    if !record.event_name.trim_start_matches("s3:").starts_with("ObjectCreated:") {
        return Ok(None);
    }
    let object = record.s3.object;
    let key = object.key.replace('+', " ");
    let key = percent_decode_str(&key).decode_utf8().map_err(|_| unknown("the key is no UTF-8"))?.into_owned();
    Ok(Some(Work::Object(ObjectRef {
        bucket: record.s3.bucket.name,
        key,
        version_id: version(object.version_id),
        etag: etag(object.e_tag),
        size: object.size,
        sequencer: object.sequencer,
        event_time_ms: record.event_time.as_deref().and_then(epoch_ms),
    })))
}

#[derive(Deserialize)]
struct Detail {
    bucket: Bucket,
    object: BridgedObject,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct BridgedObject {
    key: String,
    size: Option<u64>,
    etag: Option<String>,
    version_id: Option<String>,
    sequencer: Option<String>,
}

/// An EventBridge event. Its key is NOT encoded: `+` is a plus.
fn bridged(event: &Value) -> Result<Vec<Work>, Error> {
    if event.get("detail-type").and_then(Value::as_str) != Some("Object Created") {
        return Ok(Vec::new());
    }
    let detail = event.get("detail").ok_or_else(|| unknown("the EventBridge event has no detail"))?;
    let detail = Detail::deserialize(detail).map_err(|error| Error::UnknownEvent(format!("EventBridge detail: {error}")))?;
    let object = detail.object;
    Ok(vec![Work::Object(ObjectRef {
        bucket: detail.bucket.name,
        key: object.key,
        version_id: version(object.version_id),
        etag: etag(object.etag),
        size: object.size,
        sequencer: object.sequencer,
        event_time_ms: event.get("time").and_then(Value::as_str).and_then(epoch_ms),
    })])
}

/// Objects from before versioning have the version "null", which a later upload may share.
fn version(id: Option<String>) -> Option<String> {
    id.filter(|id| !id.is_empty() && id != "null")
}

fn etag(etag: Option<String>) -> Option<String> {
    etag.map(|etag| etag.trim_matches('"').to_owned()).filter(|etag| !etag.is_empty())
}

fn epoch_ms(time: &str) -> Option<i64> {
    time.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn unknown(problem: &str) -> Error {
    Error::UnknownEvent(problem.to_owned())
}

#[cfg(test)]
mod tests;
