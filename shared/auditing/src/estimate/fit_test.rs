//! Do the answers agree with the recalibrated risk, in every stratum and below?
//!
//! Two statistics, each against what the fitted model itself would give, by parametric bootstrap (Davison and Hinkley 1997, chapter 4):
//!
//! * **every stratum**: the deviance between the counterfeits found in each stratum and those expected, which finds a bend;
//! * **the low end**: the smallest Poisson probability of finding as many or more in the lowest strata together, up to each of them in turn, which
//!   finds a floor: one counterfeit where the model expects a thousandth.
//!
//! The expected counts of low strata are far below one, where a table of chi square is wrong; so are both statistics' p-values taken from
//! repetitions.

use super::observed::Observed;
use super::recalibration::{Recalibration, fit};
use scoring::Band;
use serde::{Deserialize, Serialize};
use statrs::function::gamma::checked_gamma_lr;

/// Repetitions at most: the smallest p-value that can be told is a thousandth.
const REPETITIONS_MAX: u32 = 999;
/// So many repetitions as bad as what was found settle that it is nothing special (the sequential test of Besag and Clifford, Biometrika
/// 78, 1991): a good fit takes some fifty repetitions, only a bad one all.
const AS_BAD_MAX: u32 = 10;
/// Of the repetitions' draws, so that the same answers give the same p-values.
const SEED: u64 = 0x0073_7472_6174_6121;
/// The test fails when either p-value is below this: in one of two hundred audits in which the assumption holds. Stricter than the usual
/// twentieth, because a failure costs an interval several times as wide.
pub const FAILS_BELOW: f64 = 0.0025;

/// Where the model expects fewer than this among all answers, two counterfeits found there make the test fail.
const LOW_END_EXPECTED_MAX: f64 = 0.05;
/// Mean of a Poisson count that is below two in one of twenty.
const TWO_FOUND: f64 = 4.744;

/// How well the model fits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitTest {
    /// Probability of a fit as bad in some stratum, when the assumption holds.
    pub strata_p: f64,
    /// Probability of as many counterfeits at the low end, when the assumption holds.
    pub low_end_p: f64,
    /// So many counterfeits, spread evenly over the listings of the low end, would be noticed in 95 of 100 audits; fewer may go
    /// unnoticed, and then the model's intervals are wrong. `None` where the low end has no answers, and any number would.
    pub noticed_counterfeits: Option<f64>,
    /// Whether both are high enough for the model to lead.
    pub passed: bool,
}

/// What is compared.
struct Statistics {
    deviance: f64,
    /// Negative logarithm of the smallest tail probability: large is bad, as above.
    low_end: f64,
}

pub(super) fn fit_test(observed: &Observed, fitted: Recalibration) -> FitTest {
    let noticed_counterfeits = noticed(observed, fitted);
    let mut observed = observed.clone();
    for of in &mut observed.strata {
        of.cells.retain(|cell| cell.answered > 0.0);
    }
    let found = statistics(&observed, fitted);
    let mut random = Random(SEED);
    let mut repeated = observed.clone();
    let (mut strata, mut low_end) = (Tail::default(), Tail::default());
    for _ in 0..REPETITIONS_MAX {
        if strata.settled() && low_end.settled() {
            break;
        }
        for (cell, original) in cells(&mut repeated).zip(observed.strata.iter().flat_map(|of| &of.cells)) {
            cell.counterfeits = random.binomial(original.answered, fitted.probability(original.log_odds));
        }
        let refitted = fit(&repeated, fitted).map_or(fitted, |(refitted, _)| refitted);
        let by_chance = statistics(&repeated, refitted);
        strata.count(by_chance.deviance >= found.deviance);
        low_end.count(by_chance.low_end >= found.low_end);
    }
    let (strata_p, low_end_p) = (strata.p(), low_end.p());
    FitTest { strata_p, low_end_p, noticed_counterfeits, passed: strata_p.min(low_end_p) >= FAILS_BELOW }
}

/// From the lowest stratum up, as far as the model expects nothing: what two found among the answers would stand for.
fn noticed(observed: &Observed, fitted: Recalibration) -> Option<f64> {
    let (mut listings, mut answered, mut expected) = (0.0, 0.0, 0.0);
    for of in observed.strata.iter().filter(|of| of.stratum.band() == Band::Clear) {
        expected += of.cells.iter().map(|cell| cell.answered * fitted.probability(cell.log_odds)).sum::<f64>();
        if expected > LOW_END_EXPECTED_MAX {
            break;
        }
        listings += of.undecided();
        answered += of.answered();
    }
    (answered > 0.0).then(|| (listings * TWO_FOUND / answered).min(listings))
}

/// Repetitions so far, until enough were as bad as what was found.
#[derive(Default)]
struct Tail {
    repetitions: u32,
    as_bad: u32,
}

impl Tail {
    fn settled(&self) -> bool {
        self.as_bad >= AS_BAD_MAX
    }

    fn count(&mut self, as_bad: bool) {
        if !self.settled() {
            self.repetitions += 1;
            self.as_bad += u32::from(as_bad);
        }
    }

    fn p(&self) -> f64 {
        if self.settled() {
            f64::from(self.as_bad) / f64::from(self.repetitions)
        } else {
            f64::from(self.as_bad + 1) / f64::from(self.repetitions + 1)
        }
    }
}

fn cells(observed: &mut Observed) -> impl Iterator<Item = &mut super::observed::Cell> {
    observed.strata.iter_mut().flat_map(|of| &mut of.cells)
}

fn statistics(observed: &Observed, fitted: Recalibration) -> Statistics {
    let (mut deviance, mut low_end) = (0.0, 0.0_f64);
    let (mut found_so_far, mut expected_so_far) = (0.0, 0.0);
    for of in &observed.strata {
        let (mut answered, mut found, mut expected) = (0.0, 0.0, 0.0);
        for cell in &of.cells {
            answered += cell.answered;
            found += cell.counterfeits;
            expected += cell.answered * fitted.probability(cell.log_odds);
        }
        if answered <= 0.0 {
            continue;
        }
        deviance += 2.0 * (surprise(found, expected) + surprise(answered - found, answered - expected));
        if of.stratum.band() == Band::Clear {
            found_so_far += found;
            expected_so_far += expected;
            if found_so_far > 0.0 && expected_so_far > 0.0 {
                // P(Poisson(e) >= k) is the regularised lower incomplete gamma function of k at e.
                let tail = checked_gamma_lr(found_so_far, expected_so_far).unwrap_or(1.0);
                low_end = low_end.max(-tail.max(f64::MIN_POSITIVE).ln());
            }
        }
    }
    Statistics { deviance, low_end }
}

fn surprise(found: f64, expected: f64) -> f64 {
    if found > 0.0 { found * (found / expected.max(f64::MIN_POSITIVE)).ln() } else { 0.0 }
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    #[allow(clippy::cast_precision_loss)] // 53 bits
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Hits of so many trials, which are whole and few.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most the size of a sample
    fn binomial(&mut self, trials: f64, probability: f64) -> f64 {
        (0..trials as u32).map(|_| f64::from(u8::from(self.uniform() < probability))).sum()
    }
}
