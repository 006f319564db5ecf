//! How must the risk be read, given what people decided? Two numbers and how sure they are.

use super::observed::{Cell, Observed};
use serde::{Deserialize, Serialize};

/// Newton steps after which a fit that has not settled is given up; four or five are usual.
const STEPS_MAX: u32 = 50;
/// A step below this has settled: far below any standard error, and far above the rounding of the likelihood.
const SETTLED: f64 = 1e-6;
/// Coefficients beyond this are on their way to infinity: the decisions are separated perfectly.
const COEFFICIENT_MAX: f64 = 50.0;

/// Cox's recalibration (Biometrika 45, 1958): the log odds of a counterfeit are `intercept` + `slope` times the log odds of the result.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recalibration {
    /// 0 when right on average; negative when the risk is too high.
    pub intercept: f64,
    /// 1 when right; below 1 when the risk is too sure of itself.
    pub slope: f64,
}

impl Recalibration {
    /// The log odds taken as they are.
    pub const IDENTITY: Self = Self { intercept: 0.0, slope: 1.0 };

    /// Probability of a counterfeit at these log odds, in natural units.
    #[must_use]
    pub fn probability(self, log_odds: f64) -> f64 {
        1.0 / (1.0 + (-(self.intercept + self.slope * log_odds)).exp())
    }
}

/// A symmetric two by two matrix: intercept, both, slope.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Covariance {
    /// Variance of the intercept.
    pub intercept: f64,
    /// Covariance of intercept and slope.
    pub both: f64,
    /// Variance of the slope.
    pub slope: f64,
}

impl Covariance {
    /// Variance of a sum of the coefficients with these weights.
    pub(super) fn along(self, [intercept, slope]: [f64; 2]) -> f64 {
        (self.intercept * intercept * intercept + 2.0 * self.both * intercept * slope + self.slope * slope * slope).max(0.0)
    }

    fn times(self, [intercept, slope]: [f64; 2]) -> [f64; 2] {
        [self.intercept * intercept + self.both * slope, self.both * intercept + self.slope * slope]
    }

    /// The inverse of the information; `None` when that says nothing about one of the coefficients.
    pub(super) fn inverse_of([a, b, c]: [f64; 3]) -> Option<Self> {
        let determinant = a * c - b * b;
        // Relative to the product, so that rounding is not taken for information.
        (determinant > 1e-10 * a * c).then(|| Self { intercept: c / determinant, both: -b / determinant, slope: a / determinant })
    }
}

/// Maximum likelihood, from `start`, by Newton's method with halved steps. Unweighted: which listing is drawn depends on its risk alone,
/// and the risk is in the model, so that the draw says nothing more about the decision. `None` where there is no maximum.
pub(super) fn fit(observed: &Observed, start: Recalibration) -> Option<(Recalibration, Covariance)> {
    let (mut at, mut here) = (start, Likelihood::at(observed, start));
    for _ in 0..STEPS_MAX {
        let covariance = Covariance::inverse_of(here.information)?;
        let mut step = covariance.times(here.score);
        while step.iter().any(|part| part.abs() > SETTLED) {
            let next = Recalibration { intercept: at.intercept + step[0], slope: at.slope + step[1] };
            let there = Likelihood::at(observed, next);
            if there.logarithm >= here.logarithm {
                (at, here) = (next, there);
                break;
            }
            step = step.map(|part| part / 2.0);
        }
        if step.iter().all(|part| part.abs() <= SETTLED) {
            return Some((at, covariance));
        }
        if at.intercept.abs().max(at.slope.abs()) > COEFFICIENT_MAX {
            return None;
        }
    }
    None
}

/// Fisher's information of the answers on intercept, both, and slope.
pub(super) fn information(observed: &Observed, at: Recalibration) -> [f64; 3] {
    Likelihood::at(observed, at).information
}

/// The likelihood of the answers at one point.
struct Likelihood {
    logarithm: f64,
    score: [f64; 2],
    information: [f64; 3],
}

impl Likelihood {
    fn at(observed: &Observed, at: Recalibration) -> Self {
        let mut sums = Self { logarithm: 0.0, score: [0.0; 2], information: [0.0; 3] };
        for Cell { log_odds, answered, counterfeits, .. } in observed.answered_cells() {
            let logit = at.intercept + at.slope * log_odds;
            let small = (-logit.abs()).exp(); // never overflows
            let probability = if logit > 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) };
            sums.logarithm += counterfeits * logit - answered * (logit.max(0.0) + small.ln_1p());
            let surplus = counterfeits - answered * probability;
            sums.score[0] += surplus;
            sums.score[1] += surplus * log_odds;
            let weight = answered * probability * (1.0 - probability);
            sums.information[0] += weight;
            sums.information[1] += weight * log_odds;
            sums.information[2] += weight * log_odds * log_odds;
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observed(points: &[(f64, f64, f64)]) -> Observed {
        let cell =
            |&(log_odds, answered, counterfeits): &(f64, f64, f64)| Cell { log_odds, undecided: 1_000.0, answered, counterfeits };
        Observed::of_cells(points.iter().map(cell).collect())
    }

    /// Hours of study and passing an exam, the worked example of Wikipedia's article on logistic regression: intercept -4.0777 (standard
    /// error 1.7610), slope 1.5046 (0.6287).
    #[test]
    fn a_published_fit_is_found() {
        let hours = [
            (0.50, 0.),
            (0.75, 0.),
            (1.00, 0.),
            (1.25, 0.),
            (1.50, 0.),
            (1.75, 0.),
            (1.75, 1.),
            (2.00, 0.),
            (2.25, 1.),
            (2.50, 0.),
            (2.75, 1.),
            (3.00, 0.),
            (3.25, 1.),
            (3.50, 0.),
            (4.00, 1.),
            (4.25, 1.),
            (4.50, 1.),
            (4.75, 1.),
            (5.00, 1.),
            (5.50, 1.),
        ];
        let points: Vec<_> = hours.iter().map(|&(hours, passed)| (hours, 1.0, passed)).collect();
        let (found, covariance) = fit(&observed(&points), Recalibration::IDENTITY).unwrap();
        for (found, expected) in [
            (found.intercept, -4.0777),
            (found.slope, 1.5046),
            (covariance.intercept.sqrt(), 1.7610),
            (covariance.slope.sqrt(), 0.6287),
        ] {
            assert!((found - expected).abs() < 1e-4, "{found} is not {expected}");
        }
    }

    #[test]
    fn perfectly_separated_decisions_and_a_single_risk_have_no_fit() {
        for points in [vec![(-1.0, 9.0, 0.0), (1.0, 9.0, 9.0)], vec![(0.5, 9.0, 4.0)], vec![]] {
            assert_eq!(fit(&observed(&points), Recalibration::IDENTITY), None, "{points:?}");
        }
    }
}
