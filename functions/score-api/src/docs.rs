//! placeholder
use axum::response::{IntoResponse, Response};
/// doc
pub const OPENAPI: &str = "{}";
pub(crate) fn page() -> Response {
    "docs".into_response()
}
