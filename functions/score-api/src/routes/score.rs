//! How is a listing scored now? The same scorer as for uploads; what is stored is what an upload would store.

use crate::access::Principal;
use crate::body::{JsonBody, parse};
use crate::deps::{Deps, written};
use crate::limits::{LISTINGS_INLINE_MAX, LISTINGS_MAX};
use crate::once::{Turn, json_answer, once};
use crate::params::Params;
use crate::problem::{BATCH_EMPTY, BATCH_TOO_MANY, INTERNAL, Problem, ROW_INTERNAL_ERROR};
use axum::extract::{Extension, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use scoring::{Listing, RawListing, ScoredListing};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use storage::Upload;
use storage::requests::Answer;
use storage::results::{BatchWriter, Origin, to_item};
use tokio::time::Instant;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// Whether the results go into the table, where the queue and the history find them.
    #[serde(default)]
    store: bool,
}

/// The body when it holds many. A single listing has no key of this name, so it is told apart by it.
#[derive(Deserialize)]
#[serde(expecting = "a listing, or an object with listings")]
struct Many<'b> {
    #[serde(borrow)]
    listings: Option<Vec<&'b RawValue>>,
}

/// What became of one listing: what was read and what it scores, or why it is none.
type Outcome = Result<(Listing, ScoredListing), Problem>;

/// The answer for many.
#[derive(Serialize)]
struct Results<'o> {
    scored: usize,
    rejected: usize,
    results: Vec<Entry<'o>>,
}

#[derive(Serialize)]
struct Entry<'o> {
    /// Position in the request, from 0.
    index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'o ScoredListing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Rejection<'o>>,
}

#[derive(Serialize)]
struct Rejection<'o> {
    code: &'static str,
    detail: &'o str,
}

/// `POST /v1/score`
pub(crate) async fn score(
    State(deps): State<Arc<Deps>>,
    Extension(principal): Extension<Arc<Principal>>,
    Params(query): Params<Query>,
    headers: HeaderMap,
    body: JsonBody,
) -> Result<Response, Problem> {
    let operation = if query.store { "POST /v1/score?store=true" } else { "POST /v1/score" };
    once(&deps, &principal, operation, &headers, &body.0, |turn| answer(&deps, &body, query.store, turn)).await
}

async fn answer(deps: &Arc<Deps>, body: &JsonBody, store: bool, turn: Turn) -> Result<Answer, Problem> {
    let many: Many<'_> = body.parse()?;
    let scored_at = written(turn.at_ms);
    let Some(listings) = many.listings else {
        let raw: RawListing = body.parse()?;
        let (listing, scored) = deps.scorers.with(|scorer| scored(scorer, raw, &scored_at))?;
        let answer = json_answer(StatusCode::OK, &scored)?;
        turn.check(&answer)?;
        if store {
            write(deps, &turn, &[Ok((listing, scored))]).await?;
        }
        return Ok(answer);
    };
    if listings.is_empty() {
        return Err(Problem::new(BATCH_EMPTY, "send between one listing and the limit").member("listings_max", LISTINGS_MAX));
    }
    if listings.len() > LISTINGS_MAX {
        let detail = format!("{} listings are more than {LISTINGS_MAX}; upload larger exports", listings.len());
        return Err(Problem::new(BATCH_TOO_MANY, detail).member("listings_max", LISTINGS_MAX));
    }
    let outcomes = if listings.len() <= LISTINGS_INLINE_MAX {
        each(deps, &listings, &scored_at)
    } else {
        // Owned, for the thread: the texts point into the body, which is shared and cheap to keep.
        let (deps, body) = (Arc::clone(deps), JsonBody(body.0.clone()));
        let work = move || {
            let many: Many<'_> = body.parse()?;
            Ok::<_, Problem>(each(&deps, &many.listings.unwrap_or_default(), &scored_at))
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Problem::new(INTERNAL, "please report it with the instance"))??
    };
    let results: Vec<_> = outcomes.iter().enumerate().map(|(index, outcome)| entry(index, outcome)).collect();
    let count = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let answer = json_answer(StatusCode::OK, &Results { scored: count, rejected: outcomes.len() - count, results })?;
    turn.check(&answer)?;
    if store {
        write(deps, &turn, &outcomes).await?;
    }
    Ok(answer)
}

/// Each listing gets its own outcome: one that is none, or that the scorer fails on, is the end of itself alone.
fn each(deps: &Deps, listings: &[&RawValue], scored_at: &str) -> Vec<Outcome> {
    let one = |text: &&RawValue| {
        let raw = parse::<RawListing>(text.get().as_bytes())?;
        let work = || deps.scorers.with(|scorer| scored(scorer, raw, scored_at));
        catch_unwind(AssertUnwindSafe(work))
            .unwrap_or_else(|_| Err(Problem::new(ROW_INTERNAL_ERROR, "please report it with the instance")))
    };
    listings.iter().map(one).collect()
}

fn scored(scorer: &mut scoring::Scorer, raw: RawListing, scored_at: &str) -> Outcome {
    let listing = raw.into_listing().map_err(|error| Problem::of_row(&error))?;
    let scored = scorer.score(&listing, scored_at);
    Ok((listing, scored))
}

fn entry(index: usize, outcome: &Outcome) -> Entry<'_> {
    match outcome {
        Ok((_, scored)) => Entry { index, result: Some(scored), problem: None },
        Err(problem) => {
            let rejection = Rejection { code: problem.code().name, detail: problem.detail() };
            Entry { index, result: None, problem: Some(rejection) }
        }
    }
}

/// Writes the results as an upload at the time of the request would.
async fn write(deps: &Deps, turn: &Turn, outcomes: &[Outcome]) -> Result<(), Problem> {
    let upload = Upload { at_ms: turn.at_ms, sequencer: String::new() };
    let origin = Origin::new(&turn.name, &upload, deps.expires_at())?;
    let policy = deps.scorers.policy();
    let rows = outcomes.iter().zip(0_u64..).filter_map(|(outcome, row)| outcome.as_ref().ok().map(|pair| (row, pair)));
    let items: Vec<_> = rows
        .map(|(row, (listing, scored))| to_item(&origin, row, listing, scored, policy.expected_harm(listing, scored.risk)))
        .collect();
    let deadline = Instant::now() + crate::limits::REQUEST_TIME_MAX / 2;
    let mut writer = BatchWriter::new(deps.dynamodb.clone(), &deps.config.tables.results, deadline);
    writer.put(items).await?;
    writer.flush().await?;
    Ok(())
}
