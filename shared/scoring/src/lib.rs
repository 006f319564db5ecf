//! Listing in, counterfeit risk and reasons out.
//!
//! This crate is total (any listing gives a result), deterministic (integers only, no clock, no randomness, no map order) and
//! explains itself (every point of the score belongs to a reason that points at the seller's own words). It does no I/O.

pub mod limits;
mod listing;
mod scored;

pub use listing::{
    Amount, Country, Currency, Field, KeyMap, Listing, ListingError, Rating, RawListing, RawListingSeed, Timestamp, canonical_keys,
};
pub use scored::{Band, Issue, Milli, Reason, Risk, ScoredListing, quote};
mod score;
pub use score::{Policy, Scorer, Thresholds};
