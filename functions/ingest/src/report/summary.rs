//! What is in `summary.json`? The facts of one job, by the names of the contract.

use scoring::{Band, Milli, Risk};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The facts of one job. `rows` is always `scored` + `rejected`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Names the job: the same upload has the same id.
    pub job_id: String,
    /// Export files read.
    pub files: u64,
    /// Rows read.
    pub rows: u64,
    /// Rows scored.
    pub scored: u64,
    /// Rows that were no listing.
    pub rejected: u64,
    /// Scored listings by band.
    pub bands: Bands,
    /// Id of the policy.
    pub policy: String,
    /// Time spent, of all invocations together.
    pub seconds: f64,
    /// `rows` / `seconds`.
    pub rows_per_second: f64,
    /// Object key or path of the export; several are separated by a comma.
    pub source: String,
    /// What the file turned out to be, such as `shopify-products csv utf-8 gzip`.
    pub format: String,
    /// Columns or keys that are no part of a listing.
    pub ignored_columns: Vec<String>,
    /// Fields that could not be read, by code.
    pub issues: BTreeMap<String, u64>,
    /// Rejected rows by code.
    pub rejects: BTreeMap<String, u64>,
    /// The highest risks, at most [`SUMMARY_LISTINGS_MAX`](super::limits::SUMMARY_LISTINGS_MAX).
    pub top: Vec<Highest>,
    /// Where the bands begin.
    pub thresholds: Thresholds,
    /// RFC 3339.
    pub started_at: String,
    /// RFC 3339.
    pub finished_at: String,
    /// Why the file could not be read to its end; absent when it could.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// One of the highest risks, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Highest {
    /// Its id.
    pub listing_id: String,
    /// As the seller wrote it, perhaps cut.
    pub title: String,
    /// With its currency.
    pub price: Option<String>,
    /// Id of the brand that was recognised.
    pub brand: Option<String>,
    /// Risk index.
    pub risk: Risk,
    /// What to rank by.
    pub log_odds: Milli,
    /// Band of the risk.
    pub band: Band,
    /// The largest reasons, at most [`SUMMARY_REASONS_MAX`](super::limits::SUMMARY_REASONS_MAX).
    pub reasons: Vec<ShortReason>,
}

/// A reason, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShortReason {
    /// What it adds to the log odds.
    pub points: Milli,
    /// One sentence for a person.
    pub why: String,
}

/// Scored listings by band.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bands {
    /// Nothing to do.
    pub clear: u64,
    /// A person should look.
    pub review: u64,
    /// A person should look first.
    pub red_flag: u64,
}

impl Bands {
    /// Listings that a person should look at.
    #[must_use]
    pub fn flagged(self) -> u64 {
        self.review + self.red_flag
    }
}

/// Where the bands begin: the first risk of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // the names of the bands are the documentation
pub struct Thresholds {
    pub review: Risk,
    pub red_flag: Risk,
}

impl From<scoring::Thresholds> for Thresholds {
    fn from(of_policy: scoring::Thresholds) -> Self {
        Self { review: of_policy.review, red_flag: of_policy.red_flag }
    }
}

/// Why a file could not be read to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Stable machine name, such as `file.truncated_gzip`.
    pub code: String,
    /// One sentence for a person.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_the_contract() {
        let summary = Summary { job_id: "j-1".into(), files: 1, rows: 3, scored: 2, rejected: 1, ..Summary::default() };
        let json = serde_json::to_value(&summary).unwrap();
        for name in ["job_id", "files", "rows", "scored", "rejected", "bands", "policy", "seconds", "rows_per_second"] {
            assert!(json.get(name).is_some(), "{name}");
        }
        assert_eq!(json["bands"], serde_json::json!({"clear": 0, "review": 0, "red_flag": 0}));
        assert!(json.get("failure").is_none());
        assert_eq!(serde_json::from_value::<Summary>(json).unwrap(), summary);
    }
}
