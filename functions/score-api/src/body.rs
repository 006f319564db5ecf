//! How is the body of a request read? To its limit and no further, and only as JSON.

use crate::limits::{BODY_BYTES_MAX, JSON_DEPTH_MAX};
use crate::problem::{BODY_NOT_JSON, BODY_TOO_LARGE, JSON_MALFORMED, JSON_TOO_DEEP, Problem};
use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use serde::Deserialize;

/// The bytes of a JSON body, not yet read as JSON.
pub(crate) struct JsonBody(pub(crate) Bytes);

impl<S: Sync> FromRequest<S> for JsonBody {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let headers = request.headers();
        if !is_json(headers) {
            return Err(Problem::new(BODY_NOT_JSON, "set the header Content-Type to application/json"));
        }
        let too_large = || {
            Problem::new(BODY_TOO_LARGE, format!("a body may have {BODY_BYTES_MAX} bytes; upload larger exports"))
                .member("bytes_max", BODY_BYTES_MAX)
        };
        let declared = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        if declared.is_some_and(|bytes| bytes > BODY_BYTES_MAX as u64) {
            return Err(too_large());
        }
        match axum::body::to_bytes(request.into_body(), BODY_BYTES_MAX).await {
            Ok(bytes) if is_too_deep(&bytes) => {
                let detail = format!("JSON may have {JSON_DEPTH_MAX} levels");
                Err(Problem::new(JSON_TOO_DEEP, detail).member("depth_max", JSON_DEPTH_MAX))
            }
            Ok(bytes) => Ok(Self(bytes)),
            // It is too large or it broke off; then nobody reads the answer.
            Err(_) => Err(too_large()),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Whether lists and objects stand in each other deeper than they may. Looked at before anything is read, because a reader skips what
/// it ignores however deep that is. Of text that is no JSON it says something too, and the reader says the rest.
fn is_too_deep(json: &[u8]) -> bool {
    let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_text => is_escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => depth += 1,
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > JSON_DEPTH_MAX {
            return true;
        }
    }
    false
}

impl JsonBody {
    /// Reads the body, an object, as `T`.
    ///
    /// # Errors
    /// `json.malformed` with line and column.
    pub(crate) fn parse<'de, T: Deserialize<'de>>(&'de self) -> Result<T, Problem> {
        // Otherwise serde would take a list for an object without names.
        if self.0.trim_ascii_start().starts_with(b"[") {
            let problem = Problem::new(JSON_MALFORMED, "the body is a list, expected an object");
            return Err(problem.member("line", 1).member("column", 1));
        }
        parse(&self.0)
    }
}

/// Reads JSON as `T`.
///
/// # Errors
/// As [`JsonBody::parse`].
pub(crate) fn parse<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, Problem> {
    serde_json::from_slice(json).map_err(|error| {
        Problem::new(JSON_MALFORMED, error.to_string()).member("line", error.line()).member("column", error.column())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn the_limits_of_json() {
        let check = |json: &[u8], expected: Option<(&str, u64)>| {
            let problem = parse::<Value>(json).err().map(|problem| {
                let body: Value = serde_json::from_slice(&problem.body("")).unwrap();
                (problem.code().name, body["line"].as_u64().unwrap_or_default())
            });
            assert_eq!(problem, expected);
        };
        check(b"{}", None);
        check(b"{\n\"a\":}", Some(("json.malformed", 2)));
        check(b"\xff", Some(("json.malformed", 1)));
        check(b"", Some(("json.malformed", 1)));
    }

    #[test]
    fn depth_is_counted_outside_of_text() {
        let check = |json: String, expected: bool| assert_eq!(is_too_deep(json.as_bytes()), expected, "{json:.60}");
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        check(nested(JSON_DEPTH_MAX), false);
        check(nested(JSON_DEPTH_MAX + 1), true);
        check("{\"a\":".repeat(JSON_DEPTH_MAX + 1), true);
        check(format!("{{\"ignored\":{}}}", nested(JSON_DEPTH_MAX)), true);
        check(format!("[{}0]", "{},".repeat(100_000)), false);
        check(format!("[\"\\\"{}\"]", "[".repeat(200)), false);
        check(format!("[\"\\\\\",{}]", nested(JSON_DEPTH_MAX)), true);
        check("]".repeat(10), false);
        // What is not too deep can be read.
        assert!(parse::<Value>(nested(JSON_DEPTH_MAX).as_bytes()).is_ok());
    }

    #[test]
    fn a_list_is_no_object() {
        #[derive(Debug, Deserialize)]
        struct Body {
            bytes: u64,
        }
        let check = |json: &'static str, expected: Option<u64>| {
            let body = JsonBody(Bytes::from_static(json.as_bytes()));
            assert_eq!(body.parse::<Body>().ok().map(|body| body.bytes), expected, "{json}");
        };
        check(r#" {"bytes": 7}"#, Some(7));
        check("[7]", None);
        check("\n [7]", None);
    }

    #[test]
    fn json_by_its_content_type() {
        let check = |value: &str, expected: bool| {
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, value.parse().unwrap())]);
            assert_eq!(is_json(&headers), expected, "{value}");
        };
        check("application/json", true);
        check("Application/JSON; charset=utf-8", true);
        check("application/merge-patch+json", true);
        check("application/x-www-form-urlencoded", false);
        check("text/json", false);
        assert!(!is_json(&HeaderMap::new()));
    }
}
