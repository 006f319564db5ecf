//! How many counterfeits are there, and how many are missed? From the answers to a random sample, in two ways side by side.
//!
//! * [`Estimates::design`] assumes nothing about the risk. Its interval covers whatever the truth is, and is wide where a huge low stratum shows
//!   no counterfeits.
//! * [`Estimates::model`] assumes that the log odds of a counterfeit are a straight line in the log odds of the result (what exactly, stands in
//!   `model.rs`), which is tested against the answers of each stratum and at the low end.
//!
//! The **headline** is the model where there is one and its test passes, else the design. Both take the reviewers' answers as true: what
//! a reviewer mistakes is not in any interval.
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
use crate::sample::{Counts, Sample};
use observed::Observed;
use scoring::Band;
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
    /// Set where people had decided flagged listings before the draw: the model then speaks of clear listings alone, and the design of
    /// the others.
    pub clear_listings_alone: bool,
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
    /// The same by the model, where it speaks of this stratum.
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
                    expected_by_model: model
                        .filter(|model| !model.clear_listings_alone || of.stratum.band() == Band::Clear)
                        .map(|model| expected(model.recalibration, of)),
                }
            })
            .collect();
        let sum = |of: fn(&StratumAnswered) -> u64| strata.iter().map(of).sum::<u64>();
        let (drawn, answered, unsure) = (sum(|of| of.drawn), sum(|of| of.answered), sum(|of| of.unsure));
        // A window of which everything is known needs no more answers.
        let open: u64 = sample.frame.strata.values().map(Counts::undecided).sum();
        let enough = sample.frame.listings() > 0 && (answered >= ANSWERS_MIN || answered == open);
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

    /// How many reviews are missing until the miss rate is known to within `half_width` to either side, by what the answers so far, or
    /// before there are enough the risk itself, lead to expect.
    #[must_use]
    pub fn further(&self, sample: &Sample, answers: &Answers, half_width: f64) -> Further {
        let prior = self.model.map_or(Recalibration::IDENTITY, |model| model.recalibration);
        further::further(&sample.frame, &Observed::new(&sample.frame, answers), prior, half_width)
    }
}

fn fitted(observed: &Observed) -> Option<Model> {
    let modelled = observed.modelled();
    let (mut counterfeits, mut others) = (0.0, 0.0);
    for cell in modelled.answered_cells() {
        counterfeits += cell.counterfeits;
        others += cell.answered - cell.counterfeits;
    }
    if counterfeits < MODEL_ANSWERS_MIN || others < MODEL_ANSWERS_MIN {
        return None;
    }
    let (recalibration, covariance) = recalibration::fit(&modelled, Recalibration::IDENTITY)?;
    Some(Model {
        recalibration,
        covariance,
        clear_listings_alone: observed.flagged_decided(),
        fit_test: fit_test::fit_test(&modelled, recalibration),
        figures: model::figures(observed, recalibration, covariance),
    })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a whole count of listings
fn whole(count: f64) -> u64 {
    count as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Frame;
    use scoring::Milli;

    const LOW: Milli = Milli(-4_400);
    const HIGH: Milli = Milli(2_200);

    /// 10,000 clear listings and 500 red flags, and what was decided before.
    fn frame(decided: u64, confirmed: u64) -> Frame {
        let mut frame = Frame::default();
        frame.add(Band::Clear, LOW, None, 10_000);
        frame.add(Band::RedFlag, HIGH, None, 500 - decided);
        frame.add(Band::RedFlag, HIGH, Some(true), confirmed);
        frame.add(Band::RedFlag, HIGH, Some(false), decided - confirmed);
        frame
    }

    fn sample(frame: Frame) -> Sample {
        Sample::planned(1, frame, Recalibration::IDENTITY, 300)
    }

    fn answers(of: &[(Band, Milli, Answer, u32)]) -> Answers {
        let mut answers = Answers::default();
        for (band, log_odds, answer, times) in of {
            for _ in 0..*times {
                answers.add(crate::sample::Stratum::of(*band, *log_odds).id(), *log_odds, *answer);
            }
        }
        answers
    }

    #[test]
    fn without_a_model_the_design_adds_up_what_is_known_and_what_is_estimated() {
        let sample = sample(frame(300, 270));
        let answers = answers(&[
            (Band::Clear, LOW, Answer::Genuine, 100),
            (Band::Clear, LOW, Answer::Unsure, 7),
            (Band::RedFlag, HIGH, Answer::Counterfeit, 40),
            (Band::RedFlag, HIGH, Answer::Genuine, 10),
        ]);
        let found = Estimates::new(&sample, &answers);
        assert_eq!((found.drawn, found.answered, found.unsure, found.waiting), (300, 150, 7, 143));
        let design = found.design.unwrap();
        // 270 are known; of the other 200, four in five.
        assert!((design.counterfeits.value - 430.0).abs() < 1e-9, "{design:?}");
        assert!((design.review.precision.unwrap().value - 0.86).abs() < 1e-9);
        assert_eq!(design.review.miss_rate.unwrap().value, 0.0);
        // None of 100: up to 3.689 of them.
        let missed = design.review.missed.interval;
        assert!(missed.low == 0.0 && (missed.high - 9_900.0 * 0.036_89 * (100.0_f64 / 99.0).sqrt()).abs() < 2.0, "{missed:?}");
        // What was seen bounds the rest.
        assert!(design.counterfeits.interval.low >= 310.0);
        let read: Estimates = serde_json::from_str(&serde_json::to_string(&found).unwrap()).unwrap();
        assert_eq!((read.headline, read.answered, read.model), (found.headline, found.answered, found.model));
    }

    #[test]
    fn what_is_known_altogether_has_no_interval() {
        let mut frame = Frame::default();
        frame.add(Band::Clear, LOW, None, 20);
        frame.add(Band::RedFlag, HIGH, Some(true), 30);
        let all = answers(&[(Band::Clear, LOW, Answer::Genuine, 19), (Band::Clear, LOW, Answer::Counterfeit, 1)]);
        let design = Estimates::new(&sample(frame), &all).design.unwrap();
        assert_eq!(design.counterfeits, Estimate { value: 31.0, interval: Interval { low: 31.0, high: 31.0 } });
        let miss_rate = design.review.miss_rate.unwrap();
        assert!((miss_rate.value - 1.0 / 31.0).abs() < 1e-12 && miss_rate.interval.width() < 1e-12, "{miss_rate:?}");
    }

    #[test]
    fn before_enough_answers_nothing_is_said_but_how_many_are_missing() {
        for (frame, given, plan) in [(frame(0, 0), 0, true), (frame(0, 0), 29, true), (Frame::default(), 0, false)] {
            let (sample, answers) = (sample(frame), answers(&[(Band::Clear, LOW, Answer::Genuine, given)]));
            let found = Estimates::new(&sample, &answers);
            assert_eq!((found.headline, found.design, found.model), (None, None, None));
            assert_eq!(found.leading(), None);
            let further = found.further(&sample, &answers, 0.05);
            for missing in [&further.design, &further.model] {
                assert_eq!(missing.as_ref().is_some_and(|missing| missing.reviews > 100), plan, "{further:?}");
            }
        }
    }

    #[test]
    fn a_width_that_more_than_the_most_reviews_would_reach_cannot_be_had() {
        let window = |clear: u64| {
            let mut frame = frame(0, 0);
            frame.add(Band::Clear, LOW, None, clear);
            sample(frame)
        };
        let most = u64::from(crate::limits::FURTHER_REVIEWS_MAX) - 10_500;
        let further = |sample: &Sample| Estimates::new(sample, &Answers::default()).further(sample, &Answers::default(), 1e-12);
        assert_eq!(further(&window(most)).design.map(|plan| plan.reviews), Some(1_000_000));
        assert_eq!(further(&window(most + 1)).design, None);
    }

    /// A stratum without an answer may hold anything, from nothing to all its listings.
    #[test]
    fn a_stratum_without_answers_makes_the_interval_as_wide_as_it_is() {
        let flagged = answers(&[(Band::RedFlag, HIGH, Answer::Counterfeit, 45), (Band::RedFlag, HIGH, Answer::Genuine, 5)]);
        let found = Estimates::new(&sample(frame(0, 0)), &flagged);
        let missed = found.design.unwrap().review.missed;
        assert_eq!(missed, Estimate { value: 5_000.0, interval: Interval { low: 0.0, high: 10_000.0 } });
        assert_eq!((found.headline, found.model), (Some(Headline::DesignFewAnswers), None));
    }

    /// The model expects next to nothing at the low end; ten counterfeits of 200 there are no chance.
    #[test]
    fn counterfeits_at_the_low_end_take_the_lead_from_the_model() {
        let mut frame = frame(0, 0);
        frame.add(Band::Clear, Milli(-2_000), None, 400);
        frame.add(Band::Clear, Milli(-9_000), None, 100_000);
        let mut of = vec![
            (Band::Clear, Milli(-2_000), Answer::Genuine, 180),
            (Band::Clear, Milli(-2_000), Answer::Counterfeit, 25),
            (Band::RedFlag, HIGH, Answer::Genuine, 20),
            (Band::RedFlag, HIGH, Answer::Counterfeit, 180),
            (Band::Clear, LOW, Answer::Genuine, 99),
            (Band::Clear, LOW, Answer::Counterfeit, 1),
            (Band::Clear, Milli(-9_000), Answer::Genuine, 200),
        ];
        let agreeing = Estimates::new(&sample(frame.clone()), &answers(&of));
        assert_eq!(agreeing.headline, Some(Headline::Model), "{:?}", agreeing.model);
        of.push((Band::Clear, Milli(-9_000), Answer::Counterfeit, 2));
        let surprised = Estimates::new(&sample(frame), &answers(&of));
        assert_eq!(surprised.headline, Some(Headline::DesignPoorFit), "{:?}", surprised.model);
        assert_eq!(surprised.leading(), surprised.design.as_ref());
    }
}
