//! What does a window look like: how risky are its listings, and what fires on them? A run keeps it for the runs after it.

use crate::bounded::Bounded;
use crate::calibration::{RISK_BINS, risk_bin};
use crate::limits::{RULES_OF_SIGNAL_MAX, SIGNALS_MAX};
use scoring::{Milli, ScoredListing};
use serde::{Deserialize, Serialize};

/// Counts over the results of a window. Two of them tell what changed; [`crate::health::Health`] takes from it how often each rule fires.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub(super) results_count: u64,
    /// Clear, review, red flag.
    pub(super) bands: [u64; 3],
    pub(super) risks: [u64; RISK_BINS],
    pub(super) risk_sum_tenths: u64,
    signals: Bounded<Fires, SIGNALS_MAX>,
}

/// How often a signal fired, and its rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fires {
    pub(crate) sides: Sides,
    pub(crate) rules: Bounded<Sides, RULES_OF_SIGNAL_MAX>,
}

/// Results on which something raised the risk, and those on which it lowered it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sides {
    pub(crate) raising_count: u64,
    pub(crate) lowering_count: u64,
}

impl Sides {
    fn add(&mut self, points: Milli) {
        self.raising_count += u64::from(points.0 > 0);
        self.lowering_count += u64::from(points.0 < 0);
    }

    pub(super) fn total(self) -> u64 {
        self.raising_count + self.lowering_count
    }

    fn plus(&mut self, other: Self) {
        self.raising_count += other.raising_count;
        self.lowering_count += other.lowering_count;
    }
}

impl Profile {
    /// Counts one more result.
    pub fn add(&mut self, scored: &ScoredListing) {
        self.results_count += 1;
        self.bands[scored.band as usize] += 1;
        self.risks[risk_bin(scored.risk)] += 1;
        self.risk_sum_tenths += u64::from(scored.risk.0);
        for reason in &scored.reasons {
            let Some(fires) = self.signals.of(&reason.signal) else { continue };
            fires.sides.add(reason.points);
            if let Some(sides) = reason.rule.as_deref().and_then(|rule| fires.rules.of(rule)) {
                sides.add(reason.points);
            }
        }
    }

    /// Adds what another part of the window counted.
    pub fn merge(&mut self, other: Self) {
        self.results_count += other.results_count;
        self.risk_sum_tenths += other.risk_sum_tenths;
        for (own, count) in self.bands.iter_mut().zip(other.bands) {
            *own += count;
        }
        for (own, count) in self.risks.iter_mut().zip(other.risks) {
            *own += count;
        }
        self.signals.merge(other.signals, |own, fires| {
            own.sides.plus(fires.sides);
            own.rules.merge(fires.rules, Sides::plus);
        });
    }

    /// Results counted.
    #[must_use]
    pub fn results_count(&self) -> u64 {
        self.results_count
    }

    pub(crate) fn signals(&self) -> impl Iterator<Item = (&str, &Fires)> {
        self.signals.iter()
    }

    pub(crate) fn fires(&self, signal: &str) -> Option<&Fires> {
        self.signals.get(signal)
    }

    /// Whether there were more signals or rules than are counted apart.
    pub(crate) fn is_over(&self) -> bool {
        self.signals.is_over() || self.signals.iter().any(|(_, fires)| fires.rules.is_over())
    }
}
