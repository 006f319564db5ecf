//! What is open to everybody? Pages and documents that hold no data.

use crate::deps::Deps;
use crate::limits::UPLOAD_LIFETIME;
use crate::once::json;
use crate::problem::{INTERNAL, Problem, ROUTE_NOT_FOUND};
use crate::{console, docs};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode, Uri};
use serde_json::json as value;
use std::sync::Arc;
use storage::objects::{Validity, presign_upload};

/// `GET /healthz`
pub(crate) async fn health(State(deps): State<Arc<Deps>>) -> Result<Response, Problem> {
    json(StatusCode::OK, &value!({"status": "ok", "policy": deps.scorers.policy().id()}))
}

/// `GET /v1/openapi.json`
pub(crate) async fn openapi() -> Response {
    ([(CONTENT_TYPE, "application/json")], docs::OPENAPI).into_response()
}

/// `GET /docs`
pub(crate) async fn docs() -> Response {
    docs::page()
}

/// `GET /`
pub(crate) async fn console(State(deps): State<Arc<Deps>>) -> Result<Response, Problem> {
    Ok(console::page(&uploads_origin(&deps).await?))
}

/// `GET /console/{file}`
pub(crate) async fn console_file(Path(file): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    console::asset(&file, &headers).ok_or_else(|| Problem::new(ROUTE_NOT_FOUND, "see /docs for the paths there are"))
}

/// Where browsers send uploads to, such as `https://bucket.s3.eu-central-1.amazonaws.com`: the page must be allowed to reach it.
async fn uploads_origin(deps: &Deps) -> Result<String, Problem> {
    let validity = Validity { from: deps.clock.now(), lasts: UPLOAD_LIFETIME };
    let signed = presign_upload(&deps.s3, &deps.config.uploads_bucket, "exports/", "text/csv", 1, validity).await?;
    let uri: Uri = signed.url.parse().map_err(|_| Problem::new(INTERNAL, "the address of the bucket cannot be read"))?;
    Ok(format!("{}://{}", uri.scheme_str().unwrap_or("https"), uri.authority().map_or("", |authority| authority.as_str())))
}
