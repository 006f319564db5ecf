//! How well are scores calibrated, over all and by group, and where do groups differ?

use super::bins::{Bins, EDGES_TENTHS};
use super::weighted::{Design, Estimate, WeightedShare};
use super::{Calibration, GROUP_DECISIONS_MIN, Part, TRAITS, WRONG_NAME_MAX};
use crate::inference::holm;
use scoring::Risk;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// How well scores are calibrated: one section of the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibrationReport {
    /// By decisions with a design weight: how it is over all listings of the window.
    pub window: Reliability,
    /// The same by group, with error rates side by side.
    pub window_groups: Vec<TraitGroups>,
    /// By decisions on listings that were chosen for their risk: how it is among those, and among no others.
    pub chosen: Reliability,
    /// The same by group; no error rates, since nobody looked at what is clear.
    pub chosen_groups: Vec<TraitGroups>,
    /// Differences that were tested. Names are corrected for all of them.
    pub tested_count: u64,
}

/// A reliability diagram and its sums.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reliability {
    /// Decisions that it rests on.
    pub decisions_count: u64,
    /// Ranges of risk with decisions, lowest first.
    pub bins: Vec<Bin>,
    /// Mean distance between predicted and observed share over the ranges, weighted by listings, 0 to 1; `None` without decisions.
    pub expected_calibration_error: Option<f64>,
    /// What it would be on average by chance alone if the scores were perfectly calibrated: it never reaches 0 with few decisions.
    pub expected_calibration_error_by_chance: Option<f64>,
    /// Mean squared distance between risk and truth, 0 to 1 (Brier 1950); `None` without decisions.
    pub brier_score: Option<f64>,
}

/// A range of risk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Where it begins, 0.0 to 100.0.
    pub risk_min: Risk,
    /// Where the next one begins; 100.0 for the last, which contains it.
    pub risk_below: Risk,
    /// Listings of the window that its decisions stand for.
    pub listings: f64,
    /// Mean risk, 0 to 1.
    pub predicted: f64,
    /// Share of counterfeits.
    pub observed: Estimate,
}

/// The groups of one trait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraitGroups {
    /// `language`, `brand`, `seller_age` or `ship_from`.
    pub name: String,
    /// Groups with enough decisions, by name.
    pub groups: Vec<Group>,
    /// Groups with fewer than [`GROUP_DECISIONS_MIN`].
    pub small_groups_count: u64,
    /// Whether there were more groups than are counted apart; the last of the alphabet are then missing.
    pub is_cut: bool,
}

/// One group of listings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// What they have in common, such as `fr`.
    pub value: String,
    /// How well its scores are calibrated.
    pub reliability: Reliability,
    /// How often its sellers are wronged and its counterfeits missed; `None` where that cannot be known.
    pub errors: Option<Errors>,
}

/// Error rates of a group beside those of all others of its trait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Errors {
    /// Share of honest listings that was flagged.
    pub false_positives: Estimate,
    /// The same among all other groups.
    pub false_positives_elsewhere: Estimate,
    /// The chance of such a difference if there was none, corrected for all tests of the report; `None` where there is too little to say.
    pub false_positives_adjusted_probability: Option<f64>,
    /// Share of counterfeits that was not flagged.
    pub missed: Estimate,
    /// The same among all other groups.
    pub missed_elsewhere: Estimate,
    /// As for false positives.
    pub missed_adjusted_probability: Option<f64>,
    /// Whether either difference is beyond chance.
    pub differs: bool,
}

impl Calibration {
    /// What the decisions say.
    #[must_use]
    pub fn report(&self) -> CalibrationReport {
        let mut window_groups = self.window.groups(true);
        let tested_count = correct(&mut window_groups);
        CalibrationReport {
            window: Reliability::of(&self.window.all),
            window_groups,
            chosen: Reliability::of(&self.chosen.all),
            chosen_groups: self.chosen.groups(false),
            tested_count,
        }
    }
}

impl Part {
    fn groups(&self, with_errors: bool) -> Vec<TraitGroups> {
        let mut traits = Vec::new();
        for (name, groups) in TRAITS.iter().zip(&self.traits) {
            let mut known = Bins::default();
            groups.iter().for_each(|(_, bins)| known.merge(bins));
            let is_large = |bins: &Bins| bins.decisions_count() >= GROUP_DECISIONS_MIN;
            let large = groups.iter().filter(|(_, bins)| is_large(bins)).map(|(value, bins)| Group {
                value: value.to_owned(),
                reliability: Reliability::of(bins),
                errors: with_errors.then(|| Errors::of(bins, &known)),
            });
            traits.push(TraitGroups {
                name: (*name).to_owned(),
                groups: large.collect(),
                small_groups_count: groups.iter().filter(|(_, bins)| !is_large(bins)).count() as u64,
                is_cut: groups.is_over(),
            });
        }
        traits
    }
}

impl Reliability {
    #[allow(clippy::cast_precision_loss)] // sums are read as floats only here
    fn of(bins: &Bins) -> Self {
        let weight: u128 = bins.cells.iter().map(super::bins::Cell::weight_milli).sum();
        let distances: u128 = bins.cells.iter().map(|cell| cell.distance_squared_sum).sum();
        let (mut error, mut by_chance) = (0.0, 0.0);
        let mut shown = Vec::new();
        for (at, cell) in bins.cells.iter().enumerate() {
            let observed = cell.observed();
            let (Some(predicted), Some(share)) = (cell.predicted(), observed.share) else { continue };
            let part = cell.weight_milli() as f64 / weight as f64;
            error += part * (predicted - share).abs();
            // The mean absolute value of a normal variable with this variance.
            by_chance += part * (2.0 * predicted * (1.0 - predicted) / (PI * observed.effective_count)).sqrt();
            shown.push(Bin {
                risk_min: Risk(EDGES_TENTHS[at]),
                risk_below: Risk(EDGES_TENTHS.get(at + 1).copied().unwrap_or(1_000)),
                listings: cell.weight_milli() as f64 / 1_000.0,
                predicted,
                observed,
            });
        }
        let is_any = !shown.is_empty();
        Self {
            decisions_count: bins.decisions_count(),
            bins: shown,
            expected_calibration_error: is_any.then_some(error),
            expected_calibration_error_by_chance: is_any.then_some(by_chance),
            brier_score: is_any.then(|| distances as f64 / (weight as f64 * 1e6)),
        }
    }
}

impl Errors {
    fn of(bins: &Bins, known: &Bins) -> Self {
        let beside = |own: WeightedShare, (all, design): (WeightedShare, Design)| {
            (own.estimate(design), all.without(&own).estimate(design), all.difference(&own, design))
        };
        let (false_positives, false_positives_elsewhere, false_positives_adjusted_probability) =
            beside(bins.flags.false_positives().0, known.flags.false_positives());
        let (missed, missed_elsewhere, missed_adjusted_probability) = beside(bins.flags.missed().0, known.flags.missed());
        Self {
            false_positives,
            false_positives_elsewhere,
            false_positives_adjusted_probability,
            missed,
            missed_elsewhere,
            missed_adjusted_probability,
            differs: false,
        }
    }
}

/// Corrects every probability for the number of all, and says which groups differ. Returns how many there are.
fn correct(traits: &mut [TraitGroups]) -> u64 {
    let groups = traits.iter_mut().flat_map(|of_trait| &mut of_trait.groups);
    let mut errors: Vec<&mut Errors> = groups.filter_map(|group| group.errors.as_mut()).collect();
    let mut tests: Vec<&mut f64> = Vec::new();
    for of_group in &mut errors {
        tests.extend(&mut of_group.false_positives_adjusted_probability);
        tests.extend(&mut of_group.missed_adjusted_probability);
    }
    let probabilities: Vec<f64> = tests.iter().map(|probability| **probability).collect();
    for (test, adjusted) in tests.iter_mut().zip(holm(&probabilities)) {
        **test = adjusted;
    }
    let tested_count = probabilities.len() as u64;
    for of_group in errors {
        let both = [of_group.false_positives_adjusted_probability, of_group.missed_adjusted_probability];
        of_group.differs = both.iter().flatten().any(|adjusted| *adjusted <= WRONG_NAME_MAX);
    }
    tested_count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decided::tests::{decided, drawn};
    use crate::words::hash;
    use crate::{Decided, Traits};
    use proptest::prelude::*;

    fn chance(of: &str) -> u64 {
        hash(of.as_bytes()) % 1_000
    }

    /// Listings that are counterfeits as often as their risk says, of a language, some of which are flagged beyond that.
    fn market(language: &str, count: u64, seed: u64, flagged_wrongly: u64) -> Vec<Decided> {
        (0..count)
            .map(|case| {
                let id = format!("{language} {seed} {case}");
                #[allow(clippy::cast_possible_truncation)] // below 1000
                let mut risk = chance(&format!("{id} risk")) as u16;
                let counterfeit = chance(&format!("{id} truth")) < u64::from(risk);
                if chance(&format!("{id} wrong")) < flagged_wrongly {
                    risk = 900;
                }
                let traits = Traits { language: Some(language.to_owned()), ..Traits::default() };
                Decided { sampled: drawn(true), traits, ..decided(&id, counterfeit, Risk(risk)) }
            })
            .collect()
    }

    fn report(decisions: &[Decided]) -> CalibrationReport {
        let mut calibration = Calibration::default();
        decisions.iter().for_each(|decided| calibration.add(decided, decided.sampled.is_some().then_some(1.0)));
        calibration.report()
    }

    #[test]
    fn known_values() {
        // Four decisions: Brier is (0.1² + 0.1² + 0.8² + 0.3²) / 4.
        let cases = [(900, true), (100, false), (800, false), (700, true)];
        let decisions: Vec<_> = cases.iter().map(|(risk, truth)| decided("A", *truth, Risk(*risk))).collect();
        let chosen = report(&decisions).chosen;
        assert!((chosen.brier_score.unwrap() - 0.75 / 4.0).abs() < 1e-12);
        // Each in a range of its own: the calibration error is (0.1 + 0.1 + 0.8 + 0.3) / 4.
        assert!((chosen.expected_calibration_error.unwrap() - 1.3 / 4.0).abs() < 1e-12);
        assert_eq!((chosen.decisions_count, chosen.bins.len()), (4, 4));
        assert_eq!((chosen.bins[2].risk_min, chosen.bins[2].risk_below), (Risk(800), Risk(900)));
        // What was decided before the draw stands for itself, and was chosen for its risk.
        let mut calibration = Calibration::default();
        calibration.add(&decided("A", true, Risk(900)), Some(1.0));
        let both = calibration.report();
        assert_eq!((both.window.decisions_count, both.chosen.decisions_count), (1, 1));
        let none = report(&[]);
        assert_eq!((none.window.brier_score, none.window.expected_calibration_error), (None, None));
    }

    #[test]
    fn a_weight_stands_for_so_many_listings() {
        let mut calibration = Calibration::default();
        let sampled = |counterfeit, risk| Decided { sampled: drawn(true), ..decided("A", counterfeit, Risk(risk)) };
        calibration.add(&sampled(true, 100), Some(1.0));
        calibration.add(&sampled(false, 100), Some(9.0));
        let bin = &calibration.report().window.bins[0];
        assert_eq!((bin.listings, bin.observed.share), (10.0, Some(0.1)));
        // What is no weight counts as one listing, and none takes the sums beyond their type.
        for weight in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e300, 1e-300] {
            calibration.add(&sampled(true, 1_000), Some(weight));
        }
        let again: Calibration = serde_json::from_str(&serde_json::to_string(&calibration).unwrap()).unwrap();
        assert_eq!(again, calibration, "sums beyond 64 bits are written and read back");
    }

    #[test]
    fn calibrated_scores_are_within_chance_and_shifted_ones_are_not() {
        let good = report(&market("en", 5_000, 1, 0)).window;
        let (error, by_chance) = (good.expected_calibration_error.unwrap(), good.expected_calibration_error_by_chance.unwrap());
        assert!(error < 2.0 * by_chance, "{error} {by_chance}");
        let outside = good.bins.iter().filter(|bin| !(bin.observed.low..=bin.observed.high).contains(&bin.predicted)).count();
        assert!(outside <= 2, "{good:?}");
        let bad = report(&market("en", 5_000, 1, 300)).window;
        assert!(bad.expected_calibration_error.unwrap() > 5.0 * by_chance, "{bad:?}");
    }

    fn named(report: &CalibrationReport) -> Vec<&str> {
        let groups = report.window_groups.iter().flat_map(|of_trait| &of_trait.groups);
        groups
            .filter(|group| group.errors.as_ref().is_some_and(|errors| errors.differs))
            .map(|group| group.value.as_str())
            .collect()
    }

    #[test]
    fn a_bias_is_seen_and_its_absence_too() {
        let languages = ["de", "en", "fr", "it", "ja"];
        let honest: Vec<_> = languages.iter().flat_map(|language| market(language, 400, 2, 0)).collect();
        let fair = report(&honest);
        assert_eq!(named(&fair), Vec::<&str>::new());
        assert!(fair.tested_count >= 10);
        let biased: Vec<_> = honest.into_iter().chain(market("vi", 400, 2, 300)).collect();
        assert!(named(&report(&biased)).contains(&"vi"));
        assert!(!named(&report(&biased)).contains(&"fr"));
    }

    /// Five fair groups, two tests each, two hundred windows: a group is named in at most one window of twenty, whether every decision weighs
    /// the same or only every fifth clear listing was drawn and stands for five.
    #[test]
    fn fair_groups_are_rarely_named() {
        for weight in [1, 5] {
            let mut windows = 0;
            for seed in 0..200 {
                let mut calibration = Calibration::default();
                for decided in ["de", "en", "fr", "it", "ja"].iter().flat_map(|language| market(language, 200, seed, 0)) {
                    let is_clear = decided.risk < Risk(400);
                    if !is_clear || hash(decided.listing_id.as_bytes()).is_multiple_of(weight) {
                        calibration.add(&decided, Some(if is_clear { weight as f64 } else { 1.0 }));
                    }
                }
                windows += u32::from(!named(&calibration.report()).is_empty());
            }
            assert!(windows <= 18, "{windows} of 200 with weight {weight}; 10 are expected at most");
        }
    }

    proptest! {
        #[test]
        fn parts_in_any_order_say_the_same(
            cases in prop::collection::vec((0u16..1_001, any::<bool>(), any::<bool>(), prop::option::of(0.0f64..1e4), 0u8..4), 0..50),
            cut in 0usize..50,
        ) {
            let all: Vec<_> = cases.iter().map(|(risk, counterfeit, sampled, weight, group)| {
                let traits = Traits { language: (*group > 0).then(|| format!("l{group}")), ..Traits::default() };
                (Decided { sampled: drawn(*sampled), traits, ..decided("A", *counterfeit, Risk(*risk)) }, *weight)
            }).collect();
            let add = |decisions: &mut dyn Iterator<Item = &(Decided, Option<f64>)>| {
                let mut calibration = Calibration::default();
                decisions.for_each(|(decided, weight)| calibration.add(decided, *weight));
                calibration
            };
            let at = cut.min(all.len());
            let mut parts = add(&mut all[at..].iter().rev());
            parts.merge(add(&mut all[..at].iter()));
            prop_assert_eq!(&parts, &add(&mut all.iter()));
            prop_assert_eq!(parts.report(), add(&mut all.iter()).report());
        }
    }
}
