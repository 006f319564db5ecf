//! Is a risk of 70 a counterfeit in 70 of 100 cases, and is any kind of seller wronged more often than others?
//!
//! Over all listings of the window this is told by decisions with a design weight, which is how many listings each stands for: those on listings
//! drawn at random by the number of listings of their stratum for each answer, and those that were made before the draw by 1, since a listing that
//! was decided on is not drawn. They tell how the scores are calibrated, how many honest listings are flagged and how many counterfeits are
//! missed. Decisions on listings that were chosen for their risk tell, without weights, only how it is among those; they are shown apart, and
//! without error rates, since nobody looked at what is clear.
//!
//! Shares of a weighted sample have Wilson's interval at the effective number of observations of Korn and Graubard (1998, Survey Methodology
//! 24:193): as many independent ones as would give the same variance, never more than there are. How much a flagged and a clear listing weigh
//! is taken from all groups together, so that a group in which nothing was missed is not thought surer than it is. Differences between a group
//! and all others of its trait are tested at the effective numbers and corrected by Holm over every such test of the report, so that the chance of
//! naming any group wrongly is at most [`WRONG_NAME_MAX`]. That a group is not named proves nothing while its interval is wide.

mod bins;
mod flags;
mod regions;
mod report;
mod traits;
mod weighted;

pub use report::{Bin, CalibrationReport, Errors, Group, Reliability, TraitGroups};
pub use traits::Traits;
pub use weighted::Estimate;

pub(crate) use bins::{RISK_BINS, risk_bin};
pub(crate) use flags::Flags;

use crate::Decided;
use crate::bounded::Bounded;
use crate::limits::GROUPS_MAX;
use bins::Bins;
use serde::{Deserialize, Serialize};
use weighted::weight_milli;

/// Chance of naming any group as treated differently when none is.
pub const WRONG_NAME_MAX: f64 = 0.05;

/// Fewest decisions of a group for it to be shown: with fewer, an interval spans most of what is possible.
pub const GROUP_DECISIONS_MIN: u64 = 30;

/// What is compared, in the order of the report.
const TRAITS: [&str; 4] = ["language", "brand", "seller_age", "ship_from"];

/// Decisions by risk and by trait.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calibration {
    window: Part,
    chosen: Part,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    all: Bins,
    traits: [Bounded<Bins, GROUPS_MAX>; TRAITS.len()],
}

impl Calibration {
    /// Counts one more decision. `design_weight` is how many listings of the window it stands for (see above), to a thousandth and at most
    /// [`DESIGN_WEIGHT_MAX`](crate::limits::DESIGN_WEIGHT_MAX); what is no positive number counts as 1. `None` where it stands for none, as when
    /// no sample was drawn yet.
    pub fn add(&mut self, decided: &Decided, design_weight: Option<f64>) {
        if let Some(weight) = design_weight {
            self.window.add(decided, weight_milli(weight));
        }
        if decided.sampled.is_none() {
            self.chosen.add(decided, weight_milli(1.0));
        }
    }

    /// Adds what another part of the decisions counted.
    pub fn merge(&mut self, other: Self) {
        self.window.merge(other.window);
        self.chosen.merge(other.chosen);
    }
}

impl Part {
    fn add(&mut self, decided: &Decided, weight_milli: u64) {
        self.all.add(decided, weight_milli);
        let traits = &decided.traits;
        let values = [&traits.language, &decided.brand, &traits.seller_age, &traits.ship_from];
        for (groups, value) in self.traits.iter_mut().zip(values) {
            if let Some(bins) = value.as_deref().and_then(|value| groups.of(value)) {
                bins.add(decided, weight_milli);
            }
        }
    }

    fn merge(&mut self, other: Self) {
        self.all.merge(&other.all);
        for (own, groups) in self.traits.iter_mut().zip(other.traits) {
            own.merge(groups, |own, bins| own.merge(&bins));
        }
    }
}
