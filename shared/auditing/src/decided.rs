//! What did a person decide, and on which result?

use scoring::{Band, Milli, Risk};
use serde::{Deserialize, Serialize};

/// A decision that stands on a listing of the window, with the result that it is about. Undecided listings ("unsure") are not among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Name of the decision.
    pub review_id: String,
    /// The listing.
    pub listing_id: String,
    /// Whether it was found to be a counterfeit.
    pub counterfeit: bool,
    /// Who decided, as colleagues know them.
    pub reviewer: String,
    /// Who reported the listing, where somebody did.
    pub source: Option<String>,
    /// Set where the listing was drawn at random and not chosen for its risk. Only such decisions tell what is missed.
    pub sampled: Option<Drawn>,
    /// When, RFC 3339.
    pub decided_at: String,
    /// Of the result.
    pub risk: Risk,
    /// Of the result.
    pub log_odds: Milli,
    /// Of the result.
    pub band: Band,
    /// Of the result.
    pub brand: Option<String>,
    /// Content hash of the listing that was scored.
    pub input: String,
    /// What spoke for and against.
    pub reasons: Vec<Fired>,
}

/// Which draw a listing was sent to review by. How many of how many were drawn stands in the sample of that run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// The audit run that drew it.
    pub run_id: String,
    /// The stratum of risk that it was drawn from, [`crate::sample::Stratum::id`].
    pub stratum: u8,
}

/// One reason of a result, without the seller's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fired {
    /// Name of the signal.
    pub signal: String,
    /// Id of the entry in the lexicon, where the signal has many.
    pub rule: Option<String>,
    /// What it added to the log odds.
    pub points: Milli,
}
