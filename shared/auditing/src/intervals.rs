//! How sure is a share that was counted in a sample? Confidence intervals for one binomial share, and for sums over strata.
//!
//! All intervals are two-sided, at 95%.

use serde::{Deserialize, Serialize};
use statrs::function::beta::checked_beta_reg;
use statrs::function::gamma::checked_gamma_lr;

/// Standard normal quantile of 97.5%.
pub const Z: f64 = 1.959_963_984_540_054;

/// Below so many of either kind, counts are small: Wilson's interval covers too little next to 0 and 1 (Brown, Cai and DasGupta 2001,
/// section 3.1.1), and Clopper and Pearson's, which never does, takes its place.
const SMALL_COUNT: f64 = 5.0;

/// Halvings that place a root to the last bit of a number from 0 to 1.
const HALVINGS: u32 = 60;

/// From where to where.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Nothing is known of a share.
    pub const UNKNOWN_SHARE: Self = Self { low: 0.0, high: 1.0 };

    /// From the lower to the upper end.
    #[must_use]
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    /// Whether a value lies within, ends included.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// Wilson's score interval (Wilson 1927) for `hits` of `trials`. Both may be expected counts and so need not be whole. Without trials
/// nothing is known.
#[must_use]
pub fn wilson(hits: f64, trials: f64) -> Interval {
    if trials <= 0.0 {
        return Interval::UNKNOWN_SHARE;
    }
    let (share, square) = (hits / trials, Z * Z);
    let centre = (share + square / (2.0 * trials)) / (1.0 + square / trials);
    let reach = Z / (1.0 + square / trials) * (share * (1.0 - share) / trials + square / (4.0 * trials * trials)).max(0.0).sqrt();
    Interval { low: (centre - reach).max(0.0), high: (centre + reach).min(1.0) }
}

/// Clopper and Pearson's exact interval (1934): quantiles of beta distributions. Arguments as for [`wilson`].
#[must_use]
pub fn clopper_pearson(hits: f64, trials: f64) -> Interval {
    if trials <= 0.0 {
        return Interval::UNKNOWN_SHARE;
    }
    let misses = trials - hits;
    Interval {
        low: if hits <= 0.0 { 0.0 } else { beta_quantile(hits, misses + 1.0, 0.025) },
        high: if misses <= 0.0 { 1.0 } else { beta_quantile(hits + 1.0, misses, 0.975) },
    }
}

/// The interval for one stratum: [`clopper_pearson`] where hits or misses are fewer than five, else [`wilson`].
#[must_use]
pub fn binomial(hits: f64, trials: f64) -> Interval {
    if hits.min(trials - hits) < SMALL_COUNT { clopper_pearson(hits, trials) } else { wilson(hits, trials) }
}

/// The point below which a share `probability` of the beta distribution lies, by halving: slower than Newton's method, and never wrong.
fn beta_quantile(a: f64, b: f64, probability: f64) -> f64 {
    root(|x| checked_beta_reg(a, b, x).unwrap_or(1.0) < probability)
}

/// The gamma interval of Fay and Feuer (Statistics in Medicine 16, 1997) for a sum of counts, each times its own weight: (hits, weight).
/// With one weight it is Garwood's exact interval of a Poisson count. It is made for sums over many strata with a handful of hits each,
/// where adding the squares of the strata's own intervals covers too little; for binomial counts it is conservative. `heaviest` is the
/// largest weight of all strata, those without hits included: what one hit that was not seen would have added.
#[must_use]
pub fn weighted_sum(parts: &[(f64, f64)], heaviest: f64) -> Interval {
    let (mut total, mut variance) = (0.0, 0.0);
    for (hits, weight) in parts {
        total += hits * weight;
        variance += hits * weight * weight;
    }
    let quantile = |total: f64, variance: f64, probability| {
        if variance > 0.0 { gamma_quantile(total * total / variance, probability) * variance / total } else { total }
    };
    Interval { low: quantile(total, variance, 0.025), high: quantile(total + heaviest, variance + heaviest * heaviest, 0.975) }
}

/// The point below which a share `probability` of the gamma distribution of this shape lies.
fn gamma_quantile(shape: f64, probability: f64) -> f64 {
    // Nine standard deviations above the mean, and 20 for shapes near 0, lie above every quantile that is asked for.
    let end = shape + 9.0 * shape.sqrt() + 20.0;
    end * root(|share| checked_gamma_lr(shape, share * end).unwrap_or(0.0) < probability)
}

/// Where a test on numbers from 0 to 1 ceases to hold, when it holds up to some number and not beyond.
pub(crate) fn root(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// One term of a sum of independent estimates.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// What the estimate is multiplied by; may be negative.
    pub coefficient: f64,
    /// The estimate.
    pub estimate: f64,
    /// Its own interval.
    pub interval: Interval,
}

/// A sum of independent estimates with the interval that follows from theirs: the method of variance estimates recovery, also called
/// square-and-add (Zou and Donner 2008; for two shares it is method 10 of Newcombe 1998). Each side of the sum takes the sides of the terms
/// that it depends on, so that skewed intervals stay skewed.
#[must_use]
pub fn sum(terms: &[Term]) -> (f64, Interval) {
    let (mut estimate, mut below, mut above) = (0.0, 0.0, 0.0);
    for Term { coefficient, estimate: of, interval } in terms {
        let (down, up) = (coefficient * (of - interval.low), coefficient * (interval.high - of));
        estimate += coefficient * of;
        // A negative coefficient turns the term's interval round.
        let (down, up) = if *coefficient < 0.0 { (up, down) } else { (down, up) };
        below += down * down;
        above += up * up;
    }
    (estimate, Interval { low: estimate - below.sqrt(), high: estimate + above.sqrt() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: Interval, low: f64, high: f64) {
        assert!((found.low - low).abs() < 5.1e-5 && (found.high - high).abs() < 5.1e-5, "{found:?} is not {low} to {high}");
    }

    /// Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I: methods 3 (score
    /// without continuity correction) and 5 (exact).
    #[test]
    fn single_shares_are_those_of_newcombe() {
        for (hits, trials, score, exact) in [
            (81.0, 263.0, (0.2553, 0.3662), (0.2527, 0.3676)),
            (15.0, 148.0, (0.0624, 0.1605), (0.0578, 0.1617)),
            (0.0, 20.0, (0.0, 0.1611), (0.0, 0.1684)),
            (1.0, 29.0, (0.0061, 0.1718), (0.0009, 0.1776)),
        ] {
            check(wilson(hits, trials), score.0, score.1);
            check(clopper_pearson(hits, trials), exact.0, exact.1);
            let turned = clopper_pearson(trials - hits, trials);
            check(turned, 1.0 - exact.1, 1.0 - exact.0);
        }
    }

    /// None of n: the upper end solves (1 - p)^n = 0.025.
    #[test]
    fn the_rule_of_zero_hits_holds_for_small_and_huge_samples() {
        for trials in [1.0, 10.0, 1_000.0, 1_000_000.0_f64] {
            let expected = 1.0 - 0.025_f64.powf(1.0 / trials);
            let found = clopper_pearson(0.0, trials).high;
            assert!((found / expected - 1.0).abs() < 1e-6, "{trials}: {found} is not {expected}");
        }
    }

    /// Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998), table II,
    /// method 10, from Wilson's intervals of both shares.
    #[test]
    fn differences_are_those_of_newcombe() {
        for ((a, m), (b, n), low, high) in [
            ((56.0, 70.0), (48.0, 80.0), 0.0524, 0.3339),
            ((9.0, 10.0), (3.0, 10.0), 0.1705, 0.8090),
            ((5.0, 56.0), (0.0, 29.0), -0.0381, 0.1926),
            ((0.0, 10.0), (0.0, 20.0), -0.1611, 0.2775),
        ] {
            let term = |coefficient, hits, trials| Term { coefficient, estimate: hits / trials, interval: wilson(hits, trials) };
            check(sum(&[term(1.0, a, m), term(-1.0, b, n)]).1, low, high);
        }
    }

    /// Garwood (Biometrika 28, 1936): exact limits of a Poisson mean.
    #[test]
    fn weighted_sums_of_one_weight_are_those_of_garwood() {
        for (hits, low, high) in
            [(0.0, 0.0, 3.689), (1.0, 0.0253, 5.572), (5.0, 1.623, 11.668), (10.0, 4.795, 18.390), (50.0, 37.11, 65.92)]
        {
            for weight in [1.0, 250.0] {
                let found = weighted_sum(&[(hits, weight)], weight);
                assert!(
                    (found.low / weight - low).abs() < 0.006 && (found.high / weight - high).abs() < 0.006,
                    "{hits}: {found:?}"
                );
            }
        }
        let split = weighted_sum(&[(4.0, 2.0), (6.0, 2.0)], 2.0);
        assert_eq!(split, weighted_sum(&[(10.0, 2.0)], 2.0));
        // A stratum without hits moves the upper end alone.
        let with_huge = weighted_sum(&[(10.0, 2.0), (0.0, 50.0)], 50.0);
        assert!(with_huge.low == split.low && with_huge.high > 50.0 * 3.6, "{with_huge:?}");
    }

    #[test]
    fn small_counts_take_the_exact_interval_and_no_trials_know_nothing() {
        assert_eq!(binomial(4.0, 100.0), clopper_pearson(4.0, 100.0));
        assert_eq!(binomial(97.0, 100.0), clopper_pearson(97.0, 100.0));
        assert_eq!(binomial(5.0, 100.0), wilson(5.0, 100.0));
        assert_eq!(binomial(0.0, 0.0), Interval::UNKNOWN_SHARE);
        assert_eq!(wilson(0.0, 0.0), Interval::UNKNOWN_SHARE);
    }
}
