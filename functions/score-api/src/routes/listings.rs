//! What is known of one listing? Its newest result, the former ones, and what people decided.

use crate::deps::Deps;
use crate::limits::{HISTORY_DEFAULT, HISTORY_MAX};
use crate::once::json;
use crate::params::{ListingId, Params};
use crate::problem::{LISTING_NOT_FOUND, Problem, QUERY_INVALID};
use crate::state::etag;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use http::header::ETAG;
use scoring::{Band, Listing, Milli, Risk, ScoredListing};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use storage::results::{self, StoredResult};
use storage::reviews::ReviewState;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// How many former results.
    history: Option<usize>,
}

#[derive(Serialize)]
struct Known<'a> {
    listing_id: &'a str,
    latest: Latest<'a>,
    history: Vec<Former<'a>>,
    review: &'a ReviewState,
}

#[derive(Serialize)]
struct Latest<'a> {
    #[serde(flatten)]
    scored: &'a ScoredListing,
    title: &'a str,
    price: Option<&'a str>,
    currency: Option<&'a str>,
    seller_id: Option<&'a str>,
    seller_name: Option<&'a str>,
    marketplace: Option<&'a str>,
    url: Option<&'a str>,
    job_id: &'a str,
    /// The whole text, for what is flagged.
    listing: Option<&'a Listing>,
}

#[derive(Serialize)]
struct Former<'a> {
    scored_at: &'a str,
    risk: Risk,
    log_odds: Milli,
    band: Band,
    policy: &'a str,
    job_id: &'a str,
}

/// `GET /v1/listings/{listing_id}`
pub(crate) async fn read(
    State(deps): State<Arc<Deps>>,
    ListingId(id): ListingId,
    Params(query): Params<Query>,
) -> Result<Response, Problem> {
    let wanted = query.history.unwrap_or(HISTORY_DEFAULT);
    if wanted > HISTORY_MAX {
        return Err(Problem::new(QUERY_INVALID, format!("history may be 0 to {HISTORY_MAX}")));
    }
    let reviews = deps.reviews();
    let (stored, state) =
        tokio::join!(results::history(&deps.dynamodb, &deps.config.tables.results, &id, wanted + 1), reviews.state(&id));
    let (stored, state) = (stored?, state?);
    let Some((latest, former)) = stored.split_first() else { return Err(not_found()) };
    let known =
        Known { listing_id: &id, latest: shown(latest), history: former.iter().map(of_the_past).collect(), review: &state };
    let mut response = json(StatusCode::OK, &known)?;
    response.headers_mut().insert(ETAG, etag(&state, latest));
    Ok(response)
}

/// The newest result of a listing.
///
/// # Errors
/// `listing.not_found`, or of storage.
pub(crate) async fn latest(deps: &Deps, id: &str) -> Result<StoredResult, Problem> {
    results::latest(&deps.dynamodb, &deps.config.tables.results, id).await?.ok_or_else(not_found)
}

fn not_found() -> Problem {
    Problem::new(LISTING_NOT_FOUND, "it was never stored under this listing_id, or its results have expired")
}

fn shown(stored: &StoredResult) -> Latest<'_> {
    Latest {
        scored: &stored.scored,
        title: &stored.title,
        price: stored.price.as_deref(),
        currency: stored.currency.as_deref(),
        seller_id: stored.seller_id.as_deref(),
        seller_name: stored.seller_name.as_deref(),
        marketplace: stored.marketplace.as_deref(),
        url: stored.url.as_deref(),
        job_id: &stored.job_id,
        listing: stored.listing.as_ref(),
    }
}

fn of_the_past(stored: &StoredResult) -> Former<'_> {
    let scored = &stored.scored;
    Former {
        scored_at: &scored.scored_at,
        risk: scored.risk,
        log_odds: scored.log_odds,
        band: scored.band,
        policy: &scored.policy,
        job_id: &stored.job_id,
    }
}
