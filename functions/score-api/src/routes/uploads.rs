//! How does a program or a browser upload an export? Straight to the bucket, by an address that holds for this one file.

use crate::body::JsonBody;
use crate::deps::{Deps, written};
use crate::limits::{UPLOAD_BYTES_MAX, UPLOAD_LIFETIME, UPLOAD_NAME_BYTES_MAX};
use crate::once::json;
use crate::problem::{Problem, UPLOAD_NAME, UPLOAD_SIZE, UPLOAD_TYPE};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use storage::objects::{Validity, presign_upload};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    /// The file's name; its extension says what it is.
    name: String,
    /// Its size, exactly.
    #[serde(deserialize_with = "whole")]
    bytes: u64,
    #[serde(default = "unknown_type")]
    content_type: String,
}

/// A whole number, also when it is written as `7.0`, which JSON says is the same.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let number = serde_json::Number::deserialize(deserializer)?;
    let from_float =
        |value: f64| (value.fract() == 0.0 && (0.0..9e15).contains(&value)).then(|| value.to_string().parse().ok()).flatten();
    let whole = number.as_u64().or_else(|| number.as_f64().and_then(from_float));
    whole.ok_or_else(|| serde::de::Error::custom(format!("bytes is {number} and should be a whole number")))
}

fn unknown_type() -> String {
    "application/octet-stream".to_owned()
}

#[derive(Serialize)]
struct Upload {
    /// Where the export will be, in the bucket for uploads.
    key: String,
    method: &'static str,
    url: String,
    /// To be sent with the upload exactly so.
    headers: BTreeMap<String, String>,
    /// When the address stops working.
    expires_at: String,
    /// Where its job is found, once the upload has ended.
    job: String,
}

/// `POST /v1/uploads`
pub(crate) async fn begin(State(deps): State<Arc<Deps>>, body: JsonBody) -> Result<Response, Problem> {
    let Body { name, bytes, content_type } = body.parse()?;
    let name = object_name(&name)?;
    if !(1..=UPLOAD_BYTES_MAX).contains(&bytes) {
        let detail = format!("a file may have 1 to {UPLOAD_BYTES_MAX} bytes");
        return Err(Problem::new(UPLOAD_SIZE, detail).member("bytes_max", UPLOAD_BYTES_MAX));
    }
    if !is_media_type(&content_type) {
        return Err(Problem::new(UPLOAD_TYPE, "a content type looks like text/csv"));
    }
    let now_ms = deps.clock.now_ms();
    // Random, so that nobody can guess or overwrite the uploads of others.
    let key = format!("exports/api/{}/{name}", crate::once::random_name()?);
    let validity = Validity { from: deps.clock.now(), lasts: UPLOAD_LIFETIME };
    let signed = presign_upload(&deps.s3, &deps.config.uploads_bucket, &key, &content_type, bytes, validity).await?;
    let lifetime_ms = i64::try_from(UPLOAD_LIFETIME.as_millis()).unwrap_or(i64::MAX);
    let upload = Upload {
        job: format!("/v1/jobs?key={}", utf8_percent_encode(&key, NON_ALPHANUMERIC)),
        key,
        method: "PUT",
        url: signed.url,
        headers: signed.headers.into_iter().collect(),
        expires_at: written(now_ms.saturating_add(lifetime_ms)),
    };
    json(StatusCode::CREATED, &upload)
}

/// The part of the key that the client chooses: one path segment, of a long name the end.
fn object_name(name: &str) -> Result<String, Problem> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let name = &name[name.ceil_char_boundary(name.len().saturating_sub(UPLOAD_NAME_BYTES_MAX))..];
    let name: String = name.chars().map(|c| if c.is_control() { '_' } else { c }).collect();
    if name.is_empty() || name.chars().all(|c| c == '.') {
        return Err(Problem::new(UPLOAD_NAME, "a name looks like export.csv.gz"));
    }
    Ok(name)
}

fn is_media_type(text: &str) -> bool {
    let is_token = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b));
    let essence = text.split(';').next().unwrap_or_default().trim();
    text.len() <= 128
        && text.bytes().all(|b| (0x20..0x7f).contains(&b))
        && essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_segment_of_a_key() {
        let check = |name: &str, expected: Option<&str>| assert_eq!(object_name(name).ok().as_deref(), expected, "{name}");
        check("export.csv.gz", Some("export.csv.gz"));
        check("../../etc/passwd", Some("passwd"));
        check("D:\\exports\\列表.csv", Some("列表.csv"));
        check("a\nb.csv", Some("a_b.csv"));
        check("", None);
        check("dir/", None);
        check("..", None);
        let long = format!("{}.csv", "包".repeat(80));
        assert!(object_name(&long).is_ok_and(|name| name.len() <= UPLOAD_NAME_BYTES_MAX && name.ends_with("包.csv")));
    }

    #[test]
    fn a_size_is_a_whole_number_however_it_is_written() {
        let check = |bytes: &str, expected: Option<u64>| {
            let json = format!(r#"{{"name":"a.csv","bytes":{bytes}}}"#);
            assert_eq!(serde_json::from_str::<Body>(&json).ok().map(|body| body.bytes), expected, "{bytes}");
        };
        check("7", Some(7));
        check("7.0", Some(7));
        check("7e3", Some(7_000));
        check("7.5", None);
        check("-7", None);
        check("-7.0", None);
        check("1e300", None);
        check("\"7\"", None);
    }

    #[test]
    fn a_content_type_is_a_media_type() {
        let check = |text: &str, expected: bool| assert_eq!(is_media_type(text), expected, "{text}");
        check("text/csv", true);
        check("text/csv; charset=utf-8", true);
        check("application/vnd.ms-excel", true);
        check("text", false);
        check("text/", false);
        check("text/csv\r\nx: y", false);
        check(&format!("text/{}", "x".repeat(200)), false);
    }
}
