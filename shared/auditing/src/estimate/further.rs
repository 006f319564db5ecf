//! How many reviews are missing for the wished width?

use super::observed::Observed;
use super::recalibration::{Covariance, Recalibration, information};
use super::{design, model};
use crate::limits::FURTHER_REVIEWS_MAX;
use crate::sample::{Frame, allocate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Reviews that are missing until the interval of the miss rate, at the threshold for review, reaches so far to either side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Further {
    /// Wished: half the width of the interval, a share.
    pub half_width: f64,
    /// For the estimate from the design. `None` when not even [`FURTHER_REVIEWS_MAX`] reviews reach it.
    pub design: Option<Reviews>,
    /// For the estimate from the model.
    pub model: Option<Reviews>,
}

/// How many, and of what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviews {
    /// In total; 0 when the width is reached.
    pub reviews: u64,
    /// By [`crate::sample::Stratum::id`]; strata that need none are left out.
    pub strata: BTreeMap<u8, u64>,
}

/// By what is expected: the answers that the risk, read through `prior`, would give to a sample of each size. An expectation, so that an
/// audit may still end a little wider.
pub(super) fn further(frame: &Frame, observed: &Observed, prior: Recalibration, half_width: f64) -> Further {
    let reached = |width: fn(&Observed, Recalibration) -> Option<f64>| {
        move |budget: u32| {
            let planned = planned(frame, observed, prior, budget);
            width(&planned, prior).is_some_and(|width| width <= 2.0 * half_width)
        }
    };
    let reviews = |budget: Option<u32>| budget.map(|budget| missing(frame, observed, prior, budget));
    Further { half_width, design: reviews(least(reached(design_width))), model: reviews(least(reached(model_width))) }
}

fn design_width(planned: &Observed, _: Recalibration) -> Option<f64> {
    design::figures(planned).review.miss_rate.map(|estimate| estimate.interval.width())
}

fn model_width(planned: &Observed, prior: Recalibration) -> Option<f64> {
    let covariance = Covariance::inverse_of(information(&planned.modelled(), prior))?;
    model::figures(planned, prior, covariance).review.miss_rate.map(|estimate| estimate.interval.width())
}

/// The smallest budget that reaches it: more reviews never make it wider.
fn least(reached: impl Fn(u32) -> bool) -> Option<u32> {
    if !reached(FURTHER_REVIEWS_MAX) {
        return None;
    }
    let (mut too_few, mut enough) = (0, FURTHER_REVIEWS_MAX);
    if reached(0) {
        return Some(0);
    }
    while enough - too_few > 1 {
        let middle = too_few.midpoint(enough);
        if reached(middle) { enough = middle } else { too_few = middle }
    }
    Some(enough)
}

fn missing(frame: &Frame, observed: &Observed, prior: Recalibration, budget: u32) -> Reviews {
    let allocation = allocate(frame, prior, budget);
    let mut reviews = Reviews::default();
    for of in &observed.strata {
        let id = of.stratum.id();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a whole count
        let more = allocation.get(&id).copied().unwrap_or(0).saturating_sub(of.answered() as u64);
        if more > 0 {
            reviews.strata.insert(id, more);
            reviews.reviews += more;
        }
    }
    reviews
}

/// The window with the answers that a sample of this size is expected to have, and never fewer than there are.
#[allow(clippy::cast_precision_loss)] // far below 2^52
fn planned(frame: &Frame, observed: &Observed, prior: Recalibration, budget: u32) -> Observed {
    let allocation = allocate(frame, prior, budget);
    let mut planned = observed.clone();
    for of in &mut planned.strata {
        let (listings, answered) = (of.undecided(), of.answered());
        let reviews = (allocation.get(&of.stratum.id()).copied().unwrap_or(0) as f64).max(answered);
        for cell in &mut of.cells {
            cell.answered = reviews * cell.undecided / listings.max(1.0);
            cell.counterfeits = cell.answered * prior.probability(cell.log_odds);
        }
    }
    planned
}
