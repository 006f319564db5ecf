//! What was flagged, and what is it truly? The four counts from which error rates follow, weighted by design.

use super::weighted::{Design, Weighted, WeightedShare, weight_milli};
use serde::{Deserialize, Serialize};

/// Decisions by what was found and by whether a policy flags the listing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Flags {
    flagged_counterfeit: Weighted,
    flagged_honest: Weighted,
    clear_counterfeit: Weighted,
    clear_honest: Weighted,
}

impl Flags {
    /// Counts one more decision that stands for so many listings.
    pub(crate) fn add(&mut self, is_flagged: bool, counterfeit: bool, design_weight: f64) {
        self.add_milli(is_flagged, counterfeit, weight_milli(design_weight));
    }

    pub(super) fn add_milli(&mut self, is_flagged: bool, counterfeit: bool, weight_milli: u64) {
        let cell = match (is_flagged, counterfeit) {
            (true, true) => &mut self.flagged_counterfeit,
            (true, false) => &mut self.flagged_honest,
            (false, true) => &mut self.clear_counterfeit,
            (false, false) => &mut self.clear_honest,
        };
        cell.add(weight_milli);
    }

    /// Adds what another part of the decisions counted.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.flagged_counterfeit.plus(&other.flagged_counterfeit);
        self.flagged_honest.plus(&other.flagged_honest);
        self.clear_counterfeit.plus(&other.clear_counterfeit);
        self.clear_honest.plus(&other.clear_honest);
    }

    /// Share of what is flagged that is counterfeit, and how it weighs.
    pub(crate) fn precision(&self) -> (WeightedShare, Design) {
        let share = WeightedShare { hits: self.flagged_counterfeit, misses: self.flagged_honest };
        (share, share.design(&self.flagged(), &self.flagged()))
    }

    /// Share of counterfeits that is flagged, and how it weighs.
    pub(crate) fn recall(&self) -> (WeightedShare, Design) {
        let share = WeightedShare { hits: self.flagged_counterfeit, misses: self.clear_counterfeit };
        (share, share.design(&self.flagged(), &self.clear()))
    }

    /// Share of honest listings that is flagged, and how it weighs.
    pub(super) fn false_positives(&self) -> (WeightedShare, Design) {
        let share = WeightedShare { hits: self.flagged_honest, misses: self.clear_honest };
        (share, share.design(&self.flagged(), &self.clear()))
    }

    /// Share of counterfeits that is not flagged, and how it weighs.
    pub(super) fn missed(&self) -> (WeightedShare, Design) {
        let share = WeightedShare { hits: self.clear_counterfeit, misses: self.flagged_counterfeit };
        (share, share.design(&self.clear(), &self.flagged()))
    }

    fn flagged(&self) -> Weighted {
        self.flagged_counterfeit.with(&self.flagged_honest)
    }

    fn clear(&self) -> Weighted {
        self.clear_counterfeit.with(&self.clear_honest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_rates_of_four_counts() {
        let mut flags = Flags::default();
        for (is_flagged, counterfeit, weights) in [
            (true, true, vec![1.0; 30]),
            (true, false, vec![1.0; 10]),
            (false, true, vec![5.0; 2]),
            (false, false, vec![5.0; 18]),
        ] {
            weights.into_iter().for_each(|weight| flags.add(is_flagged, counterfeit, weight));
        }
        let check = |(share, design): (WeightedShare, Design), expected: f64| {
            let found = share.estimate(design);
            assert!((found.share.unwrap() - expected).abs() < 1e-12, "{found:?}, expected {expected}");
            assert!(found.low < expected && expected < found.high);
        };
        check(flags.precision(), 30.0 / 40.0);
        check(flags.recall(), 30.0 / 40.0);
        check(flags.missed(), 10.0 / 40.0);
        check(flags.false_positives(), 10.0 / 100.0);
    }

    #[test]
    fn that_nothing_was_missed_weighs_as_much_as_what_was_looked_at() {
        let mut flags = Flags::default();
        (0..80).for_each(|_| flags.add(true, true, 1.0));
        (0..20).for_each(|_| flags.add(false, false, 20.0));
        let (share, design) = flags.missed();
        // A missed counterfeit would stand for twenty listings, so that eighty found ones prove no more than four would.
        assert!((share.estimate(design).effective_count - 4.0).abs() < 1e-9);
    }
}
