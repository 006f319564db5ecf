//! Which decisions fell into which range of risk, and what became of them?

use super::flags::Flags;
use super::weighted::{Design, Estimate, Weighted, WeightedShare};
use crate::Decided;
use scoring::{Band, Risk};
use serde::{Deserialize, Serialize};

/// Where the ranges of risk begin, in tenths. Most listings have a risk below 5, so that ranges are narrow there, as they are at the top,
/// where something may happen without a person; 40 and 80 are where bands begin.
pub(super) const EDGES_TENTHS: [u16; RISK_BINS] = [0, 10, 20, 50, 100, 200, 400, 600, 800, 900, 950];

/// How many ranges of risk there are.
pub(crate) const RISK_BINS: usize = 11;

/// The range of a risk.
pub(crate) fn risk_bin(risk: Risk) -> usize {
    EDGES_TENTHS.iter().rposition(|edge| *edge <= risk.0).unwrap_or(0)
}

/// Decisions of one group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Bins {
    pub(super) cells: [Cell; RISK_BINS],
    pub(super) flags: Flags,
}

/// Decisions on listings of one range of risk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cell {
    pub(super) counterfeits: Weighted,
    pub(super) honest: Weighted,
    /// Sum of weights times risks, in thousandths times tenths.
    pub(super) risk_sum: u128,
    /// Sum of weights times squared distances of risk and truth (1000 for a counterfeit, else 0), in thousandths times squared tenths.
    pub(super) distance_squared_sum: u128,
}

impl Bins {
    pub(super) fn add(&mut self, decided: &Decided, weight_milli: u64) {
        let cell = &mut self.cells[risk_bin(decided.risk)];
        let (label, truth) = if decided.counterfeit { (&mut cell.counterfeits, 1_000) } else { (&mut cell.honest, 0) };
        label.add(weight_milli);
        self.flags.add_milli(decided.band != Band::Clear, decided.counterfeit, weight_milli);
        let distance = u128::from(decided.risk.0.abs_diff(truth));
        cell.risk_sum += u128::from(weight_milli) * u128::from(decided.risk.0);
        cell.distance_squared_sum += u128::from(weight_milli) * distance * distance;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (own, cell) in self.cells.iter_mut().zip(&other.cells) {
            own.counterfeits.plus(&cell.counterfeits);
            own.honest.plus(&cell.honest);
            own.risk_sum += cell.risk_sum;
            own.distance_squared_sum += cell.distance_squared_sum;
        }
        self.flags.merge(&other.flags);
    }

    pub(super) fn decisions_count(&self) -> u64 {
        self.cells.iter().map(|cell| cell.counterfeits.count + cell.honest.count).sum()
    }
}

impl Cell {
    /// Share of counterfeits. Weights depend on the risk and not on what is found, so that within a range hits and misses weigh the same.
    pub(super) fn observed(&self) -> Estimate {
        let share = WeightedShare { hits: self.counterfeits, misses: self.honest };
        share.estimate(Design::even(&self.counterfeits.with(&self.honest)))
    }

    pub(super) fn weight_milli(&self) -> u128 {
        self.counterfeits.weight_milli + self.honest.weight_milli
    }

    /// Mean risk, 0 to 1.
    #[allow(clippy::cast_precision_loss)] // read as a float only here
    pub(super) fn predicted(&self) -> Option<f64> {
        let weight = self.weight_milli();
        (weight > 0).then(|| self.risk_sum as f64 / (weight as f64 * 1_000.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_risk_is_in_one_range() {
        for (risk, expected) in
            [(0, 0), (9, 0), (10, 1), (399, 5), (400, 6), (799, 7), (800, 8), (949, 9), (950, 10), (1_000, 10), (u16::MAX, 10)]
        {
            assert_eq!(risk_bin(Risk(risk)), expected, "{risk}");
        }
    }
}
