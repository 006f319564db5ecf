//! What do the answers say without any assumption about the risk? Estimates from the design of the sample alone.
//!
//! In each stratum the share of counterfeits has a binomial interval, narrowed by the finite population correction; sums over strata take
//! theirs from these by square-and-add. A huge stratum in which nothing was found keeps an upper end of about 3.7 in the number of its
//! answers: 250 answers cannot say of 900,000 listings that fewer than 13,000 are counterfeits, and this estimator does not.

use super::figures::{AtThreshold, Estimate, Figures};
use super::observed::{Observed, ObservedStratum};
use crate::intervals::{Interval, Term, binomial, root, sum};
use scoring::Band;

pub(super) fn figures(observed: &Observed) -> Figures {
    let counterfeits = total(observed, |_| 1.0);
    let listings = observed.listings_from(Band::Clear);
    Figures {
        prevalence: counterfeits.scaled(listings),
        counterfeits,
        review: at(observed, Band::Review),
        red_flag: at(observed, Band::RedFlag),
    }
}

fn at(observed: &Observed, threshold: Band) -> AtThreshold {
    let above = |of: &ObservedStratum| f64::from(u8::from(of.stratum.band() >= threshold));
    let flagged = total(observed, above);
    let missed = total(observed, |of| 1.0 - above(of));
    // The share r of counterfeits below the threshold is that for which (1 - r) below - r above is zero, so its interval is all r for which
    // zero lies within the interval of that sum: Fieller's argument with square-and-add (Donner and Zou 2012), which never leaves 0 to 1.
    let difference = |share: f64| total(observed, |of| if above(of) > 0.0 { -share } else { 1.0 - share });
    let interval = Interval {
        low: if difference(0.0).interval.low > 0.0 { root(|share| difference(share).interval.low > 0.0) } else { 0.0 },
        high: root(|share| difference(share).interval.high >= 0.0),
    };
    let found = missed.value + flagged.value;
    let miss_rate = (found > 0.0).then(|| Estimate { value: missed.value / found, interval });
    let listings = observed.listings_from(threshold);
    AtThreshold {
        miss_rate,
        recall: miss_rate.map(Estimate::complement),
        precision: (listings > 0.0).then(|| flagged.scaled(listings)),
        listings,
        missed,
    }
}

/// Sum over strata of `coefficient` times the counterfeits.
fn total(observed: &Observed, coefficient: impl Fn(&ObservedStratum) -> f64) -> Estimate {
    let mut terms = Vec::with_capacity(observed.strata.len());
    let (mut known, mut least, mut most) = (0.0, 0.0, 0.0);
    for of in &observed.strata {
        let (factor, listings, answered, hits) = (coefficient(of), of.undecided(), of.answered(), of.counterfeits());
        known += factor * of.confirmed;
        // What was seen bounds the sum, whatever the intervals say.
        let (few, many) = (factor * (of.confirmed + hits), factor * (of.confirmed + listings - (answered - hits)));
        least += few.min(many);
        most += few.max(many);
        if listings > 0.0 {
            // Without an answer nothing is known, and the middle is as far from the truth as anything can be.
            let share = if answered > 0.0 { hits / answered } else { 0.5 };
            terms.push(Term {
                coefficient: factor * listings,
                estimate: share,
                interval: narrowed(share, binomial(hits, answered), listings, answered),
            });
        }
    }
    let (value, interval) = sum(&terms);
    Estimate {
        value: known + value,
        interval: Interval { low: (known + interval.low).max(least), high: (known + interval.high).min(most) },
    }
}

/// The finite population correction, on either side: of what is all answered, nothing is unsure.
fn narrowed(share: f64, interval: Interval, listings: f64, answered: f64) -> Interval {
    let factor = if listings > 1.0 {
        ((listings - answered).max(0.0) / (listings - 1.0)).min(1.0).sqrt()
    } else {
        f64::from(u8::from(answered < listings))
    };
    Interval { low: share - factor * (share - interval.low), high: share + factor * (interval.high - share) }
}
