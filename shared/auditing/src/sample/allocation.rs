//! How many listings of each stratum should people look at, so that the miss rate comes out as narrow as can be?

use super::frame::{Counts, Frame};
use super::strata::Stratum;
use crate::estimate::Recalibration;
use crate::intervals::{Z, root};
use scoring::Band;
use std::collections::BTreeMap;

/// Reviews that every stratum gets, or all its listings: without any, nothing would be known of it but by assumption, and the test of the
/// assumption would be blind there.
const STRATUM_REVIEWS_MIN: u64 = 5;

/// Of the reviews above the least: so many tenths are placed for the model, and for the design.
const MODEL_TENTHS: f64 = 5.0;
const DESIGN_TENTHS: f64 = 5.0;

/// Steps of the multiplicative algorithm: after a hundred, the variance is within a hundredth of the least.
const STEPS: u32 = 100;

/// What the allocation knows of a stratum: how many listings, and what their risk, taken as it is, says about a draw from it.
#[derive(Clone, Copy)]
struct Prospect {
    stratum: u8,
    listings: u64,
    /// Expected counterfeits, and their gradient by intercept and slope.
    counterfeits: f64,
    gradient: [f64; 2],
    /// Variance of one decision.
    variance: f64,
    /// Information of one decision on intercept and slope.
    information: [f64; 3],
}

/// Reviews by stratum, `budget` in total or fewer where the window has no more listings to decide. The same frame gives the same numbers.
///
/// Two allocations are added up, because each alone fails at what the other does:
///
/// * **for the model**: the least variance of the logit of the miss rate under the recalibrated risk, a c-optimal design (Pukelsheim,
///   *Optimal Design of Experiments*, 1993) found by the multiplicative algorithm. It puts nearly all into two strata, one on either side of the
///   threshold, and would see nothing of what the risk does not see;
/// * **for the design**: the narrowest prevalence and precision without a model. Neyman's allocation (1934), by listings times the
///   standard deviation of a decision, is the narrowest when counts are large; here they are not, and the square of Wilson's half-width
///   takes the place of the variance. With it a huge stratum whose risk is nearly nothing keeps a part, which guards against
///   counterfeits that the risk does not see at all.
///
/// Where flagged listings had been decided before, the model is about clear ones alone, which alone tell its slope: half of its part is
/// then D-optimal, because a slope that turns out half as steep would make the c-optimal interval several times as wide.
///
/// `prior` says what is known of the risk: the identity before any decision, the last run's fit after.
#[must_use]
pub fn allocate(frame: &Frame, prior: Recalibration, budget: u32) -> BTreeMap<u8, u64> {
    let prospects: Vec<Prospect> =
        frame.strata.iter().filter_map(|(stratum, counts)| prospect(*stratum, counts, prior)).collect();
    let of_design = narrowest(&prospects, f64::from(budget) * DESIGN_TENTHS / 10.0);
    let alone = frame
        .strata
        .iter()
        .any(|(id, counts)| counts.decided > 0 && Stratum::from_id(*id).is_some_and(|of| of.band() > Band::Clear));
    let modelled: Vec<Prospect> = prospects.iter().map(|of| if alone && !clear(of) { of.unmodelled() } else { *of }).collect();
    let of_model = optimal(&modelled, &of_design, Criterion::MissRate);
    let of_line = optimal(&modelled, &of_design, Criterion::Line);
    let weights: Vec<f64> = (0..prospects.len())
        .map(|at| {
            let model = if alone { f64::midpoint(of_model[at], of_line[at]) } else { of_model[at] };
            DESIGN_TENTHS * of_design[at] + MODEL_TENTHS * model
        })
        .collect();
    apportion(&prospects, &weights, u64::from(budget))
}

/// The shares of `reviews` that make the sum of squared half-widths, of prevalence and of precision, the least. Of n reviews at a
/// variance v, Wilson's squared half-width goes with v / n + z² / 4n²; at the least, one review more takes the same off in every stratum,
/// which is sought by halving.
#[allow(clippy::cast_precision_loss)] // far below 2^52 listings
fn narrowest(prospects: &[Prospect], reviews: f64) -> Vec<f64> {
    let counterfeits: f64 = prospects.iter().map(|of| of.counterfeits).sum();
    let flagged: f64 = prospects.iter().filter(|of| !clear(of)).map(|of| of.listings as f64).sum();
    let factors: Vec<f64> = prospects
        .iter()
        .map(|of| {
            // Prevalence relative to itself, so that it weighs as much as the precision, which is near 1.
            let (prevalence, precision) = (1.0 / counterfeits.max(1.0), if clear(of) { 0.0 } else { 1.0 / flagged });
            (of.listings as f64).powi(2) * (prevalence * prevalence + precision * precision)
        })
        .collect();
    // Reviews at which one more takes `gain` off.
    let at = |of: &Prospect, factor: f64, gain: f64| {
        let gains = |reviews: f64| factor * (of.variance / reviews.powi(2) + Z * Z / (2.0 * reviews.powi(3)));
        of.listings as f64 * root(|share| gains(share * of.listings as f64) > gain)
    };
    let needed = |gain: f64| prospects.iter().zip(&factors).map(|(of, factor)| at(of, *factor, gain)).sum::<f64>();
    // Gains from e^-69 to e^69 hold every case: factors are at most 1e20 and reviews at most 1e9.
    let exponent = |share: f64| (138.0 * share - 69.0).exp();
    let gain = exponent(root(|share| needed(exponent(share)) > reviews));
    shares(prospects.iter().zip(&factors).map(|(of, factor)| at(of, *factor, gain)))
}

impl Prospect {
    /// The same stratum when the model says nothing of it.
    fn unmodelled(self) -> Self {
        Self { counterfeits: 0.0, gradient: [0.0; 2], information: [0.0; 3], ..self }
    }
}

fn clear(prospect: &Prospect) -> bool {
    Stratum::from_id(prospect.stratum).is_some_and(|stratum| stratum.band() == Band::Clear)
}

#[allow(clippy::cast_precision_loss)] // as above
fn prospect(stratum: u8, counts: &Counts, prior: Recalibration) -> Option<Prospect> {
    let listings = counts.undecided();
    if listings == 0 {
        return None;
    }
    let mut of = Prospect { stratum, listings, counterfeits: 0.0, gradient: [0.0; 2], variance: 0.0, information: [0.0; 3] };
    for bin in counts.undecided.values() {
        let (count, x) = (bin.listings as f64, bin.log_odds());
        let (share, risk) = (count / listings as f64, prior.probability(x));
        let variance = risk * (1.0 - risk);
        of.counterfeits += count * risk;
        of.gradient[0] += count * variance;
        of.gradient[1] += count * variance * x;
        for (power, sum) in of.information.iter_mut().enumerate() {
            *sum += share * variance * x.powi(i32::try_from(power).unwrap_or(0));
        }
    }
    let mean = of.counterfeits / listings as f64;
    of.variance = mean * (1.0 - mean);
    Some(of)
}

/// What a model's allocation is to be best at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Criterion {
    /// The variance of the logit of the miss rate: c-optimal.
    MissRate,
    /// The area of the confidence ellipse of intercept and slope: D-optimal.
    Line,
}

/// Each step multiplies a share by what one more review there would gain: the root of what it takes off the variance, or what it takes
/// off the area.
fn optimal(prospects: &[Prospect], start: &[f64], criterion: Criterion) -> Vec<f64> {
    let mut target = [0.0; 2];
    for (is_clear, sign) in [(true, 1.0), (false, -1.0)] {
        let side = || prospects.iter().filter(move |of| clear(of) == is_clear);
        let counterfeits: f64 = side().map(|of| of.counterfeits).sum();
        if counterfeits > 0.0 {
            for (at, sum) in target.iter_mut().enumerate() {
                *sum += sign * side().map(|of| of.gradient[at]).sum::<f64>() / counterfeits;
            }
        }
    }
    let mut weights = start.to_vec();
    for _ in 0..STEPS {
        let mut total = [0.0; 3];
        for (of, weight) in prospects.iter().zip(&weights) {
            for (sum, information) in total.iter_mut().zip(of.information) {
                *sum += weight * information;
            }
        }
        let determinant = total[0] * total[2] - total[1] * total[1];
        if determinant <= f64::MIN_POSITIVE {
            break; // a single stratum: nothing to choose
        }
        let direction = [
            (total[2] * target[0] - total[1] * target[1]) / determinant,
            (total[0] * target[1] - total[1] * target[0]) / determinant,
        ];
        weights = shares(prospects.iter().zip(&weights).map(|(of, weight)| {
            let gain = of.information[0] * direction[0] * direction[0]
                + 2.0 * of.information[1] * direction[0] * direction[1]
                + of.information[2] * direction[1] * direction[1];
            match criterion {
                Criterion::MissRate => weight * gain.max(0.0).sqrt(),
                Criterion::Line => {
                    let [intercept, both, slope] = of.information;
                    weight * (total[2] * intercept - 2.0 * total[1] * both + total[0] * slope).max(0.0)
                }
            }
        }));
    }
    weights
}

/// Scaled to a sum of 1; even where all are 0.
#[allow(clippy::cast_precision_loss)] // tens of strata
fn shares(weights: impl Iterator<Item = f64>) -> Vec<f64> {
    let weights: Vec<f64> = weights.collect();
    let total: f64 = weights.iter().sum();
    let even = 1.0 / weights.len().max(1) as f64;
    weights.iter().map(|weight| if total > 0.0 { weight / total } else { even }).collect()
}

/// Whole reviews: the least for every stratum, the rest by weight, none above what the stratum holds. What a full stratum cannot take
/// goes to the others; remainders go to the largest fractions, then to the lowest stratum.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most a million, never negative
fn apportion(prospects: &[Prospect], weights: &[f64], budget: u64) -> BTreeMap<u8, u64> {
    let mut reviews = vec![0_u64; prospects.len()];
    let mut left = budget;
    for (of, reviews) in prospects.iter().zip(&mut reviews) {
        *reviews = STRATUM_REVIEWS_MIN.min(of.listings).min(left);
        left -= *reviews;
    }
    while left > 0 {
        let open: Vec<usize> = (0..prospects.len()).filter(|at| reviews[*at] < prospects[*at].listings).collect();
        let total: f64 = open.iter().map(|at| weights[*at]).sum();
        if open.is_empty() {
            break;
        }
        // Every open stratum has a weight, for it has listings and some are given in proportion to them.
        let mut parts: Vec<(usize, f64)> =
            open.iter().map(|at| (*at, left as f64 * weights[*at] / total.max(f64::MIN_POSITIVE))).collect();
        let before = left;
        for (at, part) in &parts {
            let more = (part.floor() as u64).min(prospects[*at].listings - reviews[*at]).min(left);
            reviews[*at] += more;
            left -= more;
        }
        // No stratum was filled up: what is left are fractions.
        if before - left == parts.iter().map(|(_, part)| part.floor() as u64).sum::<u64>() {
            parts.sort_by(|(a, x), (b, y)| y.fract().total_cmp(&x.fract()).then(a.cmp(b)));
            for (at, _) in parts {
                if left > 0 && reviews[at] < prospects[at].listings {
                    reviews[at] += 1;
                    left -= 1;
                }
            }
        }
    }
    prospects.iter().zip(reviews).map(|(of, reviews)| (of.stratum, reviews)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::Milli;

    fn frame(strata: &[(Band, i32, u64)]) -> Frame {
        let mut frame = Frame::default();
        for (band, log_odds, listings) in strata {
            frame.add(*band, Milli(*log_odds), None, *listings);
        }
        frame
    }

    fn check(strata: &[(Band, i32, u64)], budget: u32, expected: &[u64]) {
        let found: Vec<u64> = allocate(&frame(strata), Recalibration::IDENTITY, budget).into_values().collect();
        assert_eq!(found, expected, "{strata:?} with {budget}");
    }

    #[test]
    fn every_stratum_gets_the_least_and_none_more_than_it_holds() {
        let two = [(Band::Clear, -4_400, 3), (Band::RedFlag, 2_000, 1_000)];
        check(&two, 100, &[3, 97]);
        check(&two, 2_000, &[3, 1_000]);
        check(&two, 6, &[3, 3]);
        check(&two, 0, &[0, 0]);
        check(&[], 100, &[]);
        check(&[(Band::Clear, -4_400, 1_000)], 100, &[100]);
        // What a stratum that is soon full cannot take goes to the others.
        let three = [(Band::Clear, -9_000, 1_000_000), (Band::Clear, -2_200, 20), (Band::RedFlag, 2_000, 1_000)];
        let found = allocate(&frame(&three), Recalibration::IDENTITY, 500);
        assert_eq!(found.values().sum::<u64>(), 500);
        assert_eq!(found.values().nth(1), Some(&20));
    }

    /// With large counts, the narrowest allocation of the design is Neyman's: by listings times standard deviation.
    #[test]
    fn large_samples_are_allocated_as_by_neyman() {
        let frame =
            frame(&[(Band::Clear, -2_000, 50_000_000), (Band::Clear, -1_000, 20_000_000), (Band::Clear, -3_000, 90_000_000)]);
        let prospects: Vec<_> =
            frame.strata.iter().filter_map(|(id, counts)| prospect(*id, counts, Recalibration::IDENTITY)).collect();
        let found = narrowest(&prospects, 1e6);
        let products: Vec<f64> = prospects.iter().map(|of| of.listings as f64 * of.variance.sqrt()).collect();
        let total: f64 = products.iter().sum();
        for (found, product) in found.iter().zip(products) {
            assert!((found - product / total).abs() < 1e-3, "{found} is not {}", product / total);
        }
    }

    /// The D-optimal design of a logistic line has two points, at log odds of 1.543 to either side, with half the reviews each (Kalish
    /// and Rosenberger 1978).
    #[test]
    fn the_best_design_for_a_line_is_the_published_one() {
        let at = |tenths: i32| {
            let x = f64::from(tenths) / 10.0;
            let risk = Recalibration::IDENTITY.probability(x);
            let variance = risk * (1.0 - risk);
            let (counterfeits, gradient) = (1_000.0 * risk, [1_000.0 * variance, 1_000.0 * variance * x]);
            let stratum = Stratum::of(if x < 0.0 { Band::Clear } else { Band::RedFlag }, Milli(tenths * 100)).id();
            Prospect {
                stratum,
                listings: 1_000,
                counterfeits,
                gradient,
                variance,
                information: [variance, variance * x, variance * x * x],
            }
        };
        let grid: Vec<_> = (-30..=30).collect();
        let prospects: Vec<_> = grid.iter().map(|tenths| at(*tenths)).collect();
        let found = optimal(&prospects, &shares(prospects.iter().map(|_| 1.0)), Criterion::Line);
        let below: f64 = found[..30].iter().sum();
        let distance: f64 = grid.iter().zip(&found).map(|(tenths, share)| f64::from(tenths.abs()) / 10.0 * share).sum();
        assert!((below - 0.5).abs() < 1e-3 && (distance - 1.543).abs() < 0.02, "{below} below, {distance} away");
    }

    /// The c-optimal design of a logistic line has no more than two points, one on either side, and no other is better.
    #[test]
    fn the_models_allocation_needs_few_strata() {
        let strata: Vec<_> = (-8..8).map(|at| (if at < 0 { Band::Clear } else { Band::RedFlag }, at * 500 + 50, 1_000)).collect();
        let frame = frame(&strata);
        let prospects: Vec<_> =
            frame.strata.iter().filter_map(|(id, counts)| prospect(*id, counts, Recalibration::IDENTITY)).collect();
        let found = optimal(&prospects, &shares(prospects.iter().map(|_| 1.0)), Criterion::MissRate);
        let carrying = found.iter().filter(|share| **share > 0.05).count();
        assert!((1..=4).contains(&carrying), "{found:?}");
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
}
