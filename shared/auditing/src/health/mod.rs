//! Which signals and rules keep their promise, by what people decided, and may anything happen without a person?
//!
//! # What a rule promises, and when it breaks it
//!
//! A listing in the band `review` is said to be a counterfeit with at least [`REVIEW_PRECISION_MIN`], a red flag with at least
//! [`RED_FLAG_PRECISION_MIN`]; `clear` says nothing of the sort. The bar of a rule that raises the risk is the mean of these promises over the
//! decided listings on which it fired. So a weak signal is not held to the precision of a strong one, and a strong one is not excused by the
//! bands in which it rarely acts. A signal that lowers the risk ("speaks for the seller") is measured in the mirror: of the clear listings on
//! which it fired, more than `1 - REVIEW_PRECISION_MIN` are honest. What is flagged in spite of it says nothing of it.
//!
//! With few decisions the lower end of an interval is always low: 5 of 5 confirmed has 57%. That the lower end is under the bar is
//! therefore necessary but not enough (it is called [`Standing::Unproven`]). A rule is proposed for stepping down when at least
//! [`DECISIONS_MIN`] decisions say something of it and the chance of so few confirmations, if it kept its promise, is at most
//! [`FALSE_PROPOSALS_MAX`] after the correction of Benjamini and Hochberg over all signals and rules that were tested: of the proposals, at
//! most that share is expected to be false, whether there are ten rules or two thousand. The chance is the binomial tail at the mean
//! promise, which is at least the exact one for promises that differ. Rules that fire together rise together, which the correction allows.
//!
//! # What it cannot know
//!
//! People mostly decide on what was flagged, the dearest first. Such a precision is that of the flags that people looked at; it says
//! nothing of what a rule does where it alone does not flag, and a rule that often fires beside a good one looks good. Being chosen for
//! its risk does not bias the comparison with the promise, since the promise is about listings of that risk; being chosen for the price may.

mod lane;
mod track;

pub use lane::{LANE_PRECISION_MIN, Lane, LaneReport, Segment};
pub use track::{Side, Standing, Track};

use crate::Decided;
use crate::bounded::Bounded;
use crate::drift::Profile;
use crate::limits::TRACKS_MAX;
use serde::{Deserialize, Serialize};
use track::Record;

/// Least share of the listings to review that are to be counterfeits: the risk at which the band begins in `scoring.toml`.
pub const REVIEW_PRECISION_MIN: f64 = 0.4;

/// The same of red flags. It is also near what brands' own notices reach: 83% of them led to a removal at Alibaba in 2017.
pub const RED_FLAG_PRECISION_MIN: f64 = 0.8;

/// Fewest decisions after which a rule can be proposed for stepping down. With fewer, a single careless reviewer decides.
pub const DECISIONS_MIN: u64 = 20;

/// Share of the proposals that may be false.
pub const FALSE_PROPOSALS_MAX: f64 = 0.05;

/// The decisions on the listings on which each signal and each rule fired.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// By signal, and by signal and rule with a line feed between, which no name contains.
    records: Bounded<Record, TRACKS_MAX>,
}

/// How signals and rules fare: one section of the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HealthReport {
    /// Every signal and rule that fired; proposals first, then by signal and rule, the signal before its rules.
    pub tracks: Vec<Track>,
    /// How many were tested against their bar.
    pub tested_count: u64,
    /// How many are proposed for stepping down.
    pub proposed_count: u64,
    /// How many of these are expected to be false at most.
    pub false_proposals_expected_max: f64,
    /// Whether there were more signals or rules than are counted apart; the last of the alphabet are then missing.
    pub is_cut: bool,
}

impl Health {
    /// Counts one more decision.
    pub fn add(&mut self, decided: &Decided) {
        for fired in &decided.reasons {
            self.count(&fired.signal, fired.points.0, decided);
            if let Some(rule) = &fired.rule {
                self.count(&name_of(&fired.signal, Some(rule)), fired.points.0, decided);
            }
        }
    }

    fn count(&mut self, name: &str, points: i32, decided: &Decided) {
        if points != 0
            && let Some(record) = self.records.of(name)
        {
            record.add(if points > 0 { Side::Raises } else { Side::Lowers }, decided);
        }
    }

    /// Adds what another part of the decisions counted.
    pub fn merge(&mut self, other: Self) {
        self.records.merge(other.records, Record::merge);
    }

    /// What the decisions say, beside how often everything fired in the window.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // thousands
    pub fn report(&self, window: &Profile) -> HealthReport {
        let mut tracks: Vec<Track> = Vec::new();
        for (signal, fires) in window.signals() {
            let mut push = |rule: Option<&str>, side: Side, results_count: u64| {
                let record = self.records.get(&name_of(signal, rule));
                if results_count > 0 || record.is_some_and(|record| record.of(side).is_decided()) {
                    tracks.push(Track::of(signal, rule, side, results_count, record.map(|record| record.of(side))));
                }
            };
            push(None, Side::Raises, fires.sides.raising_count);
            push(None, Side::Lowers, fires.sides.lowering_count);
            for (rule, sides) in fires.rules.iter() {
                push(Some(rule), Side::Raises, sides.raising_count);
                push(Some(rule), Side::Lowers, sides.lowering_count);
            }
        }
        self.push_absent(window, &mut tracks);
        tracks.sort_by(|one, other| one.place().cmp(&other.place()));
        let tested_count = Track::judge(&mut tracks) as u64;
        let proposed_count = tracks.iter().filter(|track| track.standing == Standing::StepDownProposed).count() as u64;
        // Stable: the rest stays in the order of names.
        tracks.sort_by_key(|track| track.standing != Standing::StepDownProposed);
        HealthReport {
            tracks,
            tested_count,
            proposed_count,
            false_proposals_expected_max: proposed_count as f64 * FALSE_PROPOSALS_MAX,
            is_cut: self.records.is_over() || window.is_over(),
        }
    }

    /// What was decided on, but fired on nothing in the window: decisions may be about older results.
    fn push_absent(&self, window: &Profile, tracks: &mut Vec<Track>) {
        let fired = |signal: &str, rule: Option<&str>| {
            window.fires(signal).is_some_and(|fires| rule.is_none_or(|rule| fires.rules.get(rule).is_some()))
        };
        for (name, record) in self.records.iter() {
            let (signal, rule) = name.split_once('\n').map_or((name, None), |(signal, rule)| (signal, Some(rule)));
            if fired(signal, rule) {
                continue;
            }
            for side in [Side::Raises, Side::Lowers] {
                if record.of(side).is_decided() {
                    tracks.push(Track::of(signal, rule, side, 0, Some(record.of(side))));
                }
            }
        }
    }
}

fn name_of(signal: &str, rule: Option<&str>) -> String {
    rule.map_or_else(|| signal.to_owned(), |rule| format!("{signal}\n{rule}"))
}
