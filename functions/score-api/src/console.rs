//! placeholder
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
pub(crate) fn page(_origin: &str) -> Response {
    "console".into_response()
}
pub(crate) fn asset(_name: &str, _headers: &HeaderMap) -> Option<Response> {
    None
}
