//! What does S3 say of an upload? Events in the shapes in which they come.

use super::{BEGINNING_MS, Message, UPLOADS, World, broken};
use crate::versions;
use aws_sdk_s3::primitives::ByteStream;
use serde_json::{Value, json};

/// One upload.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Key, as people write it.
    pub key: String,
    /// Content.
    pub body: Vec<u8>,
    /// Version, in a bucket that has them.
    pub version: Option<String>,
    /// When it was uploaded, in seconds after the beginning of the world.
    pub at_s: u64,
}

impl Upload {
    /// At the beginning of time, into a bucket without versions.
    #[must_use]
    pub fn new(key: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { key: key.to_owned(), body: body.into(), version: None, at_s: 0 }
    }

    /// Later, as another version.
    #[must_use]
    pub fn version(mut self, version: &str, at_s: u64) -> Self {
        (self.version, self.at_s) = (Some(version.to_owned()), at_s);
        self
    }

    /// Later.
    #[must_use]
    pub fn at(mut self, at_s: u64) -> Self {
        self.at_s = at_s;
        self
    }

    fn event(&self, etag: &str) -> Value {
        let mut object = json!({
            "key": form_encoded(&self.key),
            "size": self.body.len(),
            "eTag": etag.trim_matches('"'),
            // Sequencers of one key grow with time.
            "sequencer": format!("{:016X}", BEGINNING_MS + self.at_s * 1_000),
        });
        if let Some(version) = &self.version {
            object["versionId"] = json!(version);
        }
        let time = i64::try_from(BEGINNING_MS / 1_000 + self.at_s).map(|at| scoring::Timestamp(at).to_string());
        json!({"Records": [{
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "awsRegion": "eu-central-1",
            "eventTime": time.unwrap_or_default(),
            "eventName": "ObjectCreated:Put",
            "s3": {"s3SchemaVersion": "1.0", "bucket": {"name": UPLOADS}, "object": object},
        }]})
    }
}

impl World {
    /// Puts the object into the bucket; gives the event that S3 sends.
    ///
    /// # Panics
    /// When the store refuses.
    pub async fn upload(&self, upload: &Upload) -> Value {
        let versioned = upload.version.as_ref().map(|version| versions::key_of(&upload.key, version));
        let mut etag = String::new();
        for key in versioned.iter().chain([&upload.key]) {
            let put = self.stack.s3().put_object().bucket(UPLOADS).key(key).body(ByteStream::from(upload.body.clone()));
            let answer = put.send().await.unwrap_or_else(|error| broken("the upload", &error));
            etag = answer.e_tag().unwrap_or_default().to_owned();
        }
        upload.event(&etag)
    }

    /// Uploads; gives the message that announces it.
    pub async fn announced(&self, upload: &Upload) -> Message {
        let event = self.upload(upload).await;
        Message { id: format!("message of {} {}", upload.key, upload.at_s), body: event.to_string() }
    }
}

/// Messages as SQS hands them to a function.
#[must_use]
pub fn queue_event(messages: &[Message]) -> Value {
    let records = messages.iter().map(|message| {
        json!({
            "messageId": message.id,
            "receiptHandle": format!("receipt of {}", message.id),
            "body": message.body,
            "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": BEGINNING_MS.to_string()},
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:events",
            "awsRegion": "eu-central-1",
        })
    });
    json!({"Records": records.collect::<Vec<_>>()})
}

/// Keys in events are encoded as in an HTML form: a space is `+`, a plus `%2B`, and the slash stays.
fn form_encoded(key: &str) -> String {
    let encode = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        b'/' | b'-' | b'_' | b'.' | b'*' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    key.bytes().map(encode).collect()
}

/// An export of so many listings of `seller`, every seventh of them a replica. With `description_bytes` of text each, so that a test
/// can fill batches by bytes and needs few rows.
#[must_use]
pub fn jsonl(seller: &str, rows: usize, description_bytes: usize) -> Vec<u8> {
    let line = |row: usize| {
        let (title, brand, price) = match row % 7 {
            3 => ("1:1 replica bag, mirror quality", "Louis Vuitton", "49.90"),
            5 => ("Hand-made scarf, no fakes", "", "35"),
            _ => ("Leather belt", "Gucci", "310.00"),
        };
        let filler = "A line of honest words about the goods. ".repeat(description_bytes.div_ceil(40));
        let listing = json!({
            "listing_id": format!("{seller}-{row}"), "title": format!("{title} {row}"), "description": filler, "brand": brand,
            "price": price, "currency": "EUR", "seller_id": seller,
        });
        format!("{listing}\n").into_bytes()
    };
    (0..rows).flat_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_encoded_as_in_a_form() {
        assert_eq!(form_encoded("exports/a b/c+d%2B é.csv"), "exports/a+b/c%2Bd%252B+%C3%A9.csv");
    }

    #[test]
    fn the_world_begins_at_midnight() {
        let event = Upload::new("k", "x").at(61).event("\"e\"");
        assert_eq!(event["Records"][0]["eventTime"], "2026-11-23T00:01:01Z");
    }
}
