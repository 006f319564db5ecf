//! Was anything that is on record altered, taken away or put in?
//!
//! Decisions are made by several calls at once, on different listings, in a table without a global lock; a chain in which each decision
//! holds the hash of the one before would make all reviewers wait for one another. So there are three chains, each where its order is:
//!
//! - The decisions on one listing: each names the one that stood before it, and a version that rises ([`check_listing`]).
//!   The table writes both in one transaction with the decision.
//! - The decisions of one day, once it is over: an audit run writes a [`Seal`] of the day, and every later run compares the day with it.
//!   It lists each decision by 28 bytes, so that the one which was altered is named.
//! - The seals, one for each day: a [`Chain`], of which it is enough to know the last hash to know that no day before was touched.
//!
//! Result files have a [`FileSeal`], which names the line of one altered byte without the file that it was made from. A row is
//! replayed from its listing ([`replay`]), and without it is checked to add up ([`check_sums`]); a decision is compared with the row that
//! it quotes ([`check_quoted`]).
//!
//! None of it keeps anybody from altering the records and all seals with them. The last hash of the chain is in every report,
//! outside the tables: who has kept an old report can tell.

mod canonical;
mod chain;
mod decisions;
mod file;
mod findings;
mod listing;
mod row;

pub(crate) use canonical::name_hash;
pub use canonical::{Decision, Digest, Quoted};
pub use chain::{Chain, Link};
pub use decisions::{Seal, Sealing, Verifying};
pub use file::{FileSeal, FileSealing, SealedBlock};
pub use findings::{Finding, Findings, NotReplayed, Problem};
pub use listing::check_listing;
pub use row::{Checked, check_quoted, check_sums, replay, replay_line};

#[cfg(test)]
mod file_tests;
#[cfg(test)]
mod tests;
