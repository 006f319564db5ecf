//! Does the table of results say what the result files say? Flagged rows, chosen at random, are looked up and compared.

use crate::limits::{TABLE_READS_IN_FLIGHT_MAX, TABLE_ROWS_MAX};
use crate::plan::Plan;
use crate::{Deps, Error};
use auditing::integrity::{Finding, Findings, Problem};
use scoring::ScoredListing;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, VecDeque};
use storage::limits::{ISSUES_BYTES_MAX, REASONS_BYTES_MAX};
use storage::results::of_row;
use tokio::task::JoinSet;

/// The rows to look up: those with the smallest seeded hashes, which no order of rows changes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct InTable {
    seed: u64,
    rows: BTreeMap<u64, Row>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Row {
    /// Position of its job in the plan.
    job: usize,
    row: u64,
    listing_id: String,
    /// By part of the result, the beginning of its hash.
    parts: BTreeMap<String, String>,
}

impl InTable {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, rows: BTreeMap::new() }
    }

    pub(crate) fn add(&mut self, job: usize, row: u64, stored: &ScoredListing) {
        let place =
            Sha256::new().chain_update(self.seed.to_be_bytes()).chain_update(&stored.listing_id).chain_update(row.to_be_bytes());
        let hash = place.finalize().iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte));
        let is_full = self.rows.len() >= TABLE_ROWS_MAX;
        if is_full && self.rows.last_key_value().is_some_and(|(largest, _)| hash >= *largest) {
            return;
        }
        self.rows.insert(hash, Row { job, row, listing_id: stored.listing_id.clone(), parts: parts(stored) });
        if self.rows.len() > TABLE_ROWS_MAX {
            self.rows.pop_last();
        }
    }

    /// Looks the rows up. What is not in the table is no finding: it holds what it was told to hold, for as long as it was told to.
    pub(crate) async fn compare(self, deps: &Deps, plan: &Plan, findings: &mut Findings) -> Result<(), Error> {
        let mut waiting: VecDeque<Row> = self.rows.into_values().collect();
        let mut reading = JoinSet::new();
        loop {
            while reading.len() < TABLE_READS_IN_FLIGHT_MAX {
                let Some(row) = waiting.pop_front() else { break };
                let Some(job) = plan.jobs.get(row.job).cloned() else { continue };
                let (client, table) = (deps.dynamodb.clone(), deps.config.tables.results.clone());
                reading.spawn(async move {
                    let stored = of_row(&client, &table, &job.upload, &job.job_id, &row.listing_id, row.row).await;
                    (row, job.job_id, stored)
                });
            }
            let Some(read) = reading.join_next().await else { return Ok(()) };
            let (row, job_id, stored) = read.map_err(|_| lambda::Error::Panic)?;
            let place = format!("item of listing {} of job {job_id} in the table of results", row.listing_id);
            match stored {
                Ok(None) => {}
                Ok(Some(stored)) => findings.add(differences(&row, &stored.scored, place)),
                Err(error @ storage::Error::BadRecord { .. }) => {
                    findings.add([Finding { problem: Problem::Unreadable, place, detail: error.to_string() }]);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// The parts of a result, each by the beginning of its hash. What the table may have cut is left out.
fn parts(scored: &ScoredListing) -> BTreeMap<String, String> {
    let mut parts = vec![
        ("risk", json(&scored.risk)),
        ("log_odds", json(&scored.log_odds)),
        ("band", json(&scored.band)),
        ("brand", json(&scored.brand)),
        ("policy", json(&scored.policy)),
        ("input", json(&scored.input)),
        ("scored_at", json(&scored.scored_at)),
    ];
    for (name, list, bytes_max) in
        [("reasons", json(&scored.reasons), REASONS_BYTES_MAX), ("issues", json(&scored.issues), ISSUES_BYTES_MAX)]
    {
        if list.len() <= bytes_max {
            parts.push((name, list));
        }
    }
    let hash = |text: String| Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    parts.into_iter().map(|(name, text)| (name.to_owned(), hash(text))).collect()
}

fn json(part: &impl Serialize) -> String {
    serde_json::to_string(part).expect("results serialise")
}

fn differences(row: &Row, stored: &ScoredListing, place: String) -> Option<Finding> {
    let now = parts(stored);
    let differing: Vec<&str> =
        row.parts.iter().filter(|(name, hash)| now.get(*name) != Some(hash)).map(|(name, _)| name.as_str()).collect();
    let detail = format!("{} differ from the result file", differing.join(", "));
    (!differing.is_empty()).then_some(Finding { problem: Problem::RowAltered, place, detail })
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::{Band, Milli, Risk};

    fn scored(listing_id: &str, risk: u16) -> ScoredListing {
        ScoredListing {
            listing_id: listing_id.to_owned(),
            risk: Risk(risk),
            log_odds: Milli(1_000),
            band: Band::RedFlag,
            brand: None,
            reasons: Vec::new(),
            issues: Vec::new(),
            policy: "p-1".to_owned(),
            input: "h-1".to_owned(),
            scored_at: "2026-11-24T00:00:00Z".to_owned(),
        }
    }

    #[test]
    fn what_differs_is_named() {
        let mut in_table = InTable::new(7);
        in_table.add(0, 3, &scored("a", 900));
        let row = in_table.rows.first_key_value().unwrap().1.clone();
        let found = |stored: &ScoredListing| differences(&row, stored, "x".to_owned()).map(|finding| finding.detail);
        assert_eq!(found(&scored("a", 900)), None);
        assert_eq!(found(&scored("a", 100)).as_deref(), Some("risk differ from the result file"));
        let other = ScoredListing { band: Band::Clear, brand: Some("gucci".to_owned()), ..scored("a", 900) };
        assert_eq!(found(&other).as_deref(), Some("band, brand differ from the result file"));
    }

    #[test]
    fn the_choice_does_not_depend_on_the_order() {
        let names: Vec<String> = (0..TABLE_ROWS_MAX + 50).map(|at| format!("a-{at}")).collect();
        let chosen = |names: &mut dyn Iterator<Item = &String>| {
            let mut in_table = InTable::new(7);
            names.for_each(|name| in_table.add(0, 0, &scored(name, 900)));
            in_table.rows.into_keys().collect::<Vec<_>>()
        };
        let forwards = chosen(&mut names.iter());
        assert_eq!(forwards.len(), TABLE_ROWS_MAX);
        assert_eq!(forwards, chosen(&mut names.iter().rev()));
    }
}
