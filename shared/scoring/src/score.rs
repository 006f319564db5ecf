//! How do signals become a risk? They are added up in integers and looked up in one table.

use crate::policy::Policy;
use crate::reading::{Buffers, Reading};
use crate::signals::Fired;
use crate::{Listing, Milli, Reason, ScoredListing, signals};
use std::sync::Arc;

/// Scores listings; keeps its buffers between them, so use one per thread.
///
/// ```
/// use scoring::{Band, Field, Policy, RawListing, Scorer};
///
/// let mut raw = RawListing::default();
/// raw.set(Field::ListingId, "A-17");
/// raw.set(Field::Title, "Louis Vuitton Neverfull 1:1 replica, mirror quality");
/// let listing = raw.into_listing().unwrap();
///
/// let scored = Scorer::new(Policy::embedded()).score(&listing, "2026-11-24T00:00:00Z");
/// assert_eq!(scored.band, Band::RedFlag);
/// assert_eq!(scored.brand.as_deref(), Some("louis-vuitton"));
/// let points: i32 = scored.reasons.iter().map(|reason| reason.points.0).sum();
/// assert_eq!(Policy::embedded().base().0 + points, scored.log_odds.0);
/// ```
pub struct Scorer {
    policy: Arc<Policy>,
    buffers: Buffers,
    /// What the input's hash is made of.
    content: Vec<u8>,
    /// The signals that the policy gives a weight.
    weighing: Vec<usize>,
}

impl Scorer {
    /// A scorer for one policy.
    #[must_use]
    pub fn new(policy: Arc<Policy>) -> Self {
        let weighing = signals::weighing(&policy);
        Self { policy, buffers: Buffers::new(), content: Vec::new(), weighing }
    }

    /// Scores one listing. Total: any listing gives a result. `scored_at` is RFC 3339 and only copied.
    pub fn score(&mut self, listing: &Listing, scored_at: &str) -> ScoredListing {
        let input = listing.input_hash_with(&mut self.content);
        let Weighed { reading, reasons, log_odds } = self.weigh(listing);
        let policy = reading.policy;
        let risk = policy.risk(log_odds);
        ScoredListing {
            listing_id: listing.listing_id.clone(),
            risk,
            log_odds,
            band: policy.thresholds().band(risk),
            brand: reading.sold_brand().map(|brand| brand.id.clone()),
            reasons,
            issues: listing.issues.clone(),
            policy: policy.id().to_owned(),
            input,
            scored_at: scored_at.to_owned(),
        }
    }

    /// What fires on a listing, before weights: what training learns from.
    pub fn fired(&mut self, listing: &Listing) -> Vec<Fired> {
        self.normalise(listing);
        self.find();
        signals::fired(&self.buffers.read(listing, &self.policy))
    }

    /// The policy that it scores by.
    #[must_use]
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// What [`Self::score`] is made of, for those who also need what was read.
    pub(crate) fn weigh<'r>(&'r mut self, listing: &'r Listing) -> Weighed<'r> {
        self.normalise(listing);
        self.find();
        let reading = self.buffers.read(listing, &self.policy);
        let reasons = signals::evaluate(&reading, &self.weighing);
        let log_odds = reasons.iter().fold(self.policy.base(), |sum: Milli, reason| sum.plus(reason.points));
        Weighed { reading, reasons, log_odds }
    }

    /// The first stage of [`Self::score`] alone, for measuring: makes the text comparable and returns how many bytes to search.
    pub fn normalise(&mut self, listing: &Listing) -> usize {
        self.buffers.normalise(listing, &self.policy)
    }

    /// The second stage alone, for measuring: finds names and words in what was normalised last and returns how many.
    pub fn find(&mut self) -> usize {
        self.buffers.find(&self.policy)
    }
}

/// A listing, read and weighed.
pub(crate) struct Weighed<'r> {
    pub(crate) reading: Reading<'r>,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) log_odds: Milli,
}
