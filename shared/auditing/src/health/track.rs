//! What do the decisions say of one signal or rule?

use super::{DECISIONS_MIN, FALSE_PROPOSALS_MAX, RED_FLAG_PRECISION_MIN, REVIEW_PRECISION_MIN};
use crate::Decided;
use crate::bounded::{Behind, Latest};
use crate::inference::{Share, benjamini_hochberg, binomial_at_most, ratio};
use crate::limits::BEHIND_MAX;
use serde::{Deserialize, Serialize};

/// Which way a signal moves the risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// It speaks against the listing: right when the listing is found to be a counterfeit.
    Raises,
    /// It speaks for the seller: right when the listing is found to be honest.
    Lowers,
}

/// Where a signal or rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Fewer than [`DECISIONS_MIN`] decisions say anything of it.
    TooFewDecisions,
    /// The lower end of its interval is at its bar or above.
    Holds,
    /// The lower end of its interval is under its bar, which may still be chance.
    Unproven,
    /// It is under its bar beyond chance: people should look whether it should step down.
    StepDownProposed,
}

/// How one signal or rule fares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Track {
    /// Name of the signal.
    pub signal: String,
    /// Id of the entry in the lexicon; `None` for the signal as a whole.
    pub rule: Option<String>,
    /// Which way it moved the risk.
    pub side: Side,
    /// Results of the window on which it fired this way.
    pub results_count: u64,
    /// Of all decided listings on which it fired, those on which it was right.
    pub decisions: Share,
    /// How many of these were drawn at random.
    pub sampled_count: u64,
    /// Of those whose band promises something, those on which it was right. This is held against the bar.
    pub judged: Share,
    /// The mean promise of their bands, 0 to 1; `None` without any.
    pub bar: Option<f64>,
    /// How often it should have been right on all decided listings by their risk, 0 to 1; `None` without any.
    pub expected: Option<f64>,
    /// The chance of so few right ones if it kept its promise, corrected for the number of tests; `None` when it was not tested.
    pub adjusted_probability: Option<f64>,
    /// What follows.
    pub standing: Standing,
    /// The latest decisions that say that it was wrong, the latest first, at most [`BEHIND_MAX`].
    pub wrong: Vec<Behind>,
}

/// The decisions of one signal or rule, by the side that it took.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    raises: Tally,
    lowers: Tally,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    /// By band: clear, review, red flag.
    right: [u64; 3],
    wrong: [u64; 3],
    sampled_count: u64,
    risk_sum_tenths: u64,
    latest_wrong: Latest<BEHIND_MAX>,
}

impl Record {
    pub(super) fn of(&self, side: Side) -> &Tally {
        match side {
            Side::Raises => &self.raises,
            Side::Lowers => &self.lowers,
        }
    }

    pub(super) fn add(&mut self, side: Side, decided: &Decided) {
        let (tally, is_right) = match side {
            Side::Raises => (&mut self.raises, decided.counterfeit),
            Side::Lowers => (&mut self.lowers, !decided.counterfeit),
        };
        if is_right {
            tally.right[decided.band as usize] += 1;
        } else {
            tally.wrong[decided.band as usize] += 1;
            tally.latest_wrong.add(decided);
        }
        tally.sampled_count += u64::from(decided.sampled.is_some());
        tally.risk_sum_tenths += u64::from(decided.risk.0);
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.raises.merge(other.raises);
        self.lowers.merge(other.lowers);
    }
}

impl Tally {
    pub(super) fn is_decided(&self) -> bool {
        self.right.iter().chain(&self.wrong).any(|count| *count > 0)
    }

    fn merge(&mut self, other: Self) {
        for (own, count) in self.right.iter_mut().zip(other.right) {
            *own += count;
        }
        for (own, count) in self.wrong.iter_mut().zip(other.wrong) {
            *own += count;
        }
        self.sampled_count += other.sampled_count;
        self.risk_sum_tenths += other.risk_sum_tenths;
        self.latest_wrong.merge(other.latest_wrong);
    }
}

/// What each band promises about a listing on which a signal took this side; 0 where it promises nothing.
fn promises(side: Side) -> [f64; 3] {
    match side {
        Side::Raises => [0.0, REVIEW_PRECISION_MIN, RED_FLAG_PRECISION_MIN],
        Side::Lowers => [1.0 - REVIEW_PRECISION_MIN, 0.0, 0.0],
    }
}

impl Track {
    #[allow(clippy::cast_precision_loss)] // counts of decisions that people made
    pub(super) fn of(signal: &str, rule: Option<&str>, side: Side, results_count: u64, tally: Option<&Tally>) -> Self {
        let none = Tally::default();
        let tally = tally.unwrap_or(&none);
        let (mut right, mut of, mut promised) = (0, 0, 0.0);
        for (band, promise) in promises(side).into_iter().enumerate().filter(|(_, promise)| *promise > 0.0) {
            let count = tally.right[band] + tally.wrong[band];
            right += tally.right[band];
            of += count;
            promised += promise * count as f64;
        }
        let all_right: u64 = tally.right.iter().sum();
        let all = all_right + tally.wrong.iter().sum::<u64>();
        let risk = ratio(tally.risk_sum_tenths, all * 1_000);
        Self {
            signal: signal.to_owned(),
            rule: rule.map(str::to_owned),
            side,
            results_count,
            decisions: Share::wilson(all_right, all),
            sampled_count: tally.sampled_count,
            judged: Share::wilson(right, of),
            bar: (of > 0).then(|| promised / of as f64),
            expected: risk.map(|risk| if side == Side::Raises { risk } else { 1.0 - risk }),
            adjusted_probability: None,
            standing: Standing::TooFewDecisions,
            wrong: tally.latest_wrong.to_vec(),
        }
    }

    /// Where it stands in the order of names.
    pub(super) fn place(&self) -> (&str, Option<&str>, Side) {
        (&self.signal, self.rule.as_deref(), self.side)
    }

    /// Says of each where it stands, with the correction for testing so many, and returns how many were tested.
    pub(super) fn judge(tracks: &mut [Self]) -> usize {
        let tested: Vec<(usize, f64)> = tracks
            .iter()
            .enumerate()
            .filter(|(_, track)| track.judged.of_count >= DECISIONS_MIN)
            .filter_map(|(at, track)| Some((at, binomial_at_most(track.judged.hits_count, track.judged.of_count, track.bar?))))
            .collect();
        let probabilities: Vec<f64> = tested.iter().map(|(_, probability)| *probability).collect();
        for ((at, _), adjusted) in tested.iter().zip(benjamini_hochberg(&probabilities)) {
            let track = &mut tracks[*at];
            track.adjusted_probability = Some(adjusted);
            track.standing = if track.bar.is_some_and(|bar| track.judged.low >= bar) {
                Standing::Holds
            } else if adjusted <= FALSE_PROPOSALS_MAX {
                Standing::StepDownProposed
            } else {
                Standing::Unproven
            };
        }
        tested.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fired;
    use crate::decided::tests::{decided, drawn};
    use crate::drift::Profile;
    use crate::health::{Health, HealthReport};
    use proptest::prelude::*;
    use scoring::{Band, Milli, Risk};

    /// Decisions on listings of one risk on which one rule fired with some points.
    fn decisions(signal: &str, points: i32, risk: u16, confirmed: usize, rejected: usize) -> Vec<Decided> {
        let verdicts = std::iter::repeat_n(true, confirmed).chain(std::iter::repeat_n(false, rejected));
        verdicts
            .enumerate()
            .map(|(at, counterfeit)| {
                let fired = Fired { signal: signal.to_owned(), rule: Some(format!("en.{signal}")), points: Milli(points) };
                Decided { reasons: vec![fired], ..decided(&format!("{signal}-{at:04}"), counterfeit, Risk(risk)) }
            })
            .collect()
    }

    fn report(decisions: &[Decided]) -> HealthReport {
        let mut health = Health::default();
        decisions.iter().for_each(|decided| health.add(decided));
        health.report(&Profile::default())
    }

    #[test]
    fn a_rule_is_proposed_only_beyond_chance() {
        use Standing::{Holds, StepDownProposed, TooFewDecisions, Unproven};
        let check = |points, risk, confirmed, rejected, standing| {
            let report = report(&decisions("replica_term", points, risk, confirmed, rejected));
            assert_eq!(report.tracks.len(), 2, "the signal and its rule");
            for track in &report.tracks {
                assert_eq!(track.standing, standing, "{points} {risk}: {confirmed} confirmed, {rejected} rejected: {track:?}");
            }
        };
        // An honest rule with five of five, and one with none of five, say nothing yet.
        check(2_000, 900, 5, 0, TooFewDecisions);
        check(2_000, 900, 0, 5, TooFewDecisions);
        check(2_000, 900, 0, 19, TooFewDecisions);
        check(2_000, 900, 0, 20, StepDownProposed);
        // 19 of 20 is well, but its interval begins at 76%.
        check(2_000, 900, 19, 1, Unproven);
        check(2_000, 900, 90, 5, Holds);
        check(2_000, 900, 60, 40, StepDownProposed);
        // A rule of the band to review is held to less.
        check(2_000, 500, 60, 40, Holds);
        check(2_000, 500, 20, 80, StepDownProposed);
        // Listings that are clear promise no counterfeit.
        check(50, 100, 0, 100, TooFewDecisions);
        // In the mirror: what speaks for the seller should be right where a listing is clear, and is not asked about what is flagged.
        check(-1_000, 100, 2, 98, Holds);
        check(-1_000, 100, 60, 40, StepDownProposed);
        check(-1_000, 500, 100, 0, TooFewDecisions);
        check(-1_000, 900, 100, 0, TooFewDecisions);
    }

    #[test]
    fn a_track_says_what_is_behind_it() {
        let report = report(&decisions("replica_term", 2_000, 900, 30, 70));
        let track = &report.tracks[0];
        assert_eq!((track.signal.as_str(), track.rule.as_deref(), track.side), ("replica_term", None, Side::Raises));
        assert_eq!((track.judged.hits_count, track.judged.of_count), (30, 100));
        assert_eq!((track.bar, track.expected), (Some(RED_FLAG_PRECISION_MIN), Some(0.9)));
        assert_eq!(track.wrong.len(), BEHIND_MAX);
        assert_eq!(track.wrong[0].listing_id, "replica_term-0099", "the latest first");
        assert_eq!((report.tested_count, report.proposed_count), (2, 2));
        assert_eq!(report.false_proposals_expected_max, 0.1);
    }

    /// Two thousand rules that all just keep their promise, each with fifty decisions: the worst case of an honest lexicon.
    #[test]
    fn honest_rules_are_not_proposed_by_the_dozen() {
        let mut proposed = Vec::new();
        for round in 0..5_u64 {
            let mut health = Health::default();
            for rule in 0..2_000_u64 {
                for case in 0..50_u64 {
                    let chance = crate::words::hash(format!("{round} {rule} {case}").as_bytes()) % 1_000;
                    let fired = Fired { signal: format!("signal_{rule}"), rule: None, points: Milli(1_000) };
                    health.add(&Decided { reasons: vec![fired], ..decided("A", chance < 800, Risk(800)) });
                }
            }
            proposed.push(health.report(&Profile::default()).proposed_count);
        }
        // All are honest, so any proposal is false: Benjamini and Hochberg let that happen in one window of twenty.
        assert!(proposed.iter().filter(|count| **count > 0).count() <= 1 && proposed.iter().sum::<u64>() <= 2, "{proposed:?}");
    }

    #[test]
    fn bad_rules_are_found_among_many_honest_ones() {
        let mut all = Vec::new();
        for rule in 0..200 {
            all.extend(decisions(&format!("honest_{rule}"), 1_000, 900, 45, 5));
        }
        for rule in 0..5 {
            all.extend(decisions(&format!("bad_{rule}"), 1_000, 900, 20, 30));
        }
        let report = report(&all);
        let proposed: Vec<_> = report.tracks.iter().take_while(|track| track.standing == Standing::StepDownProposed).collect();
        assert_eq!(proposed.len(), 10);
        assert!(proposed.iter().all(|track| track.signal.starts_with("bad_")));
        assert_eq!(report.proposed_count, 10);
    }

    proptest! {
        #[test]
        fn parts_in_any_order_say_the_same(
            seed in prop::collection::vec((0u8..3, 0u16..1_000, any::<bool>(), -1i32..2), 0..60),
            cut in 0usize..60,
        ) {
            let all: Vec<_> = seed.iter().enumerate().map(|(at, (signal, risk, counterfeit, points))| {
                let fired = Fired { signal: format!("signal_{signal}"), rule: (*signal == 1).then(|| "en.x".to_owned()), points: Milli(*points) };
                Decided { reasons: vec![fired], sampled: drawn(at % 3 == 0), ..decided(&format!("A-{at}"), *counterfeit, Risk(*risk)) }
            }).collect();
            let at = cut.min(all.len());
            let (mut first, mut second) = (Health::default(), Health::default());
            all[..at].iter().for_each(|decided| first.add(decided));
            all[at..].iter().rev().for_each(|decided| second.add(decided));
            second = serde_json::from_str(&serde_json::to_string(&second).unwrap()).unwrap();
            second.merge(first);
            prop_assert_eq!(second.report(&Profile::default()), report(&all));
        }
    }

    #[test]
    fn what_fires_without_decisions_is_listed_too() {
        let mut window = Profile::default();
        let result = crate::decided::tests::scored(
            "A",
            Risk(900),
            &[("replica_term", Some("en.replica"), 2_000), ("licensed", None, -900)],
        );
        (0..3).for_each(|_| window.add(&result));
        let report = Health::default().report(&window);
        let found: Vec<_> = report.tracks.iter().map(|track| (track.place(), track.results_count)).collect();
        assert_eq!(
            found,
            [
                (("licensed", None, Side::Lowers), 3),
                (("replica_term", None, Side::Raises), 3),
                (("replica_term", Some("en.replica"), Side::Raises), 3),
            ]
        );
        assert_eq!(Band::RedFlag, result.band);
    }
}
