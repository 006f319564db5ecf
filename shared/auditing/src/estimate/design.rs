//! What do the answers say without any assumption about the risk? Estimates from the design of the sample alone.
//!
//! In each band, strata have a handful of hits each and weights that differ a thousandfold. Adding the squares of their own intervals
//! covers the truth in as few as 89 of 100 audits there, so that each band takes the gamma interval for weighted sums, which counts what
//! is rare: counterfeits among clear listings, others among flagged ones. Bands are then added up by square-and-add.
//!
//! A huge stratum in which nothing was found keeps an upper end of about 3.7 in the number of its answers: 250 answers cannot say of
//! 900,000 listings that fewer than 13,000 are counterfeits, and this estimator does not.

use super::figures::{AtThreshold, Estimate, Figures};
use super::observed::Observed;
use crate::intervals::{Interval, Term, root, sum, weighted_sum};
use scoring::Band;

const BANDS: [Band; 3] = [Band::Clear, Band::Review, Band::RedFlag];

pub(super) fn figures(observed: &Observed) -> Figures {
    figures_of(observed, &bands(observed))
}

/// Counterfeits of the bands: clear, review, red flag.
pub(super) fn bands(observed: &Observed) -> [Estimate; 3] {
    BANDS.map(|band| counterfeits(observed, band))
}

/// What follows from the counterfeits of the bands.
pub(super) fn figures_of(observed: &Observed, bands: &[Estimate; 3]) -> Figures {
    let counterfeits = total(bands, |_| 1.0);
    Figures {
        prevalence: counterfeits.scaled(observed.listings_from(Band::Clear)),
        counterfeits,
        review: at(observed, bands, Band::Review),
        red_flag: at(observed, bands, Band::RedFlag),
    }
}

fn at(observed: &Observed, bands: &[Estimate; 3], threshold: Band) -> AtThreshold {
    let flagged = total(bands, |band| f64::from(u8::from(band >= threshold)));
    let missed = total(bands, |band| f64::from(u8::from(band < threshold)));
    // The share r of counterfeits below the threshold is that for which (1 - r) below - r above is zero, so its interval is all r for which
    // zero lies within the interval of that sum: Fieller's argument with square-and-add (Donner and Zou 2012), which never leaves 0 to 1.
    let difference = |share: f64| total(bands, |band| if band >= threshold { -share } else { 1.0 - share }).interval;
    let interval = Interval {
        low: if difference(0.0).low > 0.0 { root(|share| difference(share).low > 0.0) } else { 0.0 },
        high: root(|share| difference(share).high >= 0.0),
    };
    let found = missed.value + flagged.value;
    let miss_rate = (found > 0.0).then(|| Estimate { value: missed.value / found, interval });
    let listings = observed.listings_from(threshold);
    AtThreshold {
        listings,
        missed,
        miss_rate,
        recall: miss_rate.map(Estimate::complement),
        precision: (listings > 0.0).then(|| flagged.scaled(listings)),
    }
}

/// Sum over bands of `coefficient` times the counterfeits.
fn total(bands: &[Estimate; 3], coefficient: impl Fn(Band) -> f64) -> Estimate {
    let term = |at: usize| Term { coefficient: coefficient(BANDS[at]), estimate: bands[at].value, interval: bands[at].interval };
    let (value, interval) = sum(&[term(0), term(1), term(2)]);
    Estimate { value, interval }
}

/// The counterfeits of one band.
fn counterfeits(observed: &Observed, band: Band) -> Estimate {
    let counts_others = band > Band::Clear;
    // Counterfeits that are known, listings whose decision is not known, and those of strata without any answer.
    let (mut known, mut unseen, mut unanswered) = (0.0, 0.0, 0.0);
    let (mut parts, mut heaviest, mut estimated) = (Vec::new(), 0.0_f64, 0.0);
    for of in observed.strata.iter().filter(|of| of.stratum.band() == band) {
        let (listings, answered, counterfeits) = (of.undecided(), of.answered(), of.counterfeits());
        let left = listings - answered;
        known += of.confirmed + counterfeits;
        if left <= 0.0 {
            continue;
        }
        if answered <= 0.0 {
            unanswered += left;
            continue;
        }
        unseen += left;
        let hits = if counts_others { answered - counterfeits } else { counterfeits };
        estimated += left * hits / answered;
        // What is estimated is the rest of the stratum, so that the finite population correction, answered and left being independent, is
        // the root of listings / left on the weight: the variance of the rest's total is left² (1 / answered + 1 / left) times that of
        // one decision.
        let weight = left / answered * (listings / left).sqrt();
        parts.push((hits, weight));
        heaviest = heaviest.max(weight);
    }
    let centre: f64 = parts.iter().map(|(hits, weight)| hits * weight).sum();
    let around = weighted_sum(&parts, heaviest);
    // The interval was made around the corrected weights; its reach is what counts.
    let rest =
        Interval { low: (estimated - (centre - around.low)).max(0.0), high: (estimated + (around.high - centre)).min(unseen) };
    let (estimated, rest) = if counts_others {
        (unseen - estimated, Interval { low: unseen - rest.high, high: unseen - rest.low })
    } else {
        (estimated, rest)
    };
    // Of strata without an answer nothing is known, and the middle is as far from the truth as anything can be.
    Estimate {
        value: known + estimated + unanswered / 2.0,
        interval: Interval { low: known + rest.low, high: known + rest.high + unanswered },
    }
}
