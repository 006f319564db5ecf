//! Which numbers does an audit publish, whichever way they are estimated?

use crate::intervals::Interval;
use serde::{Deserialize, Serialize};

/// A number with its 95% interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The best guess.
    pub value: f64,
    /// Where the truth lies in 95 of 100 audits.
    pub interval: Interval,
}

impl Estimate {
    /// As a share of `whole`, which is not zero where there is anything to estimate.
    pub(super) fn scaled(self, whole: f64) -> Self {
        let by = |number: f64| if whole > 0.0 { number / whole } else { 0.0 };
        Self { value: by(self.value), interval: Interval { low: by(self.interval.low), high: by(self.interval.high) } }
    }

    /// The other share.
    pub(super) fn complement(self) -> Self {
        Self { value: 1.0 - self.value, interval: Interval { low: 1.0 - self.interval.high, high: 1.0 - self.interval.low } }
    }
}

/// What one estimator says.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Share of counterfeits among the listings of the window, 0 to 1.
    pub prevalence: Estimate,
    /// Counterfeits in the window.
    pub counterfeits: Estimate,
    /// When everything from `review` upwards counts as found.
    pub review: AtThreshold,
    /// When only red flags count as found.
    pub red_flag: AtThreshold,
}

/// What one threshold does. `None` where it would be a share of nothing. Shares are from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AtThreshold {
    /// Listings at or above it: counted.
    pub listings: f64,
    /// Counterfeits below it.
    pub missed: Estimate,
    /// Share of counterfeits below it.
    pub miss_rate: Option<Estimate>,
    /// Share of counterfeits at or above it.
    pub recall: Option<Estimate>,
    /// Share of counterfeits among the listings at or above it.
    pub precision: Option<Estimate>,
}
