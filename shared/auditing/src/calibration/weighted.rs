//! How sure is a share in a sample whose members stand for different numbers of listings?

use crate::inference::difference;
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

    pub(super) fn with(mut self, other: &Self) -> Self {
        self.plus(other);
        self
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
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WeightedShare {
    pub(super) hits: Weighted,
    pub(super) misses: Weighted,
}

/// How much a hit and a miss weigh: the mean weight of a listing behind each, in thousandths. Groups that come from one sample share it, since a
/// small group's own few hits tell it badly, and none tells nothing of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Design {
    hit_milli: f64,
    miss_milli: f64,
}

impl Design {
    /// Hits and misses weigh the same, as within a range of risk.
    pub(super) fn even(all: &Weighted) -> Self {
        let milli = all.mean_milli().unwrap_or(1_000.0);
        Self { hit_milli: milli, miss_milli: milli }
    }
}

impl Weighted {
    /// The mean weight, each listing that is stood for counted once.
    #[allow(clippy::cast_precision_loss)] // sums are read as floats only here
    fn mean_milli(&self) -> Option<f64> {
        (self.weight_milli > 0).then(|| self.weight_squared as f64 / self.weight_milli as f64)
    }
}

impl WeightedShare {
    /// Its own design; where it has no hit, or no miss, that of the decisions that would have been such.
    pub(super) fn design(&self, like_hits: &Weighted, like_misses: &Weighted) -> Design {
        let mean = |own: &Weighted, like: &Weighted| own.mean_milli().or_else(|| like.mean_milli()).unwrap_or(1_000.0);
        Design { hit_milli: mean(&self.hits, like_hits), miss_milli: mean(&self.misses, like_misses) }
    }

    #[allow(clippy::cast_precision_loss)] // as above
    fn share(&self) -> Option<f64> {
        let all = self.hits.weight_milli + self.misses.weight_milli;
        (all > 0).then(|| self.hits.weight_milli as f64 / all as f64)
    }

    /// Independent decisions of equal weight that would be as sure of a share. By linearisation the variance of a share `p` of weighted sums is
    /// the sum of `w² (y - p)²` over the squared sum of `w`; with the mean weights of the design that is
    /// `p (1 - p) ((1 - p) hit + p miss)` over the sum of `w`.
    #[allow(clippy::cast_precision_loss)] // as above
    fn effective_count(&self, design: Design, share: f64) -> f64 {
        let all = (self.hits.weight_milli + self.misses.weight_milli) as f64;
        let count = (self.hits.count + self.misses.count) as f64;
        (all / ((1.0 - share) * design.hit_milli + share * design.miss_milli)).min(count)
    }

    pub(crate) fn estimate(&self, design: Design) -> Estimate {
        let share = self.share();
        let effective_count = share.map_or(0.0, |share| self.effective_count(design, share));
        let Interval { low, high } =
            share.map_or(Interval::UNKNOWN_SHARE, |share| wilson(share * effective_count, effective_count));
        Estimate { decisions_count: self.hits.count + self.misses.count, effective_count, share, low, high }
    }

    /// The chance of a difference as large as this between a part and the rest, if both shares were that of the whole; `None` where there is too
    /// little to say.
    pub(super) fn difference(&self, part: &Self, design: Design) -> Option<f64> {
        let (whole, rest) = (self.share()?, self.without(part));
        let (share, share_of_rest) = (part.share()?, rest.share()?);
        let (of, rest_of) = (part.effective_count(design, whole), rest.effective_count(design, whole));
        difference(share * of, of, share_of_rest * rest_of, rest_of)
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
        let estimate = |share: WeightedShare| share.estimate(share.design(&share.misses, &share.hits));
        for weight in [1, 1_000, 7_000_000] {
            let estimate = estimate(share(&[weight; 81], &[weight; 182]));
            assert!((estimate.effective_count - 263.0).abs() < 1e-9);
            // As Newcombe printed for 81 of 263.
            assert!((estimate.low - 0.2553).abs() < 5e-5 && (estimate.high - 0.3662).abs() < 5e-5);
        }
        assert_eq!(estimate(share(&[], &[])).share, None);
        assert!((estimate(share(&[], &[5; 20])).high - 0.1611).abs() < 5e-5);
    }

    #[test]
    fn unequal_weights_are_worth_fewer_decisions() {
        // Kish: (10 + 9 * 1)² / (100 + 9) = 3.31 of ten decisions.
        let all_hit = share(&[10, 1, 1, 1, 1, 1, 1, 1, 1, 1], &[]);
        let even = Design::even(&all_hit.hits);
        assert!((all_hit.estimate(even).effective_count - 361.0 / 109.0).abs() < 1e-9);
        // By hand: share 1/2, variance (1/4 * 100 + 1/4 * 10) / 400, hence 0.25 / 0.06875.
        let mixed = share(&[10], &[1; 10]);
        let design = mixed.design(&mixed.hits, &mixed.misses);
        assert!((mixed.estimate(design).effective_count - 0.25 / 0.068_75).abs() < 1e-9);
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
            let estimate = sample.estimate(sample.design(&sample.hits, &sample.misses));
            covered += u32::from(estimate.low <= truth && truth <= estimate.high);
        }
        assert!((930..=970).contains(&covered), "{covered} of 1000");
    }
}
