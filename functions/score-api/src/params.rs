//! How are the parameters of a request read? Strictly, with a problem that says which one makes no sense.

use crate::problem::{PATH_INVALID, Problem, QUERY_INVALID};
use axum::extract::{FromRequestParts, Path, Query};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::request::Parts;
use scoring::limits::LISTING_ID_BYTES_MAX;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// The query; an unknown parameter is a mistake and not ignored.
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Query(query) = Query::try_from_uri(&parts.uri).map_err(|error| Problem::new(QUERY_INVALID, error.body_text()))?;
        Ok(Self(query))
    }
}

/// The listing id of the path: as it is, or as `~` and its base64 (URL alphabet, no padding). Some ids do not survive a path, because
/// gateways decode it: those with `/`, `?`, `%` or `#`, and those that begin with `~`.
pub(crate) struct ListingId(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for ListingId {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        listing_id(&segment(parts, state, "listing_id").await?).map(Self)
    }
}

/// The review id of the path.
pub(crate) struct ReviewId(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for ReviewId {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        segment(parts, state, "review_id").await.map(Self)
    }
}

/// The job id of the path.
pub(crate) struct JobId(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for JobId {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        segment(parts, state, "job_id").await.map(Self)
    }
}

/// One variable part of the path.
async fn segment<S: Send + Sync>(parts: &mut Parts, state: &S, name: &str) -> Result<String, Problem> {
    let invalid = || Problem::new(PATH_INVALID, format!("the {name} is not UTF-8"));
    let Path(mut segments) = Path::<HashMap<String, String>>::from_request_parts(parts, state).await.map_err(|_| invalid())?;
    segments.remove(name).ok_or_else(invalid)
}

fn listing_id(segment: &str) -> Result<String, Problem> {
    let invalid = |detail: String| Problem::new(PATH_INVALID, detail);
    let id = match segment.strip_prefix('~') {
        None => segment.to_owned(),
        Some(encoded) => {
            let bytes = URL_SAFE_NO_PAD.decode(encoded).ok();
            let id = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            id.ok_or_else(|| invalid("after ~ the listing_id is expected in base64, URL alphabet, without padding".to_owned()))?
        }
    };
    if id.len() > LISTING_ID_BYTES_MAX {
        return Err(invalid(format!("a listing_id has at most {LISTING_ID_BYTES_MAX} bytes")));
    }
    if id.is_empty() {
        return Err(invalid("the listing_id is empty".to_owned()));
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_as_they_are_or_in_base64() {
        let check = |segment: &str, expected: Result<&str, &str>| {
            let found = listing_id(segment).map_err(|problem| problem.code().name);
            assert_eq!(found.as_deref().map_err(|name| *name), expected, "{segment}");
        };
        check("A-17", Ok("A-17"));
        check("驴牌 1", Ok("驴牌 1"));
        check("~YS9iP2MlZA", Ok("a/b?c%d"));
        check("~fg", Ok("~"));
        check("~", Err("path.invalid"));
        check("~a", Err("path.invalid"));
        check("~_w", Err("path.invalid"));
        check("", Err("path.invalid"));
        check(&"x".repeat(LISTING_ID_BYTES_MAX), Ok(&"x".repeat(LISTING_ID_BYTES_MAX)));
        check(&"x".repeat(LISTING_ID_BYTES_MAX + 1), Err("path.invalid"));
    }
}
