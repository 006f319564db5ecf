//! How many counterfeits are there, and how many are missed? From the answers to a random sample, in two ways side by side.
//!
//! * [`Estimates::design`] assumes nothing about the risk. Its interval covers whatever the truth is, and is wide where a huge low stratum shows
//!   no counterfeits.
//! * [`Estimates::model`] assumes that the log odds of a counterfeit are a straight line in the log odds of the result (what exactly, stands in
//!   `model.rs`), which is tested against the answers of each stratum and at the low end.
//!
//! The **headline** is the model where there is one and its test passes, else the design. Both take the reviewers' answers as true: what a reviewer
//! mistakes is not in any interval.
//!
//! Answers that are missing or unsure are taken, within their stratum, to be like those that were given; how many they are is reported.

mod design;
mod figures;
mod fit_test;
mod further;
mod model;
mod observed;
mod recalibration;

pub use figures::{AtThreshold, Estimate, Figures};
pub use fit_test::{FAILS_BELOW, FitTest};
pub use further::{Further, Reviews};
pub use observed::{Answer, Answers};
pub use recalibration::{Covariance, Recalibration};

use crate::intervals::{Interval, binomial};
use crate::sample::Sample;
use observed::Observed;
use serde::{Deserialize, Serialize};

/// Answers below which nothing is estimated: with 30, an interval of a share is up to 35 points wide.
pub const ANSWERS_MIN: u64 = 30;

/// Counterfeits, and others, that the model needs: with fewer than ten events for a coefficient, maximum likelihood is biased and its
/// standard errors are too small (Peduzzi and others, Journal of Clinical Epidemiology 49, 1996); there are two coefficients.
pub const MODEL_ANSWERS_MIN: f64 = 20.0;

/// What the answers to a sample say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimates {
    /// Listings that were drawn.
    pub drawn: u64,
    /// Answered one way or the other.
    pub answered: u64,
    /// Answered, but the person could not tell.
    pub unsure: u64,
    /// Not answered yet.
    pub waiting: u64,
    /// Which figures to show first; `None` before [`ANSWERS_MIN`] answers.
    pub headline: Option<Headline>,
    /// Without assumptions about the risk; `None` before [`ANSWERS_MIN`] answers.
    pub design: Option<Figures>,
    /// With the recalibrated risk; `None` before there are enough answers of both sorts, or when the risk separates them perfectly.
    pub model: Option<Model>,
    /// From the lowest risk to the highest.
    pub strata: Vec<StratumAnswered>,
}

/// Which figures lead, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Headline {
    /// The model: there are enough answers for it, and they agree with it.
    Model,
    /// The design, because there are too few counterfeits or too few others among the answers for a model.
    DesignFewAnswers,
    /// The design, because the answers contradict the model.
    DesignPoorFit,
}

/// Estimates with the recalibrated risk.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// How the risk must be read. Also the prior of the next draw.
    pub recalibration: Recalibration,
    /// How sure that is.
    pub covariance: Covariance,
    /// Whether the answers agree.
    pub fit_test: FitTest,
    /// What follows.
    pub figures: Figures,
}

/// What was found in one stratum, beside what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StratumAnswered {
    /// [`crate::sample::Stratum::id`].
    pub stratum: u8,
    /// Listings that were drawn.
    pub drawn: u64,
    /// Answered one way or the other.
    pub answered: u64,
    /// Answered, but the person could not tell.
    pub unsure: u64,
    /// Counterfeits among those answered.
    pub counterfeits: u64,
    /// Share of counterfeits among its listings that nobody had decided, at 95%.
    pub share: Interval,
    /// Counterfeits that the log odds, taken as they are, expect among those answered.
    pub expected: f64,
    /// The same by the model.
    pub expected_by_model: Option<f64>,
}

impl Estimates {
    /// Estimates from the answers so far. Never fails: what cannot be told is `None`.
    #[must_use]
    pub fn new(sample: &Sample, answers: &Answers) -> Self {
        let observed = Observed::new(&sample.frame, answers);
        let model = fitted(&observed);
        let expected = |recalibration: Recalibration, of: &observed::ObservedStratum| {
            of.cells.iter().map(|cell| cell.answered * recalibration.probability(cell.log_odds)).sum::<f64>()
        };
        let strata: Vec<_> = observed
            .strata
            .iter()
            .map(|of| {
                let stratum = of.stratum.id();
                StratumAnswered {
                    stratum,
                    drawn: sample.strata.iter().find(|share| share.stratum == stratum).map_or(0, |share| share.drawn),
                    answered: whole(of.answered()),
                    unsure: answers.unsure(stratum),
                    counterfeits: whole(of.counterfeits()),
                    share: binomial(of.counterfeits(), of.answered()),
                    expected: expected(Recalibration::IDENTITY, of),
                    expected_by_model: model.map(|model| expected(model.recalibration, of)),
                }
            })
            .collect();
        let sum = |of: fn(&StratumAnswered) -> u64| strata.iter().map(of).sum::<u64>();
        let (drawn, answered, unsure) = (sum(|of| of.drawn), sum(|of| of.answered), sum(|of| of.unsure));
        // A window that people have decided altogether needs no sample.
        let enough = answered >= ANSWERS_MIN.min(drawn);
        let headline = match model {
            Some(Model { fit_test: FitTest { passed: true, .. }, .. }) => Headline::Model,
            Some(_) => Headline::DesignPoorFit,
            None => Headline::DesignFewAnswers,
        };
        Self {
            drawn,
            answered,
            unsure,
            waiting: drawn.saturating_sub(answered + unsure),
            headline: enough.then_some(headline),
            design: enough.then(|| design::figures(&observed)),
            model: model.filter(|_| enough),
            strata,
        }
    }

    /// The figures to show first.
    #[must_use]
    pub fn leading(&self) -> Option<&Figures> {
        match self.headline? {
            Headline::Model => self.model.as_ref().map(|model| &model.figures),
            Headline::DesignFewAnswers | Headline::DesignPoorFit => self.design.as_ref(),
        }
    }

    /// How many reviews are missing until the miss rate is known to within `half_width` to either side, by what the answers so far, or before there are enough
    /// the risk itself, lead to expect.
    #[must_use]
    pub fn further(&self, sample: &Sample, answers: &Answers, half_width: f64) -> Further {
        let prior = self.model.map_or(Recalibration::IDENTITY, |model| model.recalibration);
        further::further(&sample.frame, &Observed::new(&sample.frame, answers), prior, half_width)
    }
}

fn fitted(observed: &Observed) -> Option<Model> {
    let (mut counterfeits, mut others) = (0.0, 0.0);
    for cell in observed.answered_cells() {
        counterfeits += cell.counterfeits;
        others += cell.answered - cell.counterfeits;
    }
    if counterfeits < MODEL_ANSWERS_MIN || others < MODEL_ANSWERS_MIN {
        return None;
    }
    let (recalibration, covariance) = recalibration::fit(observed, Recalibration::IDENTITY)?;
    let fit_test = fit_test::fit_test(observed, recalibration);
    Some(Model { recalibration, covariance, fit_test, figures: model::figures(observed, recalibration, covariance) })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a whole count of listings
fn whole(count: f64) -> u64 {
    count as u64
}
