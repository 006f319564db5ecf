//! Stand-in with the agreed interface; replaced by the real module.
#![allow(missing_docs)]

use exports::Reject;
use scoring::{Band, Listing, Policy, Risk, ScoredListing};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    bands: Bands,
    rejected: u64,
}

impl Tally {
    pub fn add(&mut self, _listing: &Listing, scored: &ScoredListing) {
        match scored.band {
            Band::Clear => self.bands.clear += 1,
            Band::Review => self.bands.review += 1,
            Band::RedFlag => self.bands.red_flag += 1,
        }
    }
    pub fn reject(&mut self, _reject: &Reject) {
        self.rejected += 1;
    }
    pub fn scored(&self) -> u64 {
        self.bands.clear + self.bands.review + self.bands.red_flag
    }
    pub fn rejected(&self) -> u64 {
        self.rejected
    }
    pub fn bands(&self) -> Bands {
        self.bands
    }
    pub fn issues(&self) -> BTreeMap<String, u64> {
        BTreeMap::new()
    }
    pub fn rejects(&self) -> BTreeMap<String, u64> {
        BTreeMap::new()
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    pub job_id: String,
    pub files: u64,
    pub rows: u64,
    pub scored: u64,
    pub rejected: u64,
    pub bands: Bands,
    pub policy: String,
    pub seconds: f64,
    pub rows_per_second: f64,
    pub source: String,
    pub format: String,
    pub ignored_columns: Vec<String>,
    pub issues: BTreeMap<String, u64>,
    pub rejects: BTreeMap<String, u64>,
    pub thresholds: Thresholds,
    pub started_at: String,
    pub finished_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bands {
    pub clear: u64,
    pub review: u64,
    pub red_flag: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    pub review: Risk,
    pub red_flag: Risk,
}

impl From<scoring::Thresholds> for Thresholds {
    fn from(of_policy: scoring::Thresholds) -> Self {
        Self { review: of_policy.review, red_flag: of_policy.red_flag }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub code: String,
    pub reason: String,
}

pub fn render(_tally: &Tally, summary: &Summary, _policy: &Policy) -> String {
    format!("<!doctype html><title>{}</title>", summary.job_id)
}
