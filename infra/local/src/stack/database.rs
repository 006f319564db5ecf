//! How does the database answer the AWS SDK? The JSON 1.0 protocol of DynamoDB over `dynoxide`'s typed calls.
//!
//! Its own server answers pages of any origin in a browser, so the protocol is spoken here. Signatures are not checked: the server
//! listens on loopback only.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use dynoxide::Database;
use dynoxide::errors::DynoxideError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// Largest request, in bytes: the limit of DynamoDB itself.
const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The routes of the database.
pub(super) fn router(database: Database) -> Router {
    Router::new().fallback(post(call)).layer(DefaultBodyLimit::max(BODY_BYTES_MAX)).with_state(database)
}

async fn call(State(database): State<Database>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let operation = target.strip_prefix("DynamoDB_20120810.").unwrap_or_default();
    let (status, body) = match answer(&database, operation, &body) {
        Ok(body) => (StatusCode::OK, body),
        Err(Refusal::Database(error)) => {
            (StatusCode::from_u16(error.status_code()).unwrap_or(StatusCode::BAD_REQUEST), error.to_json())
        }
        Err(Refusal::Unreadable(message)) => {
            let name = "com.amazon.coral.service#SerializationException";
            (StatusCode::BAD_REQUEST, json!({"__type": name, "Message": message}).to_string())
        }
        Err(Refusal::Unknown) => {
            let name = "com.amazon.coral.service#UnknownOperationException";
            (StatusCode::BAD_REQUEST, json!({"__type": name}).to_string())
        }
    };
    (status, [(header::CONTENT_TYPE, "application/x-amz-json-1.0")], body).into_response()
}

enum Refusal {
    /// By the database.
    Database(DynoxideError),
    /// The request cannot be read.
    Unreadable(String),
    /// There is no such call, or not here.
    Unknown,
}

fn answer(database: &Database, operation: &str, body: &[u8]) -> Result<String, Refusal> {
    macro_rules! calls {
        ($($name:literal $method:ident)*) => {
            match operation {
                $($name => run(body, |request| database.$method(request)),)*
                _ => Err(Refusal::Unknown),
            }
        };
    }
    calls! {
        "CreateTable" create_table
        "DeleteTable" delete_table
        "DescribeTable" describe_table
        "ListTables" list_tables
        "UpdateTable" update_table
        "PutItem" put_item
        "GetItem" get_item
        "DeleteItem" delete_item
        "UpdateItem" update_item
        "Query" query
        "Scan" scan
        "BatchGetItem" batch_get_item
        "BatchWriteItem" batch_write_item
        "TransactWriteItems" transact_write_items
        "TransactGetItems" transact_get_items
        "UpdateTimeToLive" update_time_to_live
        "DescribeTimeToLive" describe_time_to_live
        "ExecuteStatement" execute_statement
    }
}

fn run<Q: DeserializeOwned, A: Serialize>(
    body: &[u8],
    call: impl FnOnce(Q) -> Result<A, DynoxideError>,
) -> Result<String, Refusal> {
    let request = serde_json::from_slice(body).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    let answer = call(request).map_err(Refusal::Database)?;
    serde_json::to_string(&answer).map_err(|error| Refusal::Unreadable(error.to_string()))
}
