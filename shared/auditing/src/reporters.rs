//! Whose reports are right? The record of each source that decisions name, as a posterior with its interval.
//!
//! A source's share of right reports has the prior Beta(1/2, 1/2) (Jeffreys), which says nothing in favour of anybody and whose 95% interval covers
//! about as often as it says. The bars are those of the fast lanes that work: nine of ten reports confirmed (Alibaba's good-faith programme,
//! Amazon's Project Zero), and at most one confirmation of twenty taken back later (Alibaba). A source is listed as below a bar only when the
//! whole interval is on the wrong side of it and it has at least [`REPORTS_MIN`] reports. Nothing follows from the list without a person.

use crate::Behind;
use crate::Decided;
use crate::bounded::{Bounded, Latest};
use crate::inference::{beta_below, beta_quantile};
use crate::limits::{BEHIND_MAX, SOURCES_MAX};
use serde::{Deserialize, Serialize};

/// Least share of a source's reports that is to be confirmed.
pub const CONFIRMED_SHARE_MIN: f64 = 0.9;

/// Largest share of the confirmations of a source's reports that may be taken back later.
pub const OVERTURNED_SHARE_MAX: f64 = 0.05;

/// Fewest decided reports of a source for it to be listed as below a bar: two wrong reports are a bad day.
pub const REPORTS_MIN: u64 = 5;

/// Decisions on reported listings, by source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporters {
    sources: Bounded<Record, SOURCES_MAX>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    confirmed: u64,
    rejected: u64,
    /// Among the rejected: first confirmed.
    confirmations_overturned: u64,
    /// Among the confirmed: first rejected.
    rejections_overturned: u64,
    latest_rejected: Latest<BEHIND_MAX>,
}

/// How sources fare: one section of the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportersReport {
    /// Every source: those below a bar first, the one most surely so at the top; then by name.
    pub sources: Vec<Source>,
    /// How many are below a bar.
    pub below_count: u64,
    /// How many of those with too few right reports are expected to be wrongly listed.
    pub below_wrongly_expected: f64,
    /// Whether there were more sources than are counted apart; the last of the alphabet are then missing.
    pub is_cut: bool,
}

/// The record of one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// As decisions name it.
    pub source: String,
    /// Reports that stand as confirmed.
    pub confirmed_count: u64,
    /// Reports that stand as rejected.
    pub rejected_count: u64,
    /// Among the rejected, those that were confirmed first.
    pub confirmations_overturned_count: u64,
    /// Among the confirmed, those that were rejected first.
    pub rejections_overturned_count: u64,
    /// Share of its reports that is right.
    pub right: Posterior,
    /// Share of the confirmations of its reports that is taken back.
    pub overturned: Posterior,
    /// The probability that less than [`CONFIRMED_SHARE_MIN`] of its reports are right.
    pub below_probability: f64,
    /// Where it stands.
    pub standing: SourceStanding,
    /// The latest of its reports that were rejected, the latest first.
    pub rejected: Vec<Behind>,
}

/// What is believed of a share after the decisions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Posterior {
    /// 0 to 1.
    pub mean: f64,
    /// Lower end of the 95% interval, with 2.5% below it.
    pub low: f64,
    /// Upper end, with 2.5% above it.
    pub high: f64,
}

/// Where a source stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceStanding {
    /// Its interval lies beyond a bar on the wrong side.
    Below,
    /// Too little is known.
    Unclear,
    /// Both intervals lie on the right side of their bars.
    Above,
}

impl Reporters {
    /// Counts one more decision, if somebody reported the listing. `earlier_counterfeit` is what the decision before it on the same
    /// listing said, where there was one.
    pub fn add(&mut self, decided: &Decided, earlier_counterfeit: Option<bool>) {
        let Some(record) = decided.source.as_deref().and_then(|source| self.sources.of(source)) else { return };
        if decided.counterfeit {
            record.confirmed += 1;
            record.rejections_overturned += u64::from(earlier_counterfeit == Some(false));
        } else {
            record.rejected += 1;
            record.confirmations_overturned += u64::from(earlier_counterfeit == Some(true));
            record.latest_rejected.add(decided);
        }
    }

    /// Adds what another part of the decisions counted.
    pub fn merge(&mut self, other: Self) {
        self.sources.merge(other.sources, |own, record| {
            own.confirmed += record.confirmed;
            own.rejected += record.rejected;
            own.confirmations_overturned += record.confirmations_overturned;
            own.rejections_overturned += record.rejections_overturned;
            own.latest_rejected.merge(record.latest_rejected);
        });
    }

    /// The record of every source.
    #[must_use]
    pub fn report(&self) -> ReportersReport {
        let sources = self.sources.iter().map(|(source, record)| Source::of(source, record));
        let (mut below, others): (Vec<_>, Vec<_>) = sources.partition(|source| source.standing == SourceStanding::Below);
        // Stable: equals stay in the order of names.
        below.sort_by(|one, other| other.below_probability.total_cmp(&one.below_probability));
        let wrongly =
            below.iter().filter(|source| source.right.high < CONFIRMED_SHARE_MIN).map(|source| 1.0 - source.below_probability);
        ReportersReport {
            below_count: below.len() as u64,
            below_wrongly_expected: wrongly.sum(),
            sources: below.into_iter().chain(others).collect(),
            is_cut: self.sources.is_over(),
        }
    }
}

impl Source {
    fn of(source: &str, record: &Record) -> Self {
        let right = Posterior::of(record.confirmed, record.rejected);
        // Every listing that is rejected after a confirmation was confirmed once, and so was every one that stands as confirmed.
        let overturned = Posterior::of(record.confirmations_overturned, record.confirmed);
        let is_known = record.confirmed + record.rejected >= REPORTS_MIN;
        let standing = if is_known && (right.high < CONFIRMED_SHARE_MIN || overturned.low > OVERTURNED_SHARE_MAX) {
            SourceStanding::Below
        } else if is_known && right.low >= CONFIRMED_SHARE_MIN && overturned.high <= OVERTURNED_SHARE_MAX {
            SourceStanding::Above
        } else {
            SourceStanding::Unclear
        };
        let (a, b) = shape(record.confirmed, record.rejected);
        Self {
            source: source.to_owned(),
            confirmed_count: record.confirmed,
            rejected_count: record.rejected,
            confirmations_overturned_count: record.confirmations_overturned,
            rejections_overturned_count: record.rejections_overturned,
            right,
            overturned,
            below_probability: beta_below(a, b, CONFIRMED_SHARE_MIN),
            standing,
            rejected: record.latest_rejected.to_vec(),
        }
    }
}

impl Posterior {
    fn of(hits: u64, misses: u64) -> Self {
        let (a, b) = shape(hits, misses);
        Self { mean: a / (a + b), low: beta_quantile(a, b, 0.025), high: beta_quantile(a, b, 0.975) }
    }
}

/// The posterior's parameters, with Jeffreys' prior.
#[allow(clippy::cast_precision_loss)] // counts of decisions that people made
fn shape(hits: u64, misses: u64) -> (f64, f64) {
    (hits as f64 + 0.5, misses as f64 + 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::hash;
    use proptest::prelude::*;
    use scoring::Risk;

    fn reported(source: &str, at: usize, counterfeit: bool) -> Decided {
        Decided { source: Some(source.to_owned()), ..crate::decided::tests::decided(&format!("A-{at}"), counterfeit, Risk(900)) }
    }

    fn reports(source: &str, confirmed: usize, rejected: usize, overturned: usize) -> Reporters {
        let mut reporters = Reporters::default();
        for at in 0..confirmed + rejected {
            let earlier = (at >= confirmed && at < confirmed + overturned).then_some(true);
            reporters.add(&reported(source, at, at < confirmed), earlier);
        }
        reporters
    }

    #[test]
    fn a_source_is_listed_only_when_it_is_surely_below_a_bar() {
        let check = |confirmed, rejected, overturned, expected| {
            let report = reports("acme", confirmed, rejected, overturned).report();
            assert_eq!(report.sources[0].standing, expected, "{confirmed} {rejected} {overturned}: {report:?}");
            assert_eq!(report.below_count, u64::from(expected == SourceStanding::Below));
        };
        check(0, 4, 0, SourceStanding::Unclear);
        check(0, 5, 0, SourceStanding::Below);
        check(5, 0, 0, SourceStanding::Unclear);
        check(80, 20, 0, SourceStanding::Below);
        check(88, 12, 0, SourceStanding::Unclear);
        check(200, 2, 0, SourceStanding::Above);
        // Right nine times of ten, but taken back too often.
        check(900, 100, 100, SourceStanding::Below);
    }

    /// Brown, Cai and DasGupta 2001, Statistical Science 16:101, table 5: Jeffreys' intervals at 95%.
    #[test]
    fn intervals_are_those_of_the_table() {
        for (hits, misses, low, high) in [(1, 9, 0.011, 0.381), (2, 8, 0.044, 0.503), (5, 5, 0.224, 0.776), (3, 17, 0.044, 0.349)]
        {
            let found = Posterior::of(hits, misses);
            assert!((found.low - low).abs() < 6e-4 && (found.high - high).abs() < 6e-4, "{hits} {misses}: {found:?}");
        }
    }

    /// A thousand honest sources, each right in 95 of 100 reports.
    #[test]
    fn honest_sources_are_hardly_ever_listed() {
        let mut all = Reporters::default();
        for source in 0..1_000 {
            for at in 0..50 {
                let is_right = hash(format!("{source} {at}").as_bytes()) % 100 < 95;
                all.add(&reported(&format!("s-{source}"), at, is_right), None);
            }
        }
        all.merge(reports("abuser", 20, 30, 0));
        let report = all.report();
        assert_eq!(report.sources[0].source, "abuser");
        assert!((1..=3).contains(&report.below_count), "{}", report.below_count);
        assert_eq!(report.sources[0].rejected.len(), BEHIND_MAX);
    }

    #[test]
    fn what_nobody_reported_is_nobodys_record() {
        let mut reporters = Reporters::default();
        reporters.add(&crate::decided::tests::decided("A", true, Risk(900)), None);
        assert!(reporters.report().sources.is_empty());
    }

    proptest! {
        #[test]
        fn parts_in_any_order_say_the_same(
            cases in prop::collection::vec(("[a-d]", any::<bool>(), any::<Option<bool>>()), 0..40),
            cut in 0usize..40,
        ) {
            let add = |cases: &mut dyn Iterator<Item = (usize, &(String, bool, Option<bool>))>| {
                let mut reporters = Reporters::default();
                cases.for_each(|(at, (source, counterfeit, earlier))| reporters.add(&reported(source, at, *counterfeit), *earlier));
                reporters
            };
            let cut = cut.min(cases.len());
            let mut parts = add(&mut cases.iter().enumerate().skip(cut).rev());
            parts.merge(add(&mut cases.iter().enumerate().take(cut)));
            let whole = add(&mut cases.iter().enumerate());
            prop_assert_eq!(&parts, &whole);
            prop_assert_eq!(serde_json::from_str::<Reporters>(&serde_json::to_string(&whole).unwrap()).unwrap().report(), whole.report());
        }
    }
}
