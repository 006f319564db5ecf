//! How many listings does the window hold, by stratum and log odds, and how many of them has a person decided already?

use super::strata::Stratum;
use crate::limits::LOG_ODDS_BIN_MAX;
use scoring::{Band, Milli};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Thousandths of log odds of a bin.
const BIN_MILLI: i32 = 100;

/// The population that a sample is drawn from, counted: the histogram of log odds in every stratum, of the listings that nobody has
/// decided, and beside it the counts of those that somebody has.
///
/// Feed it one row per listing, its newest result: a listing that stands twice counts twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// By [`Stratum::id`].
    pub strata: BTreeMap<u8, Counts>,
}

/// One stratum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Decided before the draw, on the content that the window's result is about.
    pub decided: u64,
    /// Of these, counterfeits.
    pub confirmed: u64,
    /// All others, by bin of log odds. These are what is sampled.
    pub undecided: BTreeMap<i32, Bin>,
}

/// Listings of nearly the same log odds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// How many.
    pub listings: u64,
    /// Sum of their log odds in thousandths: its mean stands for all of them, and integers add up to the same in any order.
    pub log_odds_sum_milli: i64,
}

/// The bin of log odds.
pub(crate) fn bin(log_odds: Milli) -> i32 {
    log_odds.0.div_euclid(BIN_MILLI).clamp(-LOG_ODDS_BIN_MAX, LOG_ODDS_BIN_MAX)
}

impl Frame {
    /// Counts `listings` of the same result. `decision` is what a person decided on this very content, and whether it was a counterfeit; an
    /// "unsure" is no decision.
    pub fn add(&mut self, band: Band, log_odds: Milli, decision: Option<bool>, listings: u64) {
        let counts = self.strata.entry(Stratum::of(band, log_odds).id()).or_default();
        if let Some(counterfeit) = decision {
            counts.decided += listings;
            counts.confirmed += if counterfeit { listings } else { 0 };
        } else {
            let bin = counts.undecided.entry(bin(log_odds)).or_default();
            bin.listings += listings;
            bin.log_odds_sum_milli = bin
                .log_odds_sum_milli
                .saturating_add(i64::from(log_odds.0).saturating_mul(i64::try_from(listings).unwrap_or(i64::MAX)));
        }
    }

    /// Adds what another part of the window holds.
    pub fn merge(&mut self, other: Self) {
        for (stratum, counts) in other.strata {
            let own = self.strata.entry(stratum).or_default();
            own.decided += counts.decided;
            own.confirmed += counts.confirmed;
            for (bin, counts) in counts.undecided {
                let own = own.undecided.entry(bin).or_default();
                own.listings += counts.listings;
                own.log_odds_sum_milli = own.log_odds_sum_milli.saturating_add(counts.log_odds_sum_milli);
            }
        }
    }

    /// Listings of the window.
    #[must_use]
    pub fn listings(&self) -> u64 {
        self.strata.values().map(|counts| counts.decided + counts.undecided()).sum()
    }
}

impl Counts {
    /// Listings that nobody has decided.
    #[must_use]
    pub fn undecided(&self) -> u64 {
        self.undecided.values().map(|bin| bin.listings).sum()
    }
}

impl Bin {
    /// Mean log odds, in natural units.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // far below 2^52 thousandths per listing
    pub fn log_odds(&self) -> f64 {
        self.log_odds_sum_milli as f64 / self.listings.max(1) as f64 / 1_000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decided_listings_are_counted_apart_and_bins_end_somewhere() {
        let mut frame = Frame::default();
        let ends = LOG_ODDS_BIN_MAX * BIN_MILLI;
        for (log_odds, decision, listings) in [
            (-1_010, None, 3),
            (-1_020, None, 1),
            (-1_020, Some(true), 2),
            (-1_020, Some(false), 5),
            (-ends - BIN_MILLI, None, 1),
            (i32::MIN, None, 1),
        ] {
            frame.add(Band::Clear, Milli(log_odds), decision, listings);
        }
        frame.add(Band::RedFlag, Milli(i32::MAX), None, 1);
        frame.add(Band::RedFlag, Milli(ends + BIN_MILLI), None, 1);
        assert_eq!(frame.listings(), 15);
        let counts = &frame.strata[&Stratum::of(Band::Clear, Milli(-1_010)).id()];
        assert_eq!((counts.decided, counts.confirmed, counts.undecided()), (7, 2, 4));
        assert!((counts.undecided[&-11].log_odds() + 1.0125).abs() < 1e-12);
        for band in [Band::Clear, Band::RedFlag] {
            let log_odds = Milli(if band == Band::Clear { i32::MIN } else { i32::MAX });
            assert_eq!(frame.strata[&Stratum::of(band, log_odds).id()].undecided.len(), 1, "{band:?}");
        }
        let mut twice = frame.clone();
        twice.merge(frame.clone());
        assert_eq!(twice.listings(), 30);
        let read: Frame = serde_json::from_str(&serde_json::to_string(&twice).unwrap()).unwrap();
        assert_eq!(read, twice);
    }
}
