//! What did the integrity step find?

use super::row::Checked;
use crate::limits::FINDINGS_MAX;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// A sealed decision is on record with other words than when it was sealed.
    DecisionAltered,
    /// A sealed decision is gone.
    DecisionMissing,
    /// A decision is on record on a day that was sealed without it.
    DecisionAdded,
    /// A decision that was taken back stands again, or was taken back at another time than was sealed.
    WithdrawalAltered,
    /// The decisions on a listing do not follow one another.
    OrderBroken,
    /// A decision quotes another result than is on record.
    QuotationDiffers,
    /// A row does not add up: its risk does not follow from its reasons.
    RowInconsistent,
    /// A row is another one than its listing gives under the same policy.
    RowAltered,
    /// A row is about another text than its listing has now.
    ListingChanged,
    /// A row, a decision or a seal cannot be read.
    Unreadable,
    /// A result file has other bytes than when it was sealed.
    FileAltered,
    /// A result file has more or fewer lines than when it was sealed.
    LinesMissingOrAdded,
    /// The seal of a day is another one than joined the chain.
    SealAltered,
    /// The seal of a day that joined the chain is gone.
    SealMissing,
    /// A seal of a day never joined the chain.
    SealAdded,
    /// The seals stand in another order than they joined the chain.
    SealsReordered,
    /// The chain's own hashes do not follow one another.
    ChainBroken,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong.
    pub problem: Problem,
    /// Where: `decision r-1 on listing A-17`, `line 1025 of jobs/j-1/scored.jsonl.zst`.
    pub place: String,
    /// For a person: which fields, which hashes. Never the seller's or the reviewer's words.
    pub detail: String,
}

impl Finding {
    pub(super) fn new(problem: Problem, place: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { problem, place: place.into(), detail: detail.into() }
    }
}

/// Why a row was not replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotReplayed {
    /// It was scored by a policy that is not at hand.
    OtherPolicy,
    /// Its listing is not at hand.
    ListingNotAtHand,
    /// It cannot be read, which is a finding too.
    Unreadable,
}

/// The section of the report: what was checked, and what is wrong. Independent of the order in which rows come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// Rows that were looked at.
    pub rows_checked: u64,
    /// Of these, scored again from their listing.
    pub rows_replayed: u64,
    /// Of these, not scored again, by reason.
    pub rows_not_replayed: BTreeMap<NotReplayed, u64>,
    /// Decisions that were compared with a seal or with the result that they quote.
    pub decisions_checked: u64,
    /// Sealed decisions that were taken back since, as they may be.
    pub decisions_withdrawn_since: u64,
    /// Sealed decisions that are gone because their time to be kept is over.
    pub decisions_expired: u64,
    /// Days that were compared with their seal.
    pub days_checked: u64,
    /// Result files that were compared with their seal.
    pub files_checked: u64,
    /// Everything that is wrong, by kind.
    pub problems: BTreeMap<Problem, u64>,
    /// The first of them, by kind and place; at most [`FINDINGS_MAX`].
    pub found: BTreeSet<Finding>,
}

impl Findings {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// Takes note of what is wrong.
    pub fn add(&mut self, found: impl IntoIterator<Item = Finding>) {
        for finding in found {
            *self.problems.entry(finding.problem).or_default() += 1;
            self.keep(finding);
        }
    }

    /// Takes note of a row.
    pub fn add_row(&mut self, checked: Checked) {
        self.rows_checked += 1;
        match checked.not_replayed {
            None => self.rows_replayed += 1,
            Some(why) => *self.rows_not_replayed.entry(why).or_default() += 1,
        }
        self.add(checked.found);
    }

    /// Joins what another part of the audit found.
    pub fn merge(&mut self, other: Self) {
        self.rows_checked += other.rows_checked;
        self.rows_replayed += other.rows_replayed;
        for (why, rows) in other.rows_not_replayed {
            *self.rows_not_replayed.entry(why).or_default() += rows;
        }
        self.decisions_checked += other.decisions_checked;
        self.decisions_withdrawn_since += other.decisions_withdrawn_since;
        self.decisions_expired += other.decisions_expired;
        self.days_checked += other.days_checked;
        self.files_checked += other.files_checked;
        for (problem, times) in other.problems {
            *self.problems.entry(problem).or_default() += times;
        }
        for finding in other.found {
            self.keep(finding);
        }
    }

    fn keep(&mut self, finding: Finding) {
        self.found.insert(finding);
        if self.found.len() > FINDINGS_MAX {
            self.found.pop_last();
        }
    }
}
