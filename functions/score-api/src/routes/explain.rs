//! What would clear a listing? The smallest set of changes after which it scores below the threshold, tried out by scoring.

use super::listings::latest;
use crate::deps::Deps;
use crate::once::json;
use crate::params::ListingId;
use crate::problem::{INTERNAL, LISTING_NO_TEXT, Problem};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use std::sync::Arc;

/// `GET /v1/listings/{listing_id}/explain`
pub(crate) async fn explain(State(deps): State<Arc<Deps>>, ListingId(id): ListingId) -> Result<Response, Problem> {
    let stored = latest(&deps, &id).await?;
    let Some(listing) = stored.listing else {
        return Err(Problem::new(LISTING_NO_TEXT, "texts are kept of flagged listings only; send it to /v1/score?store=true"));
    };
    // Hundreds of scorings: not on the thread that serves the network.
    let work = move || deps.scorers.with(|scorer| scorer.counterfactual(&listing));
    let found =
        tokio::task::spawn_blocking(work).await.map_err(|_| Problem::new(INTERNAL, "please report it with the instance"))?;
    json(StatusCode::OK, &found)
}
