//! How does a stranger learn to use the endpoint? From its document, as JSON for programs and as a page for people. Both are made of
//! `infra/aws/openapi.yaml` when the function is built.

use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};

/// The OpenAPI 3.1 document, as JSON.
pub const OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));

const PAGE: &str = include_str!(concat!(env!("OUT_DIR"), "/docs.html"));

/// The page runs nothing and loads its style sheet only.
const CONTENT_RULE: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// The page.
pub(crate) fn page() -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), (CONTENT_SECURITY_POLICY, CONTENT_RULE)], PAGE)
        .into_response()
}
