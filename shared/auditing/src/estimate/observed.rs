//! What is known when the answers of the reviewers are laid beside the window?

use crate::sample::{Frame, Stratum, bin};
use scoring::{Band, Milli};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a person said about a listing that was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A counterfeit.
    Counterfeit,
    /// No counterfeit.
    Genuine,
    /// The person could not tell. Counts as not answered: within a stratum, those without an answer are taken to be like those with one.
    Unsure,
}

/// The answers to one sample, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// By [`Stratum::id`].
    strata: BTreeMap<u8, StratumAnswers>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct StratumAnswers {
    unsure: u64,
    /// Answered and, of these, counterfeits, by bin of log odds.
    bins: BTreeMap<i32, (u64, u64)>,
}

impl Answers {
    /// Counts the answer to one item of the sample; `stratum` and `log_odds` are the item's. An answer to a listing that was not drawn
    /// must not be counted: it was given because of something.
    pub fn add(&mut self, stratum: u8, log_odds: Milli, answer: Answer) {
        let of = self.strata.entry(stratum).or_default();
        if answer == Answer::Unsure {
            of.unsure += 1;
        } else {
            let (answered, counterfeits) = of.bins.entry(bin(log_odds)).or_default();
            *answered += 1;
            *counterfeits += u64::from(answer == Answer::Counterfeit);
        }
    }

    /// Adds the answers to other items of the same sample.
    pub fn merge(&mut self, other: Self) {
        for (stratum, answers) in other.strata {
            let own = self.strata.entry(stratum).or_default();
            own.unsure += answers.unsure;
            for (bin, (answered, counterfeits)) in answers.bins {
                let own = own.bins.entry(bin).or_default();
                own.0 += answered;
                own.1 += counterfeits;
            }
        }
    }

    pub(super) fn unsure(&self, stratum: u8) -> u64 {
        self.strata.get(&stratum).map_or(0, |of| of.unsure)
    }
}

/// A window with its answers. Numbers are `f64`, because those of a plan are expectations.
#[derive(Clone, Debug)]
pub(super) struct Observed {
    pub(super) strata: Vec<ObservedStratum>,
}

#[derive(Clone, Debug)]
pub(super) struct ObservedStratum {
    pub(super) stratum: Stratum,
    /// Decided before the draw, and counterfeits of these: known, not estimated.
    pub(super) decided: f64,
    pub(super) confirmed: f64,
    pub(super) cells: Vec<Cell>,
}

/// Listings of nearly the same log odds that were not decided before the draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Natural units.
    pub(super) log_odds: f64,
    pub(super) undecided: f64,
    pub(super) answered: f64,
    pub(super) counterfeits: f64,
}

impl Observed {
    /// Answers about strata and bins that the frame does not hold belong to another window and are left out.
    #[allow(clippy::cast_precision_loss)] // far below 2^52 listings
    pub(super) fn new(frame: &Frame, answers: &Answers) -> Self {
        let strata = frame.strata.iter().filter_map(|(id, counts)| {
            let answers = answers.strata.get(id);
            let cells = counts.undecided.iter().map(|(at, bin)| {
                let (answered, counterfeits) = answers.and_then(|of| of.bins.get(at)).copied().unwrap_or_default();
                Cell {
                    log_odds: bin.log_odds(),
                    undecided: bin.listings as f64,
                    answered: answered.min(bin.listings) as f64,
                    counterfeits: counterfeits.min(bin.listings) as f64,
                }
            });
            Some(ObservedStratum {
                stratum: Stratum::from_id(*id)?,
                decided: counts.decided as f64,
                confirmed: counts.confirmed as f64,
                cells: cells.collect(),
            })
        });
        Self { strata: strata.collect() }
    }

    #[cfg(test)]
    pub(super) fn of_cells(cells: Vec<Cell>) -> Self {
        let stratum = Stratum::of(Band::Clear, Milli(0));
        Self { strata: vec![ObservedStratum { stratum, decided: 0.0, confirmed: 0.0, cells }] }
    }

    /// Whether people had decided flagged listings before the draw. They decide first what looks worst, so that what is left undecided no
    /// longer lies on the line of the rest.
    pub(super) fn flagged_decided(&self) -> bool {
        self.strata.iter().any(|of| of.stratum.band() > Band::Clear && of.decided > 0.0)
    }

    /// What the model is fitted to: all strata, or only the clear ones where flagged listings had been decided.
    pub(super) fn modelled(&self) -> Self {
        let all = !self.flagged_decided();
        Self { strata: self.strata.iter().filter(|of| all || of.stratum.band() == Band::Clear).cloned().collect() }
    }

    pub(super) fn answered_cells(&self) -> impl Iterator<Item = &Cell> {
        self.strata.iter().flat_map(|of| &of.cells).filter(|cell| cell.answered > 0.0)
    }

    /// Listings of the window from this band upwards.
    pub(super) fn listings_from(&self, band: Band) -> f64 {
        self.strata.iter().filter(|of| of.stratum.band() >= band).map(|of| of.decided + of.undecided()).sum()
    }
}

impl ObservedStratum {
    pub(super) fn undecided(&self) -> f64 {
        self.cells.iter().map(|cell| cell.undecided).sum()
    }

    pub(super) fn answered(&self) -> f64 {
        self.cells.iter().map(|cell| cell.answered).sum()
    }

    pub(super) fn counterfeits(&self) -> f64 {
        self.cells.iter().map(|cell| cell.counterfeits).sum()
    }
}
