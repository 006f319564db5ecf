//! How does the queue answer the AWS SDK?
//!
//! The JSON 1.0 protocol of SQS for the calls the product makes. Signatures are not checked: the server listens on loopback only,
//! and the `x-amz-target` header keeps a web page in a browser from reaching it without asking first.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use s3s::crypto::{Checksum, Md5};
use serde_json::{Value, json};

use super::{Delivery, Queue};
use crate::error::LocalError;
use crate::limits;

/// The account number every local name carries.
pub(crate) const ACCOUNT: &str = "000000000000";
/// Name of the queue the uploads bucket feeds.
pub(crate) const QUEUE_NAME: &str = "touchstone-ingest";

/// A failed call: the SQS error name and a message for the reader.
struct Refusal(StatusCode, &'static str, String);

/// The routes of the server.
pub(crate) fn router(queue: Arc<Queue>) -> Router {
    // The envelope of the protocol escapes the body, at worst six bytes for one.
    let body_bytes_max = 6 * limits::MESSAGE_BYTES_MAX + 4096;
    Router::new().fallback(post(call)).layer(DefaultBodyLimit::max(body_bytes_max)).with_state(queue)
}

async fn call(State(queue): State<Arc<Queue>>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let action = target.strip_prefix("AmazonSQS.").unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    let json = [(header::CONTENT_TYPE, "application/x-amz-json-1.0")];
    match answer(&queue, action, &body, host).await {
        Ok(answer) => (json, answer.to_string()).into_response(),
        Err(Refusal(status, name, message)) => {
            let answer = json!({"__type": format!("com.amazonaws.sqs#{name}"), "message": message});
            // The SDK knows some errors by the name they had in the older protocol, which SQS sends along.
            let older = [("x-amzn-query-error", format!("AWS.SimpleQueueService.{};Sender", older_name(name)))];
            (status, json, older, answer.to_string()).into_response()
        }
    }
}

fn older_name(name: &'static str) -> &'static str {
    if name == "QueueDoesNotExist" { "NonExistentQueue" } else { name }
}

async fn answer(queue: &Queue, action: &str, body: &[u8], host: &str) -> Result<Value, Refusal> {
    let request: Value = serde_json::from_slice(body).map_err(|error| {
        Refusal(StatusCode::BAD_REQUEST, "InvalidParameterValue", format!("the request is not JSON: {error}"))
    })?;
    if action == "GetQueueUrl" {
        return match request["QueueName"].as_str() {
            Some(QUEUE_NAME) => Ok(json!({"QueueUrl": format!("http://{host}/{ACCOUNT}/{QUEUE_NAME}")})),
            _ => Err(no_such_queue()),
        };
    }
    if !request["QueueUrl"].as_str().is_some_and(|url| url.ends_with(QUEUE_NAME)) {
        return Err(no_such_queue());
    }
    match action {
        "SendMessage" => {
            let body = text(&request, "MessageBody")?;
            let delay = seconds(&request, "DelaySeconds").unwrap_or_default();
            let md5 = md5(body);
            let message_id = queue.send(body.to_owned(), now_ms(), delay).map_err(|error| fault(&error))?;
            Ok(json!({"MessageId": message_id, "MD5OfMessageBody": md5}))
        }
        "ReceiveMessage" => {
            let max = request["MaxNumberOfMessages"].as_u64().and_then(|max| usize::try_from(max).ok()).unwrap_or(1);
            let hide = seconds(&request, "VisibilityTimeout").unwrap_or(limits::VISIBILITY_TIMEOUT);
            let wait = seconds(&request, "WaitTimeSeconds").unwrap_or_default();
            let deliveries = queue.receive(max, hide, wait).await.map_err(|error| fault(&error))?;
            Ok(json!({"Messages": deliveries.iter().map(message).collect::<Vec<_>>()}))
        }
        "DeleteMessage" => {
            queue.delete(text(&request, "ReceiptHandle")?).map_err(|error| fault(&error))?;
            Ok(json!({}))
        }
        "ChangeMessageVisibility" => {
            let hide = seconds(&request, "VisibilityTimeout").ok_or_else(|| missing("VisibilityTimeout"))?;
            queue.change_visibility(text(&request, "ReceiptHandle")?, hide);
            Ok(json!({}))
        }
        "GetQueueAttributes" => {
            let depth = queue.depth();
            Ok(json!({"Attributes": {
                "QueueArn": queue_arn(),
                "ApproximateNumberOfMessages": depth.visible.to_string(),
                "ApproximateNumberOfMessagesNotVisible": depth.in_flight.to_string(),
                "ApproximateNumberOfMessagesDelayed": depth.delayed.to_string(),
                "VisibilityTimeout": limits::VISIBILITY_TIMEOUT.as_secs().to_string(),
            }}))
        }
        _ => Err(Refusal(StatusCode::BAD_REQUEST, "UnsupportedOperation", format!("'{action}' is not part of the local queue"))),
    }
}

/// The name of the queue as an event carries it.
pub(crate) fn queue_arn() -> String {
    format!("arn:aws:sqs:{}:{ACCOUNT}:{QUEUE_NAME}", crate::stack::REGION)
}

/// Hexadecimal MD5, which SQS gives with every body.
pub(crate) fn md5(text: &str) -> String {
    let mut digest = Md5::new();
    digest.update(text.as_bytes());
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Milliseconds since 1970.
pub(crate) fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn message(delivery: &Delivery) -> Value {
    json!({
        "MessageId": delivery.message_id,
        "ReceiptHandle": delivery.receipt,
        "MD5OfBody": md5(&delivery.body),
        "Body": delivery.body,
        "Attributes": {
            "ApproximateReceiveCount": delivery.receive_count.to_string(),
            "SentTimestamp": delivery.sent_ms.to_string(),
        },
    })
}

fn text<'a>(request: &'a Value, name: &'static str) -> Result<&'a str, Refusal> {
    request[name].as_str().ok_or_else(|| missing(name))
}

fn seconds(request: &Value, name: &str) -> Option<Duration> {
    request[name].as_u64().map(Duration::from_secs)
}

fn missing(name: &str) -> Refusal {
    Refusal(StatusCode::BAD_REQUEST, "MissingParameter", format!("{name} is missing"))
}

fn no_such_queue() -> Refusal {
    Refusal(StatusCode::BAD_REQUEST, "QueueDoesNotExist", format!("the local stack has one queue, {QUEUE_NAME}"))
}

fn fault(error: &LocalError) -> Refusal {
    match error {
        LocalError::MessageTooLarge { .. } => Refusal(StatusCode::BAD_REQUEST, "InvalidMessageContents", error.to_string()),
        _ => Refusal(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", error.to_string()),
    }
}
