//! How does the endpoint say that something went wrong? As `application/problem+json` (RFC 9457) with a stable machine name,
//! and a status chosen by who must act.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use storage::Class;

use crate::limits::RETRY_AFTER_SECONDS;

/// A kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable machine name.
    pub name: &'static str,
    /// HTTP status.
    pub status: u16,
    /// The same sentence for every problem of the kind.
    pub title: &'static str,
}

macro_rules! codes {
    ($($constant:ident $name:literal $status:literal $title:literal;)*) => {
        $(#[doc = $title] pub const $constant: &Code = &Code { name: $name, status: $status, title: $title };)*
        /// Every kind of problem.
        pub const CODES: &[&Code] = &[$($constant),*];
    };
}

codes! {
    JSON_MALFORMED "json.malformed" 400 "The body is not JSON of the expected shape.";
    JSON_TOO_DEEP "json.too_deep" 400 "The body is nested too deeply.";
    QUERY_INVALID "query.invalid" 400 "A parameter of the query makes no sense.";
    PATH_INVALID "path.invalid" 400 "A part of the path makes no sense.";
    CURSOR_INVALID "cursor.invalid" 400 "The cursor is not one of ours, or belongs to another question.";
    AUTH_MISSING "auth.missing" 401 "Nobody is signed in.";
    AUTH_FORBIDDEN "auth.forbidden" 403 "The role for this is missing.";
    ROUTE_NOT_FOUND "route.not_found" 404 "There is nothing at this path.";
    LISTING_NOT_FOUND "listing.not_found" 404 "No result of this listing is stored.";
    LISTING_NO_TEXT "listing.no_text" 404 "The text of this listing is not stored.";
    JOB_NOT_FOUND "job.not_found" 404 "There is no such job.";
    REVIEW_NOT_FOUND "review.not_found" 404 "There is no such review of this listing.";
    METHOD_NOT_ALLOWED "route.method_not_allowed" 405 "The path does not take this method.";
    IDEMPOTENCY_IN_PROGRESS "idempotency.in_progress" 409 "The same request is being worked on.";
    REVIEW_NOT_LATEST "review.not_latest" 409 "Only the latest decision can be taken back.";
    REVIEW_CONFLICT "review.conflict" 412 "Somebody else decided meanwhile, or the listing was scored anew.";
    BODY_TOO_LARGE "body.too_large" 413 "The body is too large.";
    BODY_NOT_JSON "body.not_json" 415 "The body must be sent as application/json.";
    ROW_MISSING_ID "row.missing_id" 422 "The listing has no listing_id.";
    ROW_MISSING_TITLE "row.missing_title" 422 "The listing has no title.";
    ROW_ID_TOO_LONG "row.id_too_long" 422 "The listing_id is too long.";
    ROW_INTERNAL_ERROR "row.internal_error" 422 "The scorer failed on this listing.";
    BATCH_EMPTY "batch.empty" 422 "There is no listing in the request.";
    BATCH_TOO_MANY "batch.too_many" 422 "There are too many listings in the request.";
    REVIEW_NOTE_TOO_LONG "review.note_too_long" 422 "The note is too long.";
    UPLOAD_NAME "upload.bad_name" 422 "The file name cannot be used.";
    UPLOAD_SIZE "upload.bad_size" 422 "The size cannot be uploaded.";
    UPLOAD_TYPE "upload.bad_type" 422 "The content type cannot be used.";
    IDEMPOTENCY_KEY_INVALID "idempotency.key_invalid" 422 "The Idempotency-Key cannot be used.";
    IDEMPOTENCY_KEY_REUSED "idempotency.key_reused" 422 "The Idempotency-Key came with another request before.";
    IDEMPOTENCY_TOO_LARGE "idempotency.answer_too_large" 422 "The answer is too large to be kept.";
    IF_MATCH_MISSING "review.if_match_missing" 428 "A decision must say which state it was made on.";
    TOO_MANY "request.too_many" 429 "Too many requests at once.";
    INTERNAL "internal.error" 500 "A mistake on our side.";
    STORAGE_FAULT "internal.storage" 500 "The storage refused; the set-up is at fault.";
    STORAGE_UNAVAILABLE "storage.unavailable" 503 "The storage is busy or away.";
    REQUEST_TIMEOUT "request.timeout" 503 "The request took too long.";
}

/// Why a request was not answered as asked.
#[derive(Clone, Debug)]
pub struct Problem(Arc<Contents>);

#[derive(Clone, Debug)]
struct Contents {
    code: &'static Code,
    detail: String,
    members: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// Of a kind, with a sentence for a person.
    #[must_use]
    pub fn new(code: &'static Code, detail: impl Into<String>) -> Self {
        let contents = Contents { code, detail: detail.into(), members: Map::new(), headers: Vec::new() };
        let problem = Self(Arc::new(contents));
        if matches!(code.status, 409 | 429 | 503) && code != REVIEW_NOT_LATEST {
            problem.header(RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS))
        } else {
            problem
        }
    }

    /// With a further member.
    #[must_use]
    pub fn member(mut self, name: &str, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        Arc::make_mut(&mut self.0).members.insert(name.to_owned(), value);
        self
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        Arc::make_mut(&mut self.0).headers.push((name, value));
        self
    }

    /// Of a row that is no listing.
    #[must_use]
    pub fn of_row(error: &scoring::ListingError) -> Self {
        let code = CODES.iter().find(|code| code.name == error.code()).unwrap_or(&INTERNAL);
        Self::new(code, error.to_string())
    }

    /// Its kind.
    #[must_use]
    pub fn code(&self) -> &'static Code {
        self.0.code
    }

    /// The sentence for a person.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The body. `instance` names the request in the logs.
    #[must_use]
    pub fn body(&self, instance: &str) -> Vec<u8> {
        let Contents { code, detail, members, .. } = &*self.0;
        let mut body = members.clone();
        body.extend(
            [
                ("type", json!(format!("/docs#{}", code.name))),
                ("title", json!(code.title)),
                ("status", json!(code.status)),
                ("code", json!(code.name)),
                ("detail", json!(detail)),
                ("instance", json!(instance)),
            ]
            .map(|(name, value)| (name.to_owned(), value)),
        );
        Value::Object(body).to_string().into_bytes()
    }
}

/// The chain of causes goes to the log and never to the client: it may quote keys and hosts.
impl From<storage::Error> for Problem {
    fn from(error: storage::Error) -> Self {
        let chain = lambda::runtime::chain(&error);
        match error.class() {
            Class::Retry => {
                tracing::warn!(code = error.code(), chain, "storage is busy");
                Self::new(STORAGE_UNAVAILABLE, "try again in a moment")
            }
            Class::Reject | Class::Fault => {
                tracing::error!(code = error.code(), chain, "storage refused");
                Self::new(STORAGE_FAULT, "the request was not carried out; the operator finds why under the instance")
            }
        }
    }
}

/// The body is written by [`crate::requests`], which knows the name of the request.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = StatusCode::from_u16(self.0.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        for (name, value) in &self.0.headers {
            response.headers_mut().insert(name, value.clone());
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_say_whose_turn_it_is() {
        let mut names: Vec<_> = CODES.iter().map(|code| code.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CODES.len());
        for code in CODES {
            assert!(code.title.ends_with('.') && (400..600).contains(&code.status), "{code:?}");
            assert_eq!(code.name.starts_with("internal."), code.status == 500, "{code:?}");
        }
    }

    #[test]
    fn every_reason_of_a_row_has_its_code() {
        let rows = [
            scoring::ListingError::MissingId,
            scoring::ListingError::MissingTitle,
            scoring::ListingError::IdTooLong { bytes: 2_000 },
        ];
        for error in rows {
            assert_eq!(Problem::of_row(&error).code().name, error.code());
        }
    }

    #[test]
    fn what_may_pass_says_when_to_come_again() {
        for code in CODES {
            let waits = Problem::new(code, "").into_response().headers().contains_key(RETRY_AFTER);
            assert_eq!(
                waits,
                ["idempotency.in_progress", "request.too_many", "storage.unavailable", "request.timeout"].contains(&code.name)
            );
        }
    }
}
