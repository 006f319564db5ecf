//! What changed since the last run, beyond chance and enough to matter?
//!
//! The distribution of risk is compared by the population stability index (PSI), whose noise depends on the number of listings: without any
//! change it is about chi-square with `bins - 1` degrees of freedom times `1/n + 1/m` (Yurdakul 2018, Statistical Properties of Population
//! Stability Index). So there are two bars: the noise floor, below which nothing can be said, and the customary 0.1 and 0.25
//! (Siddiqi 2006, Credit Risk Scorecards), below which it does not matter. Each signal's rate is compared by a test of two proportions, corrected
//! for the number of signals. Listings of one seller are alike, so that true noise is larger than both say: the floor is the least that it
//! can be.

mod profile;

pub use profile::Profile;

use crate::Share;
use crate::calibration::RISK_BINS;
use crate::inference::{benjamini_hochberg, chi_square_exceeded, difference, ratio};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// PSI from which a change is moderate, by custom.
pub const MODERATE_PSI_MIN: f64 = 0.1;

/// PSI from which a change is large, by custom.
pub const LARGE_PSI_MIN: f64 = 0.25;

/// Chance that the PSI is above its noise floor when nothing changed. Runs are daily, so that this is one in three years.
pub const NOISE_EXCEEDED_MAX: f64 = 0.001;

/// Share of the signals that are said to have changed and did not.
pub const FALSE_CHANGES_MAX: f64 = 0.01;

/// How many times its old rate a signal must fire, or what part of it, for the change to matter.
pub const RATE_RATIO_MIN: f64 = 1.25;

/// What changed between two windows: one section of the report, once against the previous run and once against a reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// Results of this window.
    pub results_count: u64,
    /// Results of the window that it is compared with.
    pub results_before_count: u64,
    /// Of the distribution of risk.
    pub risk: Shift,
    /// Share of clear listings, of those to review and of red flags.
    pub bands: Vec<RateChange>,
    /// Mean risk, 0 to 1: the prevalence that the scores expect. What people found is another section.
    pub mean_risk: Option<f64>,
    /// The same before.
    pub mean_risk_before: Option<f64>,
    /// Every signal that fired in either window: those that changed first, the largest change of the rate first.
    pub signals: Vec<RateChange>,
    /// How many of them changed.
    pub changed_signals_count: u64,
}

/// How far a distribution moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shift {
    /// Population stability index, 0 or more; `None` when a window is empty.
    pub stability_index: Option<f64>,
    /// Its mean if nothing changed.
    pub expected_by_chance: f64,
    /// What it exceeds once in a thousand comparisons if nothing changed.
    pub noise_floor: f64,
    /// What follows.
    pub stability: Stability,
}

/// How much a distribution changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stability {
    /// A window is empty: nothing to compare.
    Unknown,
    /// Below the noise floor.
    WithinNoise,
    /// Beyond noise, and too little to matter.
    Slight,
    /// From [`MODERATE_PSI_MIN`].
    Moderate,
    /// From [`LARGE_PSI_MIN`].
    Large,
}

/// How often something occurs, now and before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RateChange {
    /// Of a signal or band.
    pub name: String,
    /// Its share of the results now.
    pub now: Share,
    /// Its share before.
    pub before: Share,
    /// The chance of such a difference if there was none, corrected for the number of comparisons; `None` where there is too little to say.
    pub adjusted_probability: Option<f64>,
    /// Whether the change is beyond chance and large enough to matter.
    pub is_changed: bool,
}

impl Drift {
    /// What changed from `before` to `now`.
    #[must_use]
    pub fn between(now: &Profile, before: &Profile) -> Self {
        let (of, before_of) = (now.results_count, before.results_count);
        let mut bands: Vec<RateChange> = ["clear", "review", "red_flag"]
            .into_iter()
            .enumerate()
            .map(|(band, name)| RateChange::of(name, (now.bands[band], of), (before.bands[band], before_of)))
            .collect();
        correct(&mut bands);
        let mut signals: Vec<RateChange> = Vec::new();
        for (name, fires) in now.signals() {
            let earlier = before.fires(name).map_or(0, |fires| fires.sides.total());
            signals.push(RateChange::of(name, (fires.sides.total(), of), (earlier, before_of)));
        }
        for (name, fires) in before.signals() {
            if now.fires(name).is_none() {
                signals.push(RateChange::of(name, (0, of), (fires.sides.total(), before_of)));
            }
        }
        correct(&mut signals);
        signals.sort_by(RateChange::by_size);
        let mean = |profile: &Profile| ratio(profile.risk_sum_tenths, profile.results_count.saturating_mul(1_000));
        Self {
            results_count: of,
            results_before_count: before_of,
            risk: Shift::between(&now.risks, &before.risks),
            bands,
            mean_risk: mean(now),
            mean_risk_before: mean(before),
            changed_signals_count: signals.iter().filter(|signal| signal.is_changed).count() as u64,
            signals,
        }
    }
}

impl Shift {
    #[allow(clippy::cast_precision_loss)] // counts stay far below 2^53
    fn between(now: &[u64; RISK_BINS], before: &[u64; RISK_BINS]) -> Self {
        let (of, before_of) = (now.iter().sum::<u64>() as f64, before.iter().sum::<u64>() as f64);
        let used = now.iter().zip(before).filter(|(now, before)| **now + **before > 0).count();
        if of == 0.0 || before_of == 0.0 {
            let stability = Stability::Unknown;
            return Self { stability_index: None, expected_by_chance: 0.0, noise_floor: 0.0, stability };
        }
        // Half a listing in every range, so that an empty one makes no infinity (Jeffreys' prior).
        let share = |count: u64, of: f64| (count as f64 + 0.5) / (of + 0.5 * used as f64);
        let ranges = now.iter().zip(before).filter(|(now, before)| **now + **before > 0);
        let index = ranges.fold(0.0, |sum, (count, earlier)| {
            let (now, before) = (share(*count, of), share(*earlier, before_of));
            sum + (now - before) * (now / before).ln()
        });
        let noise = 1.0 / of + 1.0 / before_of;
        let degrees = used as f64 - 1.0;
        let noise_floor = if degrees > 0.0 { noise * chi_square_exceeded(degrees, NOISE_EXCEEDED_MAX) } else { 0.0 };
        let stability = match index {
            index if index <= noise_floor => Stability::WithinNoise,
            index if index < MODERATE_PSI_MIN => Stability::Slight,
            index if index < LARGE_PSI_MIN => Stability::Moderate,
            _ => Stability::Large,
        };
        Self { stability_index: Some(index), expected_by_chance: noise * degrees, noise_floor, stability }
    }
}

impl RateChange {
    #[allow(clippy::cast_precision_loss)] // as above
    fn of(name: &str, now: (u64, u64), before: (u64, u64)) -> Self {
        Self {
            name: name.to_owned(),
            now: Share::wilson(now.0, now.1),
            before: Share::wilson(before.0, before.1),
            adjusted_probability: difference(now.0 as f64, now.1 as f64, before.0 as f64, before.1 as f64),
            is_changed: false,
        }
    }

    fn change(&self) -> f64 {
        self.now.share.unwrap_or(0.0) - self.before.share.unwrap_or(0.0)
    }

    /// Whether the one rate is so many times the other. What never fired on one side has changed by any factor.
    fn matters(&self) -> bool {
        let (now, before) = (self.now.share.unwrap_or(0.0), self.before.share.unwrap_or(0.0));
        now.max(before) >= now.min(before) * RATE_RATIO_MIN
    }

    fn by_size(&self, other: &Self) -> Ordering {
        let by_change = other.change().abs().total_cmp(&self.change().abs());
        other.is_changed.cmp(&self.is_changed).then(by_change).then_with(|| self.name.cmp(&other.name))
    }
}

/// Corrects every probability for the number of all, and says what changed.
fn correct(rates: &mut [RateChange]) {
    let probabilities: Vec<f64> = rates.iter().filter_map(|rate| rate.adjusted_probability).collect();
    let tested = rates.iter_mut().filter(|rate| rate.adjusted_probability.is_some());
    for (rate, adjusted) in tested.zip(benjamini_hochberg(&probabilities)) {
        rate.adjusted_probability = Some(adjusted);
        rate.is_changed = adjusted <= FALSE_CHANGES_MAX && rate.matters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decided::tests::scored;
    use crate::words::hash;
    use proptest::prelude::*;
    use scoring::{Risk, ScoredListing};

    /// Results of a seeded market in which some share, in thousandths, has a high risk and a telling signal.
    fn market(seed: u64, count: u64, risky: u64) -> Profile {
        let mut profile = Profile::default();
        (0..count).for_each(|case| profile.add(&result(seed, case, risky)));
        profile
    }

    #[allow(clippy::cast_possible_truncation)] // below 1000
    fn result(seed: u64, case: u64, risky: u64) -> ScoredListing {
        let chance = |of: &str| hash(format!("{seed} {case} {of}").as_bytes()) % 1_000;
        if chance("risky") < risky {
            return scored("A", Risk(800 + (chance("risk") / 5) as u16), &[("replica_term", Some("en.replica"), 2_000)]);
        }
        let mut fired = vec![("price_plausible", None, -300)];
        if chance("signal") < 300 {
            fired.push(("seller_new", None, 200));
        }
        scored("A", Risk((chance("risk") / 3) as u16), &fired)
    }

    #[test]
    fn known_values() {
        let (mut now, mut before) = ([0; RISK_BINS], [0; RISK_BINS]);
        (now[0], now[1], before[0], before[1]) = (600_000, 400_000, 500_000, 500_000);
        let shift = Shift::between(&now, &before);
        // (0.6 - 0.5) ln(0.6 / 0.5) + (0.4 - 0.5) ln(0.4 / 0.5), by hand; half a listing more changes the sixth place.
        assert!((shift.stability_index.unwrap() - 0.040_546_5).abs() < 1e-5, "{shift:?}");
        // One degree of freedom: exceeded by 10.828 once in a thousand times.
        assert!((shift.noise_floor - 10.828 * 2e-6).abs() < 1e-9, "{shift:?}");
        assert!((shift.expected_by_chance - 2e-6).abs() < 1e-12);
        assert_eq!(shift.stability, Stability::Slight);
        assert_eq!(Shift::between(&now, &[0; RISK_BINS]).stability, Stability::Unknown);
        assert_eq!(Shift::between(&now, &now).stability, Stability::WithinNoise);
    }

    /// If nothing changes the index is on average what is said, and hardly ever above the floor, also when windows differ in size.
    #[test]
    fn the_noise_is_as_large_as_is_said() {
        let (mut sum, mut expected, mut above, mut changed) = (0.0, 0.0, 0, 0);
        let runs = 200;
        for seed in 0..runs {
            let drift = Drift::between(&market(seed, 2_000, 50), &market(10_000 + seed, 500, 50));
            sum += drift.risk.stability_index.unwrap();
            expected += drift.risk.expected_by_chance;
            above += u32::from(drift.risk.stability != Stability::WithinNoise);
            changed += drift.changed_signals_count;
        }
        assert!((0.85..1.15).contains(&(sum / expected)), "{sum} {expected}");
        assert!(above <= 2 && changed <= 6, "{above} {changed}");
    }

    #[test]
    fn a_change_is_found_and_named() {
        let drift = Drift::between(&market(1, 20_000, 60), &market(2, 20_000, 20));
        assert_eq!((drift.signals[0].name.as_str(), drift.changed_signals_count), ("replica_term", 1), "{drift:?}");
        let changed: Vec<_> = drift.bands.iter().filter(|band| band.is_changed).map(|band| band.name.as_str()).collect();
        assert_eq!(changed, ["red_flag"], "4 points fewer of 98 clear listings do not matter, 3 times the red flags do");
        assert!(drift.mean_risk > drift.mean_risk_before);
        assert_eq!(drift.risk.stability, Stability::Slight);
        assert_eq!(Drift::between(&market(1, 20_000, 300), &market(2, 20_000, 20)).risk.stability, Stability::Large);
    }

    #[test]
    fn what_falls_silent_is_listed() {
        let before = market(1, 5_000, 100);
        let drift = Drift::between(&market(2, 5_000, 0), &before);
        let silent = drift.signals.iter().find(|signal| signal.name == "replica_term").unwrap();
        assert!(silent.is_changed && silent.now.hits_count == 0 && silent.before.hits_count > 0);
        assert_eq!(Drift::between(&Profile::default(), &before).mean_risk, None);
    }

    proptest! {
        #[test]
        fn parts_in_any_order_say_the_same(count in 0u64..60, cut in 0u64..60) {
            let cut = cut.min(count);
            let (mut first, mut second) = (Profile::default(), Profile::default());
            (0..cut).for_each(|case| first.add(&result(7, case, 300)));
            (cut..count).rev().for_each(|case| second.add(&result(7, case, 300)));
            second.merge(serde_json::from_str(&serde_json::to_string(&first).unwrap()).unwrap());
            prop_assert_eq!(second, market(7, count, 300));
        }
    }
}
