//! What should a reviewer look at next? The greatest expected harm first; what is nearly the same listing stands together.

use crate::access::Principal;
use crate::deps::Deps;
use crate::limits::{QUEUE_ENTRIES_MAX, QUEUE_GROUPS_DEFAULT, QUEUE_GROUPS_MAX, SIMILAR_SHOWN_MAX};
use crate::once::json;
use crate::params::Params;
use crate::problem::{Problem, QUERY_INVALID};
use axum::extract::{Extension, State};
use axum::response::Response;
use http::StatusCode;
use scoring::{Band, Harm, Milli, Policy, Risk, Sketch};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use storage::results::queue::{self, Filter, Position, QueueEntry};
use storage::reviews::ReviewState;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    brand: Option<String>,
    seller: Option<String>,
    min_risk: Option<f64>,
    limit: Option<usize>,
    cursor: Option<String>,
}

#[derive(Serialize)]
struct Page<'a> {
    entries: Vec<Group<'a>>,
    /// For the next page; absent on the last.
    cursor: Option<String>,
}

/// The listing of the greatest harm among those that are nearly the same, and the others.
#[derive(Serialize)]
struct Group<'a> {
    listing_id: &'a str,
    title: &'a str,
    brand: Option<&'a str>,
    seller_id: Option<&'a str>,
    seller_name: Option<&'a str>,
    price: Option<&'a str>,
    currency: Option<&'a str>,
    risk: Risk,
    log_odds: Milli,
    band: Band,
    /// In US dollars.
    expected_harm: Harm,
    job_id: &'a str,
    scored_at: &'a str,
    review: Option<&'a ReviewState>,
    similar: Vec<Similar<'a>>,
    similar_count: usize,
}

#[derive(Serialize)]
struct Similar<'a> {
    listing_id: &'a str,
    title: &'a str,
    seller_id: Option<&'a str>,
    risk: Risk,
}

/// `GET /v1/queue`
pub(crate) async fn read(
    State(deps): State<Arc<Deps>>,
    Extension(principal): Extension<Arc<Principal>>,
    Params(query): Params<Query>,
) -> Result<Response, Problem> {
    let groups_max = query.limit.unwrap_or(QUEUE_GROUPS_DEFAULT);
    if !(1..=QUEUE_GROUPS_MAX).contains(&groups_max) {
        return Err(Problem::new(QUERY_INVALID, format!("limit may be 1 to {QUEUE_GROUPS_MAX}")));
    }
    let min_risk = query.min_risk.map(risk).transpose()?;
    let text = |filter: &Option<String>| filter.clone().unwrap_or_default();
    let asked = [principal.subject.clone(), text(&query.brand), text(&query.seller), min_risk.unwrap_or_default().to_string()];
    let question = asked.each_ref().map(String::as_str);
    let after: Option<Position> =
        query.cursor.as_deref().map(|cursor| deps.config.cursor_key.open(cursor, &question)).transpose()?;
    let filter = Filter {
        brand: query.brand.as_deref().filter(|brand| !brand.is_empty()),
        seller: query.seller.as_deref().filter(|seller| !seller.is_empty()),
        min_risk,
    };
    let policy = deps.scorers.policy();
    let (mut entries, mut next) = (Vec::new(), after);
    loop {
        let page = queue::page(&deps.dynamodb, &deps.config.tables, &filter, next.as_ref(), groups_max * 4).await?;
        let is_idle = page.entries.is_empty();
        entries.extend(page.entries);
        next = page.next;
        // On, while all that is nearly the same still goes into groups that have begun.
        let is_full = grouped(policy, &entries, groups_max).1 < entries.len();
        if next.is_none() || is_idle || is_full || entries.len() >= QUEUE_ENTRIES_MAX {
            break;
        }
    }
    let (groups, taken) = grouped(policy, &entries, groups_max);
    if taken < entries.len() {
        next = entries[..taken].last().map(|entry| entry.position.clone());
    }
    let cursor = next.map(|position| deps.config.cursor_key.seal(&position, &question)).transpose()?;
    json(StatusCode::OK, &Page { entries: groups, cursor })
}

/// Tenths, from a number of 0 to 100.
fn risk(given: f64) -> Result<Risk, Problem> {
    if !(0.0..=100.0).contains(&given) {
        return Err(Problem::new(QUERY_INVALID, "min_risk may be 0 to 100"));
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 1,000 by the line above
    Ok(Risk((given * 10.0).ceil() as u16))
}

/// Puts entries to the first that is nearly the same, until one more group would begin; gives the number of entries used.
fn grouped<'e>(policy: &Policy, entries: &'e [QueueEntry], groups_max: usize) -> (Vec<Group<'e>>, usize) {
    let mut groups: Vec<(Sketch, Group<'_>)> = Vec::new();
    for (taken, entry) in entries.iter().enumerate() {
        let sketch = policy.sketch(&entry.title);
        let is_same = |(leader, group): &(Sketch, Group<'_>)| group.brand == entry.brand.as_deref() && leader.is_like(&sketch);
        match groups.iter().position(is_same) {
            Some(at) => {
                let (_, group) = &mut groups[at];
                group.similar_count += 1;
                if group.similar.len() < SIMILAR_SHOWN_MAX {
                    group.similar.push(similar(entry));
                }
            }
            None if groups.len() == groups_max => return (groups.into_iter().map(|(_, group)| group).collect(), taken),
            None => groups.push((sketch, leader(entry))),
        }
    }
    (groups.into_iter().map(|(_, group)| group).collect(), entries.len())
}

fn leader(entry: &QueueEntry) -> Group<'_> {
    Group {
        listing_id: &entry.listing_id,
        title: &entry.title,
        brand: entry.brand.as_deref(),
        seller_id: entry.seller_id.as_deref(),
        seller_name: entry.seller_name.as_deref(),
        price: entry.price.as_deref(),
        currency: entry.currency.as_deref(),
        risk: entry.risk,
        log_odds: entry.log_odds,
        band: entry.band,
        expected_harm: entry.expected_harm,
        job_id: &entry.job_id,
        scored_at: &entry.scored_at,
        review: entry.review.as_ref(),
        similar: Vec::new(),
        similar_count: 0,
    }
}

fn similar(entry: &QueueEntry) -> Similar<'_> {
    Similar { listing_id: &entry.listing_id, title: &entry.title, seller_id: entry.seller_id.as_deref(), risk: entry.risk }
}
