//! What do the answers say when the risk is believed up to two numbers? Estimates from a recalibration of the risk.
//!
//! # What is assumed
//!
//! That among listings which nobody had decided, the log odds of a counterfeit are a straight line in the log odds of the result, over
//! the whole range: that there is no floor, that is, no counterfeits that look as harmless as any honest listing and are spread evenly
//! among them. That a listing is drawn for its risk and at random, and for nothing else, is no assumption but done so.
//!
//! With that, every answer tells of every stratum, and the interval of the miss rate is some fifteen times narrower than the design's.
//!
//! # What guards it
//!
//! [`super::fit_test`] compares the line with the answers in each stratum, and in all low ones together, where a floor would show; when
//! it fails, these figures do not lead. No test sees a floor that leaves no trace in the drawn listings. On simulated marketplaces with a
//! million listings, 20,000 counterfeits and 1,000 reviews (`tests/eval/examples/coverage.rs`):
//!
//! | counterfeits without a trace in the risk | noticed | the leading interval of the miss rate holds the truth |
//! | --- | --- | --- |
//! | none | 0.4% (by chance) | 95% |
//! | 400 | 2% | 53% |
//! | 2,000 | 16% | 16% |
//! | 6,000 | 62% | 60% |
//! | 12,000 | 95% | 93% |
//!
//! So publish these figures as "if the risk sees every counterfeit a little", with the number that would have been noticed
//! ([`super::FitTest::noticed_counterfeits`]) and the design's interval beside them, which holds the truth in all of these rows.
//!
//! # Where flagged listings had been decided
//!
//! People decide first what looks worst. Of the flagged listings, those that are left undecided are then fewer counterfeits than their
//! risk says, and the line bends at the threshold: a model of all listings would hold the miss rate in as few as 110 of 300 audits. So,
//! as soon as one flagged listing had been decided, the model is fitted to clear listings and speaks of them alone; flagged ones are
//! estimated by the design, which their small number allows.
//!
//! # How
//!
//! The total is what is known (decided before, or answered) plus the sum of the fitted probabilities of all other listings (the
//! prediction approach, Valliant, Dorfman and Royall 2000). Its variance has two parts: that of the coefficients, by the delta method,
//! and that of the unseen decisions themselves. Intervals are made where the estimate is nearly normal: counts on the logarithm, shares
//! on the logit.

use super::design;
use super::figures::{AtThreshold, Estimate, Figures};
use super::observed::Observed;
use super::recalibration::{Covariance, Recalibration};
use crate::intervals::{Interval, Z};
use scoring::Band;

/// Predicted counterfeits of some of the listings.
#[derive(Clone, Copy, Debug, Default)]
struct Prediction {
    counterfeits: f64,
    gradient: [f64; 2],
    /// Of the decisions that were not made, given the coefficients.
    variance: f64,
    listings: f64,
}

pub(super) fn figures(observed: &Observed, fitted: Recalibration, covariance: Covariance) -> Figures {
    if observed.flagged_decided() {
        let mut bands = design::bands(observed);
        bands[0] = count(prediction(observed, fitted, |band| band == Band::Clear), covariance);
        return design::figures_of(observed, &bands);
    }
    let all = prediction(observed, fitted, |_| true);
    let counterfeits = count(all, covariance);
    Figures {
        prevalence: counterfeits.scaled(all.listings),
        counterfeits,
        review: at(observed, fitted, covariance, Band::Review),
        red_flag: at(observed, fitted, covariance, Band::RedFlag),
    }
}

fn at(observed: &Observed, fitted: Recalibration, covariance: Covariance, threshold: Band) -> AtThreshold {
    let above = prediction(observed, fitted, |band| band >= threshold);
    let below = prediction(observed, fitted, |band| band < threshold);
    let miss_rate = (above.counterfeits + below.counterfeits > 0.0).then(|| {
        let value = below.counterfeits / (above.counterfeits + below.counterfeits);
        // The logit of the miss rate is the logarithm of the one less the logarithm of the other.
        let relative = |of: Prediction, at: usize| of.gradient[at] / of.counterfeits;
        let gradient = [0, 1].map(|at| relative(below, at) - relative(above, at));
        let unseen = [below, above].map(|of| of.variance / (of.counterfeits * of.counterfeits)).iter().sum::<f64>();
        Estimate { value, interval: logit_interval(value, (covariance.along(gradient) + unseen).sqrt()) }
    });
    let precision = (above.listings > 0.0).then(|| {
        let value = above.counterfeits / above.listings;
        let error = (covariance.along(above.gradient) + above.variance).sqrt() / above.listings;
        Estimate { value, interval: logit_interval(value, error / (value * (1.0 - value))) }
    });
    let recall = miss_rate.map(Estimate::complement);
    AtThreshold { listings: above.listings, missed: count(below, covariance), miss_rate, recall, precision }
}

fn prediction(observed: &Observed, fitted: Recalibration, of: impl Fn(Band) -> bool) -> Prediction {
    let mut sum = Prediction::default();
    for stratum in observed.strata.iter().filter(|stratum| of(stratum.stratum.band())) {
        sum.counterfeits += stratum.confirmed;
        sum.listings += stratum.decided;
        for cell in &stratum.cells {
            let (unseen, probability) = (cell.undecided - cell.answered, fitted.probability(cell.log_odds));
            let variance = unseen * probability * (1.0 - probability);
            sum.counterfeits += cell.counterfeits + unseen * probability;
            sum.gradient[0] += variance;
            sum.gradient[1] += variance * cell.log_odds;
            sum.variance += variance;
            sum.listings += cell.undecided;
        }
    }
    sum
}

/// A count, on the logarithm; never below 0 or above all listings.
fn count(of: Prediction, covariance: Covariance) -> Estimate {
    let error = (covariance.along(of.gradient) + of.variance).sqrt();
    let factor = if of.counterfeits > 0.0 { (Z * error / of.counterfeits).exp() } else { 1.0 };
    let interval = Interval { low: of.counterfeits / factor, high: (of.counterfeits * factor).min(of.listings) };
    Estimate { value: of.counterfeits, interval }
}

/// A share, on the logit, where its standard error is `error`. At 0 and 1 the logit has no standard error: what is left is the value
/// itself when all is known, and nothing when not.
fn logit_interval(value: f64, error: f64) -> Interval {
    if !error.is_finite() {
        return Interval::UNKNOWN_SHARE;
    }
    let back = |logit: f64| 1.0 / (1.0 + (-logit).exp());
    let logit = (value / (1.0 - value)).ln();
    Interval { low: back(logit - Z * error), high: back(logit + Z * error) }
}
