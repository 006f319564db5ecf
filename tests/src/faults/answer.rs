//! What does the wire carry when a service or the way to it fails?

use super::call::{Call, Service};
use super::mix;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use http_body::{Body, Frame};
use serde_json::{Value, json};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

pub(super) fn throttled(call: &Call) -> HttpResponse {
    match call.service {
        Service::DynamoDb => json_error(400, "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"),
        Service::Sqs => json_error(400, "com.amazonaws.sqs#RequestThrottled"),
        Service::S3 => xml_error(503, "SlowDown"),
    }
}

pub(super) fn internal_error(call: &Call) -> HttpResponse {
    match call.service {
        Service::DynamoDb => json_error(500, "com.amazonaws.dynamodb.v20120810#InternalServerError"),
        Service::Sqs => json_error(500, "com.amazonaws.sqs#InternalError"),
        Service::S3 => xml_error(500, "InternalError"),
    }
}

fn json_error(status: u16, name: &str) -> HttpResponse {
    let body = json!({"__type": name, "message": "injected by the test"});
    error(status, "application/x-amz-json-1.0", body.to_string())
}

fn xml_error(status: u16, code: &str) -> HttpResponse {
    let body = format!("<Error><Code>{code}</Code><Message>injected by the test</Message><RequestId>TEST</RequestId></Error>");
    error(status, "application/xml", body)
}

fn error(status: u16, content_type: &'static str, body: String) -> HttpResponse {
    // 500 stands in for a number that is no status; the three callers pass constants that are.
    let status = StatusCode::try_from(status).unwrap_or_else(|_| StatusCode::from(http::StatusCode::INTERNAL_SERVER_ERROR));
    let mut response = HttpResponse::new(status, SdkBody::from(body));
    response.headers_mut().insert("content-type", content_type);
    response
}

async fn collect(body: SdkBody) -> Result<Bytes, ConnectorError> {
    let collected = ByteStream::new(body).collect().await.map_err(|error| ConnectorError::io(error.into()))?;
    Ok(collected.into_bytes())
}

fn percent_of(bytes: &Bytes, percent: u8) -> Bytes {
    bytes.slice(..bytes.len() * usize::from(percent) / 100)
}

/// How a body breaks off.
#[derive(Clone, Copy, Debug)]
pub(super) enum Break {
    /// The connection breaks.
    Error,
    /// Nothing more comes.
    Silence,
}

/// The body breaks off; the headers still promise all of it.
pub(super) async fn broken(mut response: HttpResponse, percent: u8, end: Break) -> Result<HttpResponse, ConnectorError> {
    let bytes = collect(response.take_body()).await?;
    let body = Broken { start: Some(percent_of(&bytes, percent)), end };
    Ok(response.map(move |_| SdkBody::from_body_1_x(body.clone())))
}

/// The body ends early and every header agrees: nothing on the wire shows that more was meant to come.
pub(super) async fn shortened(mut response: HttpResponse, percent: u8) -> Result<HttpResponse, ConnectorError> {
    let bytes = percent_of(&collect(response.take_body()).await?, percent);
    let headers = response.headers_mut();
    headers.insert("content-length", bytes.len().to_string());
    if let Some(range) = headers.get("content-range").and_then(|range| shortened_range(range, bytes.len())) {
        headers.insert("content-range", range);
    }
    let checksums: Vec<String> =
        headers.iter().map(|(name, _)| name.to_owned()).filter(|name| name.starts_with("x-amz-checksum")).collect();
    for name in checksums {
        headers.remove(name);
    }
    Ok(response.map(move |_| SdkBody::from(bytes.clone())))
}

/// `bytes 10-99/100` with 5 bytes is `bytes 10-14/100`.
fn shortened_range(range: &str, bytes: usize) -> Option<String> {
    let (first, rest) = range.strip_prefix("bytes ")?.split_once('-')?;
    let (_, total) = rest.split_once('/')?;
    let last = (first.parse::<usize>().ok()? + bytes).saturating_sub(1);
    Some(format!("bytes {first}-{last}/{total}"))
}

/// First bytes, then the break.
#[derive(Clone)]
struct Broken {
    start: Option<Bytes>,
    end: Break,
}

impl Body for Broken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match (self.start.take(), self.end) {
            (Some(start), _) => Poll::Ready(Some(Ok(Frame::data(start)))),
            (None, Break::Error) => {
                Poll::Ready(Some(Err(io::Error::new(io::ErrorKind::ConnectionReset, "body cut by the test"))))
            }
            // Nobody is woken: whoever waits here waits for ever.
            (None, Break::Silence) => Poll::Pending,
        }
    }
}

/// Splits a batch: the request with about half of its items, and the rest in the form of `UnprocessedItems`.
/// The request comes back as it was when there is nothing to leave out.
pub(super) fn without_some_items(mut request: HttpRequest, roll: u64) -> Result<(HttpRequest, Value), Box<HttpRequest>> {
    let parsed = request.body().bytes().and_then(|body| serde_json::from_slice::<Value>(body).ok());
    let Some(mut batch) = parsed else { return Err(Box::new(request)) };
    let Some(tables) = batch.get_mut("RequestItems").and_then(Value::as_object_mut) else { return Err(Box::new(request)) };
    let mut unprocessed = serde_json::Map::new();
    let mut position = 0;
    for (table, items) in tables.iter_mut() {
        let Some(items) = items.as_array_mut() else { continue };
        let (kept, left): (Vec<_>, Vec<_>) = items.drain(..).partition(|_| {
            position += 1;
            mix(roll ^ position) & 1 == 0
        });
        *items = kept;
        if !left.is_empty() {
            unprocessed.insert(table.clone(), Value::Array(left));
        }
    }
    tables.retain(|_, items| items.as_array().is_some_and(|items| !items.is_empty()));
    // The service refuses an empty batch, so at least one item has to go through.
    if tables.is_empty() || unprocessed.is_empty() {
        return Err(Box::new(request));
    }
    let body = batch.to_string();
    request.headers_mut().insert("content-length", body.len().to_string());
    *request.body_mut() = SdkBody::from(body);
    Ok((request, Value::Object(unprocessed)))
}

/// The answer to the smaller batch, with the rest handed back.
pub(super) async fn with_unprocessed(mut response: HttpResponse, unprocessed: Value) -> Result<HttpResponse, ConnectorError> {
    let bytes = collect(response.take_body()).await?;
    let mut answer: Value = serde_json::from_slice(&bytes).map_err(|error| ConnectorError::other(error.into(), None))?;
    if response.status().is_success() {
        answer["UnprocessedItems"] = unprocessed;
    }
    let body = answer.to_string();
    response.headers_mut().insert("content-length", body.len().to_string());
    response.headers_mut().remove("x-amz-crc32");
    Ok(response.map(move |_| SdkBody::from(body.clone())))
}
