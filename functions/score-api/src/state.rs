//! On which state was a decision made? An entity tag names the review state of a listing and the result that it is about, so that
//! nobody decides on what somebody else has changed meanwhile.

use crate::problem::{IF_MATCH_MISSING, Problem, REVIEW_CONFLICT};
use http::header::IF_MATCH;
use http::{HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};
use storage::results::StoredResult;
use storage::reviews::ReviewState;

/// The entity tag of a listing: the version of its review state and the name of its newest result.
pub(crate) fn etag(state: &ReviewState, latest: &StoredResult) -> HeaderValue {
    let digest = Sha256::digest(&latest.order_key);
    let result: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{}-{result}\"", state.version);
    HeaderValue::try_from(tag).expect("digits, letters and quotes are visible ASCII")
}

/// Lets a decision through that was made on this state.
///
/// # Errors
/// `review.if_match_missing`, or `review.conflict` with the state as it is.
pub(crate) fn check(headers: &HeaderMap, state: &ReviewState, latest: &StoredResult) -> Result<(), Problem> {
    let current = etag(state, latest);
    let given = given(headers)?;
    let matches = |tag: &str| tag == "*" || tag.as_bytes() == current.as_bytes();
    if given.split(',').map(str::trim).any(matches) { Ok(()) } else { Err(conflict(state)) }
}

/// The entity tags that a decision names, separated by commas.
///
/// # Errors
/// `review.if_match_missing`.
pub(crate) fn given(headers: &HeaderMap) -> Result<String, Problem> {
    let tags = headers.get_all(IF_MATCH).iter().filter_map(|value| value.to_str().ok());
    let given = tags.filter(|tags| !tags.trim().is_empty()).collect::<Vec<_>>().join(", ");
    if given.is_empty() {
        return Err(Problem::new(IF_MATCH_MISSING, "send the ETag of the listing as If-Match"));
    }
    Ok(given)
}

/// Says who decided what meanwhile.
pub(crate) fn conflict(state: &ReviewState) -> Problem {
    let detail = match (&state.decision, &state.reviewer) {
        (Some(decision), Some(reviewer)) => {
            let at = state.reviewed_at.as_deref().unwrap_or_default();
            format!("{reviewer} decided '{}' at {at}; look at the listing again", decision.name())
        }
        _ => "the listing was scored anew or a decision was taken back; look at it again".to_owned(),
    };
    Problem::new(REVIEW_CONFLICT, detail).member("current", state)
}
