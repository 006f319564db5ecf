//! Being written: interface only.
use crate::*;
use std::sync::{Arc, OnceLock};

/// What we know, compiled.
pub struct Policy { id: String }

/// Where the bands begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// First risk of the band `review`.
    pub review: Risk,
    /// First risk of the band `red_flag`.
    pub red_flag: Risk,
}

impl Policy {
    /// The policy that ships with the crate.
    pub fn embedded() -> Arc<Self> {
        static EMBEDDED: OnceLock<Arc<Policy>> = OnceLock::new();
        EMBEDDED.get_or_init(|| Arc::new(Policy { id: "p-00000000".into() })).clone()
    }
    /// Id.
    pub fn id(&self) -> &str { &self.id }
    /// Thresholds.
    pub fn thresholds(&self) -> Thresholds { Thresholds { review: Risk(400), red_flag: Risk(800) } }
    /// The display name of a brand id.
    pub fn brand_name(&self, _id: &str) -> Option<&str> { None }
    /// Base log odds.
    pub fn base(&self) -> Milli { Milli(-3000) }
}

/// Scores listings; keeps its buffers between them, so use one per thread.
pub struct Scorer { policy: Arc<Policy> }

impl Scorer {
    /// For a policy.
    pub fn new(policy: Arc<Policy>) -> Self { Self { policy } }
    /// Total: any listing gives a result.
    pub fn score(&mut self, listing: &Listing, scored_at: &str) -> ScoredListing {
        let mut reasons = Vec::new();
        let (mut risk, mut log_odds, mut band) = (Risk(47), Milli(-3000), Band::Clear);
        if let Some(start) = listing.title.find("replica") {
            let points = Milli(5310);
            reasons.push(Reason { signal: "replica_term".into(), points, field: "title".into(), start: start as u32, end: start as u32 + 7, text: "replica".into(), why: "'replica' means a copy of a branded good".into() });
            (risk, log_odds, band) = (Risk(910), log_odds.plus(points), Band::RedFlag);
        }
        ScoredListing { listing_id: listing.listing_id.clone(), risk, log_odds, band, brand: listing.brand.clone(), reasons, issues: listing.issues.clone(), policy: self.policy.id.clone(), input: listing.input_hash(), scored_at: scored_at.to_owned() }
    }
}
