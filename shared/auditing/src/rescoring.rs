//! What would another policy say of the listings of a window, and would its decisions be better?
//!
//! The pairs (stored result, result by the candidate) come one at a time. [`scoring::Comparison`] answers the same question for an analyst at a
//! desk: it scores by itself and keeps the greatest changes; here the results are given, every listing that changes its band goes to the caller,
//! and what people decided is held against both. A change is told in its words, as a [`scoring::VerdictChange`].

use crate::Decided;
use crate::Share;
use crate::calibration::{Estimate, Flags};
use scoring::{Band, ScoredListing, VerdictChange};
use serde::{Deserialize, Serialize};

/// Pairs of results, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescoring {
    /// By the stored band and the candidate's: clear, review, red flag.
    bands: [[u64; 3]; 3],
    same_band_other_brand_count: u64,
    same_band_other_score_count: u64,
    risk_sums_tenths: (u64, u64),
    stored: Outcomes,
    candidate: Outcomes,
    newly_flagged_undecided_count: u64,
    no_longer_flagged_undecided_count: u64,
}

/// What people found, by whether a policy flags it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Outcomes {
    flagged_counterfeit: u64,
    flagged_honest: u64,
    clear_counterfeit: u64,
    clear_honest: u64,
    /// The same of those with a design weight, weighted.
    weighted: Flags,
}

/// What a candidate would change: one section of the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RescoringReport {
    /// Listings compared.
    pub listings_count: u64,
    /// By the stored band (rows: clear, review, red flag) and the candidate's (columns).
    pub bands: [[u64; 3]; 3],
    /// Listings in another band than before.
    pub band_changes_count: u64,
    /// Listings in the same band, about another brand.
    pub brand_changes_count: u64,
    /// Listings in the same band and about the same brand, of other log odds.
    pub score_changes_count: u64,
    /// Mean risk before, 0 to 1; `None` without listings.
    pub mean_risk_stored: Option<f64>,
    /// Mean risk after.
    pub mean_risk_candidate: Option<f64>,
    /// How right the stored results are.
    pub stored: Quality,
    /// How right the candidate's would be.
    pub candidate: Quality,
    /// The cost: listings that people are asked to look at before.
    pub reviews_stored_count: u64,
    /// And after.
    pub reviews_candidate_count: u64,
    /// Newly flagged listings on which nobody decided yet: what the candidate would add to the queue. Nothing is known of their precision.
    pub newly_flagged_undecided_count: u64,
    /// Undecided listings that would leave the queue.
    pub no_longer_flagged_undecided_count: u64,
}

/// Precision and recall of a policy, as far as people decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Of the decided listings that it flags, the counterfeits. Most were chosen because the stored policy flags them.
    pub precision: Share,
    /// Of the decided counterfeits, those that it flags. The stored policy is favoured, since people looked at what it flags; see
    /// `recall_weighted`.
    pub recall: Share,
    /// Precision over all listings of the window, from decisions with a design weight.
    pub precision_weighted: Estimate,
    /// Recall over all listings of the window, from decisions with a design weight.
    pub recall_weighted: Estimate,
}

impl Rescoring {
    /// Counts one more pair. `decided` is the decision that stands on the listing, with its design weight, as for
    /// [`Calibration::add`](crate::calibration::Calibration::add). A listing whose band or brand changes is handed to `on_change`, every one of them.
    pub fn add(
        &mut self,
        title: &str,
        stored: &ScoredListing,
        candidate: &ScoredListing,
        decided: Option<(&Decided, Option<f64>)>,
        on_change: impl FnOnce(&VerdictChange),
    ) {
        let (before, after) = (stored.band, candidate.band);
        self.bands[before as usize][after as usize] += 1;
        self.risk_sums_tenths.0 += u64::from(stored.risk.0);
        self.risk_sums_tenths.1 += u64::from(candidate.risk.0);
        let (was_flagged, is_flagged) = (before != Band::Clear, after != Band::Clear);
        if let Some((decided, design_weight)) = decided {
            self.stored.add(was_flagged, decided, design_weight);
            self.candidate.add(is_flagged, decided, design_weight);
        } else {
            self.newly_flagged_undecided_count += u64::from(is_flagged && !was_flagged);
            self.no_longer_flagged_undecided_count += u64::from(was_flagged && !is_flagged);
        }
        if before == after && stored.brand == candidate.brand {
            self.same_band_other_score_count += u64::from(stored.log_odds != candidate.log_odds);
            return;
        }
        self.same_band_other_brand_count += u64::from(before == after);
        on_change(&VerdictChange { title: title.to_owned(), before: stored.clone(), after: candidate.clone() });
    }

    /// Adds what another part of the window counted.
    #[allow(clippy::needless_pass_by_value)] // as every other step
    pub fn merge(&mut self, other: Self) {
        for (own, counts) in self.bands.iter_mut().flatten().zip(other.bands.into_iter().flatten()) {
            *own += counts;
        }
        self.same_band_other_brand_count += other.same_band_other_brand_count;
        self.same_band_other_score_count += other.same_band_other_score_count;
        self.risk_sums_tenths.0 += other.risk_sums_tenths.0;
        self.risk_sums_tenths.1 += other.risk_sums_tenths.1;
        self.stored.merge(&other.stored);
        self.candidate.merge(&other.candidate);
        self.newly_flagged_undecided_count += other.newly_flagged_undecided_count;
        self.no_longer_flagged_undecided_count += other.no_longer_flagged_undecided_count;
    }

    /// What the candidate would change.
    #[must_use]
    pub fn report(&self) -> RescoringReport {
        let listings_count: u64 = self.bands.iter().flatten().sum();
        let same: u64 = (0..3).map(|band| self.bands[band][band]).sum();
        let clear: u64 = self.bands[Band::Clear as usize].iter().sum();
        let clear_after: u64 = self.bands.iter().map(|row| row[Band::Clear as usize]).sum();
        let mean = |tenths| crate::inference::ratio(tenths, listings_count.saturating_mul(1_000));
        RescoringReport {
            listings_count,
            bands: self.bands,
            band_changes_count: listings_count - same,
            brand_changes_count: self.same_band_other_brand_count,
            score_changes_count: self.same_band_other_score_count,
            mean_risk_stored: mean(self.risk_sums_tenths.0),
            mean_risk_candidate: mean(self.risk_sums_tenths.1),
            stored: self.stored.quality(),
            candidate: self.candidate.quality(),
            reviews_stored_count: listings_count - clear,
            reviews_candidate_count: listings_count - clear_after,
            newly_flagged_undecided_count: self.newly_flagged_undecided_count,
            no_longer_flagged_undecided_count: self.no_longer_flagged_undecided_count,
        }
    }
}

impl Outcomes {
    fn add(&mut self, is_flagged: bool, decided: &Decided, design_weight: Option<f64>) {
        let count = match (is_flagged, decided.counterfeit) {
            (true, true) => &mut self.flagged_counterfeit,
            (true, false) => &mut self.flagged_honest,
            (false, true) => &mut self.clear_counterfeit,
            (false, false) => &mut self.clear_honest,
        };
        *count += 1;
        if let Some(weight) = design_weight {
            self.weighted.add(is_flagged, decided.counterfeit, weight);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.flagged_counterfeit += other.flagged_counterfeit;
        self.flagged_honest += other.flagged_honest;
        self.clear_counterfeit += other.clear_counterfeit;
        self.clear_honest += other.clear_honest;
        self.weighted.merge(&other.weighted);
    }

    fn quality(&self) -> Quality {
        let (precision, recall) = (self.weighted.precision(), self.weighted.recall());
        let counterfeits = self.flagged_counterfeit + self.clear_counterfeit;
        Quality {
            precision: Share::wilson(self.flagged_counterfeit, self.flagged_counterfeit + self.flagged_honest),
            recall: Share::wilson(self.flagged_counterfeit, counterfeits),
            precision_weighted: precision.0.estimate(precision.1),
            recall_weighted: recall.0.estimate(recall.1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decided::tests::{decided, drawn, scored};
    use proptest::prelude::*;
    use scoring::{Milli, Risk};

    /// One listing: its risks before and after, and what was decided, at random or not, standing for so many.
    type Case = (u16, u16, Option<(bool, bool, u32)>);

    fn rescored(cases: &[Case]) -> (Rescoring, Vec<String>) {
        let (mut rescoring, mut changed) = (Rescoring::default(), Vec::new());
        for (at, (before, after, decision)) in cases.iter().enumerate() {
            let id = format!("A-{at}");
            let decision = decision.map(|(counterfeit, sampled, weight)| {
                (
                    Decided { sampled: drawn(sampled), ..decided(&id, counterfeit, Risk(*before)) },
                    sampled.then(|| f64::from(weight)),
                )
            });
            let decision = decision.as_ref().map(|(decided, weight)| (decided, *weight));
            let (stored, candidate) = (scored(&id, Risk(*before), &[]), scored(&id, Risk(*after), &[]));
            rescoring.add("bag", &stored, &candidate, decision, |change| changed.push(change.after.listing_id.clone()));
        }
        (rescoring, changed)
    }

    #[test]
    fn every_change_is_counted_and_handed_over() {
        let (rescoring, changed) = rescored(&[
            (100, 100, None),
            (100, 500, None),
            (100, 900, Some((true, true, 50))),
            (500, 100, Some((false, false, 1))),
            (500, 300, None),
            (900, 900, Some((true, true, 1))),
            (900, 500, Some((true, false, 1))),
            (100, 100, Some((true, true, 50))),
        ]);
        assert_eq!(changed, ["A-1", "A-2", "A-3", "A-4", "A-6"]);
        let report = rescoring.report();
        assert_eq!(report.bands, [[2, 1, 1], [2, 0, 0], [0, 1, 1]]);
        assert_eq!((report.listings_count, report.band_changes_count), (8, 5));
        assert_eq!((report.reviews_stored_count, report.reviews_candidate_count), (4, 4));
        assert_eq!((report.newly_flagged_undecided_count, report.no_longer_flagged_undecided_count), (1, 1));
        let counts = |share: Share| (share.hits_count, share.of_count);
        assert_eq!((counts(report.stored.precision), counts(report.stored.recall)), ((2, 3), (2, 4)));
        assert_eq!((counts(report.candidate.precision), counts(report.candidate.recall)), ((3, 3), (3, 4)));
        // Two of the three drawn at random stand for fifty listings each.
        assert_eq!(report.stored.recall_weighted.share, Some(1.0 / 101.0));
        assert_eq!(report.candidate.recall_weighted.share, Some(51.0 / 101.0));
        assert_eq!(report.candidate.precision_weighted.share, Some(1.0));
        assert_eq!((report.mean_risk_stored, report.mean_risk_candidate), (Some(3_200.0 / 8_000.0), Some(3_400.0 / 8_000.0)));
    }

    #[test]
    fn another_brand_or_score_in_the_same_band_is_told_apart() {
        let mut rescoring = Rescoring::default();
        let stored = scored("A", Risk(900), &[]);
        let mut told = 0;
        for candidate in [
            stored.clone(),
            ScoredListing { brand: Some("prada".to_owned()), ..stored.clone() },
            ScoredListing { log_odds: Milli(1), ..stored.clone() },
        ] {
            rescoring.add("bag", &stored, &candidate, None, |_| told += 1);
        }
        let report = rescoring.report();
        assert_eq!((report.band_changes_count, report.brand_changes_count, report.score_changes_count, told), (0, 1, 1, 1));
        assert_eq!(Rescoring::default().report().mean_risk_stored, None);
    }

    proptest! {
        #[test]
        fn parts_in_any_order_say_the_same(
            cases in prop::collection::vec((0u16..1_001, 0u16..1_001, any::<Option<(bool, bool, u32)>>()), 0..40),
            cut in 0usize..40,
        ) {
            let at = cut.min(cases.len());
            let reversed: Vec<Case> = cases[at..].iter().rev().copied().collect();
            let mut parts = rescored(&reversed).0;
            parts.merge(rescored(&cases[..at]).0);
            let whole = rescored(&cases).0;
            prop_assert_eq!(&parts, &whole);
            prop_assert_eq!(serde_json::from_str::<Rescoring>(&serde_json::to_string(&whole).unwrap()).unwrap(), whole);
        }
    }
}
