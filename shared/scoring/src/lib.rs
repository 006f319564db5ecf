//! Listing in, counterfeit risk and reasons out.
//!
//! This crate is total (any listing gives a result), deterministic (integers only, no clock, no randomness, no map order) and
//! explains itself (every point of the score belongs to a reason that points at the seller's own words). It does no I/O.
//!
//! A listing goes through four rooms: [`text`] makes it comparable, the policy's matcher finds names and words, `reading`
//! understands them, [`signals`] weigh them.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

mod counterfactual;
mod embedded;
mod harm;
mod likeness;
pub mod limits;
mod listing;
mod policy;
mod reading;
mod score;
mod scored;
pub mod signals;
pub mod text;
mod verdicts;

pub use counterfactual::{Action, Change, Counterfactual};
pub use embedded::embedded_files;
pub use harm::Harm;
pub use likeness::Sketch;
pub use listing::{Amount, Country, Currency, Field, Listing, ListingError, Rating, RawListing, Timestamp};
pub use policy::{
    Collision, CollisionSort, Example, Expectation, GuardKind, OrdinaryWords, Policy, PolicyError, PolicyReview, PolicySize,
    Rank, Thresholds,
};
pub use score::Scorer;
pub use scored::{Band, Issue, Milli, Reason, Risk, ScoredListing, quote};
pub use verdicts::{Comparison, Difference, FailedExample, VerdictChange};
