//! What does a person see of a job? Counts kept while it runs, one summary, one page.
//!
//! [`Tally`] sees every row and stays small whatever the file; it is part of the checkpoint. [`Summary`] is `summary.json`.
//! [`render`] makes `report.html` of the two: one page that needs nothing from elsewhere and in which nothing of the seller's runs.

mod cards;
mod chart;
mod counter;
mod excerpt;
mod frequent;
pub mod limits;
mod marked;
mod page;
mod summary;
mod tally;
#[cfg(test)]
mod tests;
mod top;

pub use page::render;
pub use summary::{Bands, Failure, Highest, ShortReason, Summary, Thresholds};
pub use tally::Tally;
