//! How many listings of each risk does the simulated marketplace hold, and how many of them are copies? Counts instead of rows, so that
//! hundreds of marketplaces of a million listings are drawn in seconds.
//!
//! The risk of honest listings and of copies is normal on the log odds, with the same spread and as far apart as makes the log odds
//! calibrated: log likelihood ratios of mean -d²/2 and d²/2 and variance d². `d` follows from the miss rate that is asked for. Of each
//! bin of log odds the number of listings and of copies is binomial, one after another: what drawing every listing for itself gives, but
//! for the width of a bin.

use super::draws::{binomial, stream};
use crate::mutations::Random;
use scoring::{Band, Milli};
use statrs::function::erf::erfc;
use std::collections::BTreeSet;

/// Thousandths of log odds of a bin.
const BIN_MILLI: i32 = 50;
/// Bins from -30 to 20.
const BIN_FIRST: i32 = -600;
const BIN_LAST: i32 = 400;
/// Log odds of a risk of 40.0 and of 80.0, where the bands of the policy begin.
const REVIEW: f64 = -0.405_465_108_108_164_4;
const RED_FLAG: f64 = 1.386_294_361_119_890_6;

/// A marketplace, as it is in the long run.
#[derive(Clone, Copy, Debug)]
pub struct World {
    /// Listings.
    pub listings: u64,
    /// Share of copies, 0 to 1.
    pub prevalence: f64,
    /// How well the scorer tells copies: the distance d between their means, in standard deviations.
    pub separation: f64,
    /// The log odds of a copy are intercept plus slope times the log odds that the scorer says: 0 and 1 where it is calibrated.
    pub recalibration: (f64, f64),
    /// Share of the copies that look like any honest listing to the scorer: a floor that no recalibration of the risk describes.
    pub unseen: f64,
}

impl World {
    /// A marketplace whose scorer misses `miss_rate` of the copies in the long run, and is as well calibrated as `recalibration` says.
    #[must_use]
    pub fn new(listings: u64, prevalence: f64, miss_rate: f64, recalibration: (f64, f64)) -> Self {
        let (intercept, slope) = recalibration;
        let separation = separation(intercept + slope * REVIEW - logit(prevalence), miss_rate);
        Self { listings, prevalence, separation, recalibration, unseen: 0.0 }
    }

    /// The window after, seen by the same scorer: `prevalence` has changed, and sellers use other words, so that every listing has log
    /// odds lower by `shift`.
    #[must_use]
    pub fn drifted(self, prevalence: f64, shift: f64) -> Self {
        let (intercept, slope) = self.recalibration;
        let intercept = intercept + logit(prevalence) - logit(self.prevalence) + slope * shift;
        Self { prevalence, recalibration: (intercept, slope), ..self }
    }

    /// One window of this marketplace.
    #[must_use]
    pub fn draw(&self, seed: u64) -> Population {
        let mut random = stream(seed, 0);
        let (prior, d) = (logit(self.prevalence), self.separation);
        let (intercept, slope) = self.recalibration;
        // Copies that are seen for what they are, those that are not, and honest listings. All of them lie on the true log odds.
        let copies = binomial(&mut random, self.listings, self.prevalence);
        let unseen = binomial(&mut random, copies, self.unseen);
        let sorts = [(copies - unseen, d * d / 2.0), (unseen, -d * d / 2.0), (self.listings - copies, -d * d / 2.0)];
        let mut bins: Vec<Bin> = (BIN_FIRST..=BIN_LAST)
            .map(|at| Bin { log_odds: Milli(at * BIN_MILLI + BIN_MILLI / 2), listings: 0, copies: 0 })
            .collect();
        for (at, (count, mean)) in sorts.into_iter().enumerate() {
            let (mut left, mut mass) = (count, 1.0);
            let mut below = 0.0;
            for bin in &mut bins {
                let end = f64::from(bin.log_odds.0 + BIN_MILLI / 2) / 1_000.0;
                // The last bin takes all that is left.
                let last = bin.log_odds.0 > BIN_LAST * BIN_MILLI;
                let cumulated = if last { 1.0 } else { normal((intercept + slope * end - prior - mean) / d) };
                let share = if mass > 0.0 { ((cumulated - below) / mass).clamp(0.0, 1.0) } else { 1.0 };
                let here = binomial(&mut random, left, share);
                bin.listings += here;
                bin.copies += if at < 2 { here } else { 0 };
                (left, mass, below) = (left - here, 1.0 - cumulated, cumulated);
            }
        }
        bins.retain(|bin| bin.listings > 0);
        Population { bins }
    }
}

/// One window: what is there, and what is true.
#[derive(Clone, Debug)]
pub struct Population {
    /// By rising log odds.
    pub bins: Vec<Bin>,
}

/// Listings of nearly the same risk.
#[derive(Clone, Copy, Debug)]
pub struct Bin {
    /// As the scorer says.
    pub log_odds: Milli,
    /// How many.
    pub listings: u64,
    /// How many of them are copies.
    pub copies: u64,
}

impl Bin {
    /// By the thresholds of the policy.
    #[must_use]
    pub fn band(&self) -> Band {
        let log_odds = f64::from(self.log_odds.0) / 1_000.0;
        if log_odds >= RED_FLAG {
            Band::RedFlag
        } else if log_odds >= REVIEW {
            Band::Review
        } else {
            Band::Clear
        }
    }
}

impl Population {
    /// Share of copies.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // millions
    pub fn prevalence(&self) -> f64 {
        self.copies(|_| true) as f64 / self.listings(|_| true) as f64
    }

    /// Share of the copies below a band.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // millions
    pub fn miss_rate(&self, threshold: Band) -> f64 {
        self.copies(|bin| bin.band() < threshold) as f64 / self.copies(|_| true) as f64
    }

    /// Share of copies among the listings from a band upwards.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // millions
    pub fn precision(&self, threshold: Band) -> f64 {
        self.copies(|bin| bin.band() >= threshold) as f64 / self.listings(|bin| bin.band() >= threshold) as f64
    }

    /// Copies in some of the bins.
    pub fn copies(&self, of: impl Fn(&Bin) -> bool) -> u64 {
        self.bins.iter().filter(|bin| of(bin)).map(|bin| bin.copies).sum()
    }

    /// Listings in some of the bins.
    pub fn listings(&self, of: impl Fn(&Bin) -> bool) -> u64 {
        self.bins.iter().filter(|bin| of(bin)).map(|bin| bin.listings).sum()
    }

    /// A simple random sample without replacement of `count` listings of some of the bins: of each its log odds and whether it is a copy.
    pub fn sample(&self, of: impl Fn(&Bin) -> bool, count: u64, random: &mut Random) -> Vec<(Milli, bool)> {
        let bins: Vec<&Bin> = self.bins.iter().filter(|bin| of(bin)).collect();
        let listings: u64 = bins.iter().map(|bin| bin.listings).sum();
        // Floyd's method (Bentley and Floyd, 1987): every set of this size is equally likely.
        let mut chosen = BTreeSet::new();
        for last in listings.saturating_sub(count)..listings {
            let any = random.below(usize::try_from(last + 1).unwrap_or(usize::MAX)) as u64;
            if !chosen.insert(any) {
                chosen.insert(last);
            }
        }
        let (mut at, mut before) = (0, 0);
        let place = |place: u64| {
            while place >= before + bins[at].listings {
                before += bins[at].listings;
                at += 1;
            }
            (bins[at].log_odds, place - before < bins[at].copies)
        };
        chosen.into_iter().map(place).collect()
    }
}

/// How far apart honest listings and copies must lie so that a share `missed` of the copies is below `threshold` (on the log likelihood
/// ratio).
fn separation(threshold: f64, missed: f64) -> f64 {
    let (mut near, mut far) = (0.1, 20.0);
    for _ in 0..60 {
        let d = f64::midpoint(near, far);
        if normal((threshold - d * d / 2.0) / d) > missed { near = d } else { far = d }
    }
    f64::midpoint(near, far)
}

fn logit(share: f64) -> f64 {
    (share / (1.0 - share)).ln()
}

fn normal(z: f64) -> f64 {
    0.5 * erfc(-z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss)] // small counts
mod tests {
    use super::*;

    fn check(found: f64, expected: f64, error: f64) {
        assert!((found - expected).abs() < 4.0 * error, "{found} is not {expected}, give or take {error}");
    }

    #[test]
    fn a_world_is_as_it_was_asked_for() {
        for (listings, miss_rate, recalibration, seed) in [
            (1_000_000, 0.06, (0.0, 1.0), 1),
            (1_000_000, 0.1, (0.0, 1.0), 2),
            (1_000_000, 0.06, (-0.5, 0.8), 3),
            (100_000, 0.06, (0.0, 1.0), 4),
        ] {
            let population = World::new(listings, 0.02, miss_rate, recalibration).draw(seed);
            assert_eq!(population.listings(|_| true), listings);
            let copies = 0.02 * listings as f64;
            check(population.prevalence(), 0.02, 0.02 / copies.sqrt());
            // The bin in which the threshold lies stands on one side of it.
            check(population.miss_rate(Band::Review), miss_rate, (miss_rate / copies).sqrt() + 0.001);
        }
    }

    #[test]
    fn the_log_odds_say_the_truth_up_to_the_recalibration() {
        for (intercept, slope) in [(0.0, 1.0), (-0.5, 0.8), (0.7, 1.2)] {
            let population = World::new(1_000_000, 0.02, 0.06, (intercept, slope)).draw(9);
            let mut checked = 0;
            for bin in population.bins {
                let true_logit = intercept + slope * f64::from(bin.log_odds.0) / 1_000.0;
                let (expected, listings) = (1.0 / (1.0 + (-true_logit).exp()), bin.listings as f64);
                if expected * listings > 10.0 && (1.0 - expected) * listings > 10.0 {
                    check(bin.copies as f64 / listings, expected, (expected * (1.0 - expected) / listings).sqrt() + 0.001);
                    checked += 1;
                }
            }
            assert!(checked > 50, "only {checked} bins");
        }
    }

    #[test]
    fn unseen_copies_lie_among_the_honest_and_drift_is_as_it_was_asked_for() {
        let world = World::new(1_000_000, 0.02, 0.06, (0.0, 1.0));
        let seen = world.draw(3);
        let unseen = World { unseen: 0.5, ..world }.draw(3);
        check(unseen.miss_rate(Band::Review), 0.5 + 0.5 * seen.miss_rate(Band::Review), 0.006);

        let mean = |population: &Population| {
            population.bins.iter().map(|bin| f64::from(bin.log_odds.0) * bin.listings as f64).sum::<f64>() / 1e6
        };
        let after = world.drifted(0.02, 0.7).draw(3);
        check(mean(&seen) - mean(&after), 700.0, 5.0);
        assert!(after.miss_rate(Band::Review) > seen.miss_rate(Band::Review) + 0.01);
        // More copies, which the scorer sees as well as before.
        let after = world.drifted(0.03, 0.0).draw(3);
        check(after.prevalence(), 0.03, 0.001);
        check(after.miss_rate(Band::Review), 0.06, 0.003);
    }

    #[test]
    fn a_sample_is_without_replacement_and_as_the_population() {
        let population = World::new(1_000_000, 0.02, 0.06, (0.0, 1.0)).draw(3);
        let all = population.sample(|bin| bin.band() == Band::RedFlag, u64::MAX, &mut stream(1, 1));
        assert_eq!(all.len() as u64, population.listings(|bin| bin.band() == Band::RedFlag));
        assert_eq!(all.iter().filter(|(_, copy)| *copy).count() as u64, population.copies(|bin| bin.band() == Band::RedFlag));
        let some = population.sample(|_| true, 100_000, &mut stream(1, 1));
        check(some.iter().filter(|(_, copy)| *copy).count() as f64 / 1e5, population.prevalence(), (0.02_f64 / 1e5).sqrt());
    }
}
