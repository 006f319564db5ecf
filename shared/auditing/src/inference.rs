//! How sure is a share, and how surprising is a difference? Standard formulas over counts.

use crate::intervals::{self, Interval, root};
use serde::{Deserialize, Serialize};
use statrs::function::beta::beta_reg;
use statrs::function::erf::erfc;
use statrs::function::gamma::gamma_ur;

/// A share of counted things with its two-sided 95% interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// How many of them.
    pub hits_count: u64,
    /// Of how many.
    pub of_count: u64,
    /// The one divided by the other, 0 to 1; `None` of nothing.
    pub share: Option<f64>,
    /// Lower end of the interval; 0 of nothing.
    pub low: f64,
    /// Upper end of the interval; 1 of nothing.
    pub high: f64,
}

impl Share {
    /// With the interval of Wilson (1927), which is near its nominal coverage on average: for tables that people read.
    pub(crate) fn wilson(hits: u64, of: u64) -> Self {
        Self::by(intervals::wilson, hits, of)
    }

    /// With the interval of Clopper and Pearson (1934), which covers at least 95% whatever the truth: where something happens without
    /// a person because of it.
    pub(crate) fn exact(hits: u64, of: u64) -> Self {
        Self::by(intervals::clopper_pearson, hits, of)
    }

    #[allow(clippy::cast_precision_loss)] // counts stay far below 2^53
    fn by(interval: fn(f64, f64) -> Interval, hits: u64, of: u64) -> Self {
        let hits = hits.min(of);
        let Interval { low, high } = interval(hits as f64, of as f64);
        Self { hits_count: hits, of_count: of, share: ratio(hits, of), low, high }
    }
}

#[allow(clippy::cast_precision_loss)] // counts stay far below 2^53
pub(crate) fn ratio(hits: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| hits as f64 / of as f64)
}

/// The distribution function of Beta(a, b) at `x`, for positive `a` and `b`.
pub(crate) fn beta_below(a: f64, b: f64, x: f64) -> f64 {
    match x {
        x if x <= 0.0 => 0.0,
        x if x >= 1.0 => 1.0,
        _ => beta_reg(a, b, x),
    }
}

/// The `x` below which Beta(a, b) lies with the given probability.
pub(crate) fn beta_quantile(a: f64, b: f64, probability: f64) -> f64 {
    root(|x| beta_below(a, b, x) < probability)
}

/// The probability of at most `hits` of `of`, if each hits with `probability`: the lower tail of the binomial distribution.
#[allow(clippy::cast_precision_loss)] // as above
pub(crate) fn binomial_at_most(hits: u64, of: u64, probability: f64) -> f64 {
    if hits >= of {
        return 1.0;
    }
    beta_below((of - hits) as f64, hits as f64 + 1.0, 1.0 - probability)
}

/// The probability that chi-square with `degrees` of freedom is above `x`.
pub(crate) fn chi_square_above(degrees: f64, x: f64) -> f64 {
    if degrees <= 0.0 || x <= 0.0 { 1.0 } else { gamma_ur(degrees / 2.0, x / 2.0) }
}

/// The value that chi-square with `degrees` of freedom exceeds with the given probability.
pub(crate) fn chi_square_exceeded(degrees: f64, probability: f64) -> f64 {
    // Ten thousand standard deviations above its mean is beyond any probability that a double can tell from 0.
    let most = degrees + 10_000.0 * (2.0 * degrees).sqrt();
    most * root(|part| chi_square_above(degrees, part * most) > probability)
}

/// The probability of a difference as large as this between two shares that are truly the same, in either direction: the chi-square
/// test of Pearson with the factor (N - 1) / N, which holds its level where each expected count is at least 1 (Campbell 2007, Statistics in
/// Medicine 26:3661). Where one is smaller nothing can be said: `None`. Counts need not be whole, as those of a weighted sample are not.
pub(crate) fn difference(one_hits: f64, one_of: f64, other_hits: f64, other_of: f64) -> Option<f64> {
    let (all, hits) = (one_of + other_of, one_hits + other_hits);
    let expected = [one_of * hits, one_of * (all - hits), other_of * hits, other_of * (all - hits)];
    if all <= 0.0 || expected.iter().any(|count| count.is_nan() || *count < all) {
        return None;
    }
    let pooled = hits / all;
    let distance = one_hits / one_of - other_hits / other_of;
    let statistic = distance * distance / (pooled * (1.0 - pooled) * (1.0 / one_of + 1.0 / other_of)) * (all - 1.0) / all;
    Some(erfc((statistic / 2.0).sqrt()))
}

/// Log-likelihood ratio for two shares being one (Dunning 1993, Computational Linguistics 19:61): chi-square with one degree of freedom if
/// they are. Unlike Pearson's statistic it holds for rare events.
#[allow(clippy::cast_precision_loss)] // as above
pub(crate) fn log_likelihood_ratio(one_hits: u64, one_of: u64, other_hits: u64, other_of: u64) -> f64 {
    let likelihood = |hits: f64, of: f64, share: f64| {
        let part = |count: f64, share: f64| if count > 0.0 { count * share.ln() } else { 0.0 };
        part(hits, share) + part(of - hits, 1.0 - share)
    };
    let (k1, n1, k2, n2) = (one_hits.min(one_of) as f64, one_of as f64, other_hits.min(other_of) as f64, other_of as f64);
    if n1 == 0.0 || n2 == 0.0 {
        return 0.0;
    }
    let pooled = (k1 + k2) / (n1 + n2);
    let apart = likelihood(k1, n1, k1 / n1) + likelihood(k2, n2, k2 / n2);
    (2.0 * (apart - likelihood(k1, n1, pooled) - likelihood(k2, n2, pooled))).max(0.0)
}

/// Adjusted probabilities by Benjamini and Hochberg (1995): rejecting those below `q` makes at most a share `q` of the rejections false, for
/// tests that are independent or rise together.
pub(crate) fn benjamini_hochberg(probabilities: &[f64]) -> Vec<f64> {
    let count = probabilities.len();
    let mut adjusted = vec![1.0; count];
    let mut least: f64 = 1.0;
    for (rank, &at) in ascending(probabilities).iter().enumerate().rev() {
        #[allow(clippy::cast_precision_loss)] // as above
        let factor = count as f64 / (rank + 1) as f64;
        least = least.min(probabilities[at] * factor);
        adjusted[at] = least;
    }
    adjusted
}

/// Adjusted probabilities by Holm (1979): rejecting those below `a` makes any false rejection at all at most as likely as `a`, however the
/// tests depend on each other.
pub(crate) fn holm(probabilities: &[f64]) -> Vec<f64> {
    let count = probabilities.len();
    let mut adjusted = vec![1.0; count];
    let mut most: f64 = 0.0;
    for (rank, &at) in ascending(probabilities).iter().enumerate() {
        #[allow(clippy::cast_precision_loss)] // as above
        let factor = (count - rank) as f64;
        most = most.max((probabilities[at] * factor).min(1.0));
        adjusted[at] = most;
    }
    adjusted
}

fn ascending(probabilities: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|one, other| probabilities[*one].total_cmp(&probabilities[*other]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(found: f64, expected: f64, tolerance: f64, what: &str) {
        assert!((found - expected).abs() <= tolerance, "{what}: {found}, expected {expected}");
    }

    /// Values of the printed tables of the distributions.
    #[test]
    fn tails_are_those_of_the_tables() {
        assert_near(chi_square_above(1.0, 3.841), 0.05, 5e-5, "chi-square, 1 degree");
        assert_near(chi_square_exceeded(10.0, 0.05), 18.307, 5e-4, "chi-square, 10 degrees");
        assert_near(chi_square_exceeded(10.0, 0.01), 23.209, 5e-4, "chi-square, 10 degrees");
        assert_near(binomial_at_most(2, 10, 0.5), 56.0 / 1024.0, 1e-12, "(1 + 10 + 45) / 1024");
        assert_near(binomial_at_most(0, 3, 0.2), 0.512, 1e-12, "0.8 cubed");
        assert_eq!(binomial_at_most(3, 3, 0.2), 1.0);
        assert_near(beta_quantile(1.0, 1.0, 0.3), 0.3, 1e-12, "uniform");
        assert_near(beta_quantile(2.0, 1.0, 0.25), 0.5, 1e-12, "x squared");
    }

    #[test]
    fn a_difference_is_pearsons_with_campbells_factor() {
        // 15 of 30 against 5 of 30: Pearson's chi-square is 7.5, times 59/60 is 7.375.
        assert_near(difference(15.0, 30.0, 5.0, 30.0).unwrap(), chi_square_above(1.0, 7.375), 1e-9, "15/30 and 5/30");
        assert_near(difference(10.0, 40.0, 25.0, 100.0).unwrap(), 1.0, 1e-12, "no difference");
        for (hits, of) in [(0.0, 3.0), (0.0, 0.0), (3.0, 3.0)] {
            assert_eq!(difference(hits, of, hits, of), None, "nothing can be said");
        }
    }

    /// Dunning 1993, table 1: the counts of "the swiss" in 31,777 words; -2 log lambda is 270.72. Its contingency table is 110, 2442, 111, 29114.
    #[test]
    fn the_ratio_is_that_of_dunnings_table() {
        assert_near(log_likelihood_ratio(110, 110 + 2_442, 111, 111 + 29_114), 270.72, 5e-3, "the swiss");
        assert_eq!(log_likelihood_ratio(5, 10, 50, 100), 0.0);
        assert_eq!(log_likelihood_ratio(5, 10, 0, 0), 0.0);
    }

    /// Benjamini and Hochberg 1995, section 3.2: of 15 tests, 4 are rejected at 5%, by Bonferroni and Holm 3.
    #[test]
    fn many_tests_are_corrected_as_in_the_papers() {
        let printed =
            [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0];
        let rejected = |adjusted: Vec<f64>| adjusted.iter().filter(|probability| **probability <= 0.05).count();
        assert_eq!((rejected(benjamini_hochberg(&printed)), rejected(holm(&printed))), (4, 3));
        // Whatever the order, each keeps its own.
        let reversed: Vec<f64> = printed.iter().rev().copied().collect();
        for adjust in [benjamini_hochberg, holm] {
            let back: Vec<f64> = adjust(&reversed).into_iter().rev().collect();
            assert_eq!(back, adjust(&printed));
            assert!(adjust(&[]).is_empty());
        }
    }
}
