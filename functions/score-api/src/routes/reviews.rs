//! How do people decide? On a state that they name, once, and so that they can take it back.

use super::listings::latest;
use crate::access::{Principal, Role};
use crate::body::JsonBody;
use crate::deps::Deps;
use crate::limits::{NOTE_BYTES_MAX, REVIEWS_MAX};
use crate::once::{json, json_answer, once};
use crate::params::{ListingId, ReviewId};
use crate::problem::{AUTH_FORBIDDEN, Problem, REVIEW_NOT_FOUND, REVIEW_NOT_LATEST, REVIEW_NOTE_TOO_LONG};
use crate::state::{check, conflict, etag, given};
use axum::extract::{Extension, State};
use axum::response::Response;
use http::header::ETAG;
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use storage::Error;
use storage::reviews::{Decision, NewReview, Review};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    decision: Decision,
    #[serde(default)]
    note: String,
}

#[derive(Serialize)]
struct Reviews {
    reviews: Vec<Review>,
}

/// `GET /v1/listings/{listing_id}/reviews`
pub(crate) async fn list(State(deps): State<Arc<Deps>>, ListingId(id): ListingId) -> Result<Response, Problem> {
    let reviews = deps.reviews().of_listing(&id, REVIEWS_MAX).await?;
    json(StatusCode::OK, &Reviews { reviews })
}

/// `POST /v1/listings/{listing_id}/reviews`
pub(crate) async fn decide(
    State(deps): State<Arc<Deps>>,
    Extension(principal): Extension<Arc<Principal>>,
    ListingId(id): ListingId,
    headers: HeaderMap,
    body: JsonBody,
) -> Result<Response, Problem> {
    let Body { decision, note } = body.parse()?;
    if note.len() > NOTE_BYTES_MAX {
        let detail = format!("{} bytes are more than {NOTE_BYTES_MAX}", note.len());
        return Err(Problem::new(REVIEW_NOTE_TOO_LONG, detail).member("bytes_max", NOTE_BYTES_MAX));
    }
    let operation = format!("POST /v1/listings/{id}/reviews");
    let (deps, principal, headers) = (&*deps, &*principal, &headers);
    // The same words on another state are another request.
    let payload = [given(headers)?.as_bytes(), b"\n", &body.0].concat();
    once(deps, principal, &operation, headers, &payload, |turn| async move {
        let reviews = deps.reviews();
        let (about, state) = tokio::join!(latest(deps, &id), reviews.state(&id));
        let (about, state) = (about?, state?);
        // Our own decision, made by an attempt whose answer was never kept.
        let is_ours = state.review_id.as_deref() == Some(turn.name.as_str());
        let expected_version = if is_ours { state.version - 1 } else { state.version };
        if !is_ours {
            check(headers, &state, &about)?;
        }
        let new = NewReview {
            review_id: &turn.name,
            decision,
            note: &note,
            reviewer: &principal.name,
            reviewer_id: &principal.subject,
            at_ms: turn.at_ms,
            expires_at: deps.expires_at(),
            about: &about,
        };
        let decided = reviews.decide(&new, expected_version).await.map_err(refused)?;
        let mut answer = json_answer(StatusCode::CREATED, &decided.review)?;
        let tag = etag(&decided.state, &about).to_str().unwrap_or_default().to_owned();
        answer.headers.push((ETAG.to_string(), tag));
        Ok(answer)
    })
    .await
}

/// `DELETE /v1/listings/{listing_id}/reviews/{review_id}`
pub(crate) async fn withdraw(
    State(deps): State<Arc<Deps>>,
    Extension(principal): Extension<Arc<Principal>>,
    ListingId(id): ListingId,
    ReviewId(review_id): ReviewId,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let reviews = deps.reviews();
    let (about, state) = tokio::join!(latest(&deps, &id), reviews.state(&id));
    let (about, state) = (about?, state?);
    check(&headers, &state, &about)?;
    if state.review_id.as_deref() == Some(review_id.as_str())
        && state.reviewer_id.as_deref() != Some(principal.subject.as_str())
        && !principal.roles.has(Role::Admin)
    {
        return Err(
            Problem::new(AUTH_FORBIDDEN, "only the reviewer or an admin takes a decision back").member("roles", ["admin"])
        );
    }
    let at_ms = deps.clock.now_ms();
    let state = reviews.withdraw(&about, &review_id, &principal.subject, at_ms, state.version).await.map_err(refused)?;
    let mut response = json(StatusCode::OK, &state)?;
    response.headers_mut().insert(ETAG, etag(&state, &about));
    Ok(response)
}

fn refused(error: Error) -> Problem {
    match error {
        Error::ReviewConflict { current } => conflict(&current),
        Error::ReviewNotFound => Problem::new(REVIEW_NOT_FOUND, "it was never made, was taken back, or has expired"),
        Error::ReviewNotLatest => Problem::new(REVIEW_NOT_LATEST, "a later decision stands; take that one back first"),
        error => error.into(),
    }
}
