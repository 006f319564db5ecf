//! How sure is a share in a sample whose members stand for different numbers of listings?

use crate::health::difference;
use crate::intervals::{Interval, wilson};
use crate::limits::DESIGN_WEIGHT_MAX;
use serde::{Deserialize, Serialize};

/// A design weight in thousandths of listings: not beyond [`DESIGN_WEIGHT_MAX`], and 1 for what is no positive number.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within the limits just named
pub(super) fn weight_milli(design_weight: f64) -> u64 {
    let is_weight = design_weight.is_finite() && design_weight > 0.0;
    let weight = if is_weight { design_weight.min(DESIGN_WEIGHT_MAX) } else { 1.0 };
    ((weight * 1_000.0).round() as u64).max(1)
}

/// Decisions and the listings that they stand for. Integers, so that sums do not depend on the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Weighted {
    pub(super) count: u64,
    /// In thousandths of listings.
    pub(super) weight_milli: u128,
    pub(super) weight_squared: u128,
}

impl Weighted {
    pub(super) fn add(&mut self, weight_milli: u64) {
        let weight = u128::from(weight_milli);
        self.count += 1;
        self.weight_milli += weight;
        self.weight_squared += weight * weight;
    }

    pub(super) fn plus(&mut self, other: &Self) {
        self.count += other.count;
        self.weight_milli += other.weight_milli;
        self.weight_squared += other.weight_squared;
    }

    /// What is left of it without a part.
    pub(super) fn without(&self, part: &Self) -> Self {
        Self {
            count: self.count.saturating_sub(part.count),
            weight_milli: self.weight_milli.saturating_sub(part.weight_milli),
            weight_squared: self.weight_squared.saturating_sub(part.weight_squared),
        }
    }
}

/// A share with its 95% interval and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Decisions that it rests on.
    pub decisions_count: u64,
    /// As many independent decisions of equal weight would be as sure.
    pub effective_count: f64,
    /// 0 to 1; `None` without decisions.
    pub share: Option<f64>,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Hits and misses of a share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WeightedShare {
    pub(super) hits: Weighted,
    pub(super) misses: Weighted,
}

impl WeightedShare {
    /// Counts one more decision that stands for so many listings.
    pub(crate) fn add(&mut self, is_hit: bool, design_weight: f64) {
        if is_hit { &mut self.hits } else { &mut self.misses }.add(weight_milli(design_weight));
    }

    /// Adds what another part of the decisions counted.
    pub(crate) fn merge(&mut self, other: Self) {
        self.hits.plus(&other.hits);
        self.misses.plus(&other.misses);
    }

    #[allow(clippy::cast_precision_loss)] // sums are read as floats only here
    fn share(&self) -> Option<f64> {
        let all = self.hits.weight_milli + self.misses.weight_milli;
        (all > 0).then(|| self.hits.weight_milli as f64 / all as f64)
    }

    /// Independent decisions of equal weight that would be as sure. The variance of a share of weighted sums is, by linearisation,
    /// the sum of `w² (y - share)²` over the squared sum of `w`; where all or none hit it is 0, and Kish's number stands in.
    #[allow(clippy::cast_precision_loss)] // as above
    pub(super) fn effective_count(&self) -> f64 {
        let Some(share) = self.share() else { return 0.0 };
        let (hits, misses) = (self.hits.weight_squared as f64, self.misses.weight_squared as f64);
        let all = (self.hits.weight_milli + self.misses.weight_milli) as f64;
        let count = (self.hits.count + self.misses.count) as f64;
        let effective = if self.hits.count == 0 || self.misses.count == 0 {
            all * all / (hits + misses)
        } else {
            share * (1.0 - share) * all * all / ((1.0 - share).powi(2) * hits + share.powi(2) * misses)
        };
        effective.min(count)
    }

    pub(crate) fn estimate(&self) -> Estimate {
        let effective_count = self.effective_count();
        let share = self.share();
        let Interval { low, high } =
            share.map_or(Interval::UNKNOWN_SHARE, |share| wilson(share * effective_count, effective_count));
        Estimate { decisions_count: self.hits.count + self.misses.count, effective_count, share, low, high }
    }

    /// The chance of a difference as large as this if both shares were the same; `None` where there is too little to say.
    pub(super) fn difference(&self, other: &Self) -> Option<f64> {
        let (one, two) = (self.share()?, other.share()?);
        let (of, others_of) = (self.effective_count(), other.effective_count());
        difference(one * of, of, two * others_of, others_of)
    }

    pub(super) fn without(&self, part: &Self) -> Self {
        Self { hits: self.hits.without(&part.hits), misses: self.misses.without(&part.misses) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(hits: &[u64], misses: &[u64]) -> WeightedShare {
        let mut share = WeightedShare::default();
        hits.iter().for_each(|weight| share.hits.add(*weight));
        misses.iter().for_each(|weight| share.misses.add(*weight));
        share
    }

    #[test]
    fn equal_weights_are_a_plain_share() {
        for weight in [1, 1_000, 7_000_000] {
            let estimate = share(&[weight; 81], &[weight; 182]).estimate();
            assert!((estimate.effective_count - 263.0).abs() < 1e-9);
            // As Newcombe printed for 81 of 263.
            assert!((estimate.low - 0.2553).abs() < 5e-5 && (estimate.high - 0.3662).abs() < 5e-5);
        }
        assert_eq!(share(&[], &[]).estimate().share, None);
        assert!((share(&[], &[5; 20]).estimate().high - 0.1611).abs() < 5e-5);
    }

    #[test]
    fn unequal_weights_are_worth_fewer_decisions() {
        // Kish: (10 + 9 * 1)² / (100 + 9) = 3.31 of ten decisions.
        let all_hit = share(&[10, 1, 1, 1, 1, 1, 1, 1, 1, 1], &[]);
        assert!((all_hit.effective_count() - 361.0 / 109.0).abs() < 1e-9);
        // By hand: share 1/2, variance (1/4 * 100 + 1/4 * 10) / 400, hence 0.25 / 0.06875.
        let mixed = share(&[10], &[1; 10]);
        assert!((mixed.effective_count() - 0.25 / 0.068_75).abs() < 1e-9);
    }

    /// The interval covers the truth in a stratified sample whose strata weigh 1 and 20.
    #[test]
    fn the_interval_covers_the_truth_of_a_stratified_sample() {
        let mut covered = 0;
        for round in 0..1_000_u64 {
            let mut sample = WeightedShare::default();
            for (stratum, weight, rate) in [(0, 1_000, 600), (1, 20_000, 100)] {
                for case in 0..200_u64 {
                    let chance = crate::words::hash(format!("{round} {stratum} {case}").as_bytes()) % 1_000;
                    if chance < rate { sample.hits.add(weight) } else { sample.misses.add(weight) }
                }
            }
            let truth = (0.6 + 20.0 * 0.1) / 21.0;
            let estimate = sample.estimate();
            covered += u32::from(estimate.low <= truth && truth <= estimate.high);
        }
        assert!((930..=970).contains(&covered), "{covered} of 1000");
    }
}
