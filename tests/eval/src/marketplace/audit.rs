//! What does an audit of a simulated marketplace say? The steps of the product, on counts.

use super::draws::{binomial, happens, stream};
use super::world::{Bin, Population, World};
use auditing::estimate::{Answer, Answers, Estimates, Recalibration};
use auditing::sample::{Frame, Sample, Stratum};
use scoring::Band;

/// What the people do who review.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reviewers {
    /// Share of the copies, and of the honest listings, that they have decided before the audit, of what stands in review. The higher
    /// share of copies makes these decisions anything but a random sample.
    pub decided: (f64, f64),
    /// Share of the listings of the sample about which they cannot tell.
    pub unsure: f64,
}

/// One audit, beside the truth.
pub struct Audit {
    /// What is there.
    pub population: Population,
    /// What was sent to review.
    pub sample: Sample,
    /// What came back.
    pub answers: Answers,
    /// What it says.
    pub estimates: Estimates,
}

impl Audit {
    /// Audits one window of a world with at most so many reviews. Seeds of windows and of samples are apart.
    #[must_use]
    pub fn of(world: &World, reviewers: Reviewers, budget: u32, seed: u64) -> Self {
        let population = world.draw(seed);
        let mut random = stream(seed, 1);
        let (mut frame, mut undecided) = (Frame::default(), population.clone());
        for bin in &mut undecided.bins {
            let Bin { log_odds, listings, copies } = *bin;
            if bin.band() > Band::Clear {
                let confirmed = binomial(&mut random, copies, reviewers.decided.0);
                let rejected = binomial(&mut random, listings - copies, reviewers.decided.1);
                frame.add(bin.band(), log_odds, Some(true), confirmed);
                frame.add(bin.band(), log_odds, Some(false), rejected);
                (bin.copies, bin.listings) = (copies - confirmed, listings - confirmed - rejected);
            }
            frame.add(bin.band(), log_odds, None, bin.listings);
        }
        let sample = Sample::planned(seed, frame, Recalibration::IDENTITY, budget);
        let mut answers = Answers::default();
        for share in &sample.strata {
            let within = |bin: &Bin| Stratum::of(bin.band(), bin.log_odds).id() == share.stratum;
            for (log_odds, copy) in undecided.sample(within, share.drawn, &mut random) {
                let answer = match (happens(&mut random, reviewers.unsure), copy) {
                    (true, _) => Answer::Unsure,
                    (false, true) => Answer::Counterfeit,
                    (false, false) => Answer::Genuine,
                };
                answers.add(share.stratum, log_odds, answer);
            }
        }
        let estimates = Estimates::new(&sample, &answers);
        Self { population, sample, answers, estimates }
    }
}
