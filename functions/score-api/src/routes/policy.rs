//! What does the scorer know, and where do its bands begin?

use crate::deps::Deps;
use crate::once::json;
use crate::problem::Problem;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use scoring::{Milli, Risk};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Known<'a> {
    policy: &'a str,
    /// Log odds of a listing about which nothing is known.
    base: Milli,
    thresholds: Thresholds,
    counts: Counts,
    brands: Vec<Brand<'a>>,
}

#[derive(Serialize)]
struct Thresholds {
    review: Risk,
    red_flag: Risk,
}

#[derive(Serialize)]
struct Counts {
    brands: usize,
    kinds: usize,
    terms: usize,
    guards: usize,
    patterns: usize,
    signals: usize,
}

#[derive(Serialize)]
struct Brand<'a> {
    id: &'a str,
    name: &'a str,
}

/// `GET /v1/policy`
pub(crate) async fn read(State(deps): State<Arc<Deps>>) -> Result<Response, Problem> {
    let policy = deps.scorers.policy();
    let (size, thresholds) = (policy.size(), policy.thresholds());
    let known = Known {
        policy: policy.id(),
        base: policy.base(),
        thresholds: Thresholds { review: thresholds.review, red_flag: thresholds.red_flag },
        counts: Counts {
            brands: size.brands,
            kinds: size.kinds,
            terms: size.terms,
            guards: size.guards,
            patterns: size.patterns,
            signals: scoring::signals::ALL.len(),
        },
        brands: policy.brands().map(|(id, name)| Brand { id, name }).collect(),
    };
    json(StatusCode::OK, &known)
}
