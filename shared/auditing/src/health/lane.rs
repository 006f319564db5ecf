//! May anything happen to a listing without a person? Only where decisions prove that hardly ever an honest one is hit.

use crate::Decided;
use crate::bounded::{Behind, Bounded, Latest};
use crate::inference::Share;
use crate::intervals::clopper_pearson;
use crate::limits::{BEHIND_MAX, LANE_BRANDS_MAX};
use scoring::{Band, Risk};
use serde::{Deserialize, Serialize};

/// Precision that must be proven for the lane to be open: the bar of SmokeDetector, an open system that acts without a person, which
/// was right in 99.55% of 114,089 automatic flags under it (2017 and 2018, charcoal-se.org).
pub const LANE_PRECISION_MIN: f64 = 0.9975;

/// Red flags from these risks up are looked at apart, in tenths; the first are all red flags.
const CUTS_TENTHS: [u16; 5] = [0, 850, 900, 950, 990];

/// Fewest decided red flags of a brand for it to be looked at apart: a third of what opens the lane if all are confirmed.
const BRAND_DECISIONS_MIN: u64 = 500;

/// More confirmations than these are not counted out: nobody will decide on as many.
const MISSING_MAX: u64 = 10_000_000;

/// Decisions on red flags, by risk and by brand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    all: [Flags; CUTS_TENTHS.len()],
    brands: Bounded<Flags, LANE_BRANDS_MAX>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Flags {
    confirmed: u64,
    rejected: u64,
    latest_rejected: Latest<BEHIND_MAX>,
}

/// Where red flags may act without a person: one section of the report.
///
/// The bound is the lower end of the two-sided 95% interval of Clopper and Pearson: if a segment's true precision is below
/// [`LANE_PRECISION_MIN`], it is opened with a chance of at most 2.5%. It takes 1,474 confirmed decisions and no other to open one.
/// Segments by risk lie in each other and are tested apart; so are brands, of which at most 2.5% of those just below the bar are opened.
/// Decisions on red flags that were chosen for their risk or price count like those drawn at random.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaneReport {
    /// Lower bound that must be reached, 0 to 1.
    pub precision_min: f64,
    /// Whether any segment is open.
    pub is_open: bool,
    /// By risk, the widest first; then brands with enough decisions, by name.
    pub segments: Vec<Segment>,
}

/// Red flags that are open or closed together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// Red flags about this brand alone; `None` for all.
    pub brand: Option<String>,
    /// Red flags of this risk and above, 0.0 to 100.0.
    pub risk_min: Risk,
    /// The decided ones that were confirmed, with the interval of Clopper and Pearson.
    pub confirmed: Share,
    /// Whether a listing of it may be acted on without a person.
    pub is_open: bool,
    /// How many more decisions would open it if each was a confirmation; 0 when it is open, `None` when it takes more than ten million.
    pub confirmations_missing_count: Option<u64>,
    /// The reason, for people.
    pub why: String,
    /// The latest red flags that were rejected, the latest first.
    pub rejected: Vec<Behind>,
}

impl Lane {
    /// Counts one more decision; what is no red flag never acts without a person.
    pub fn add(&mut self, decided: &Decided) {
        if decided.band != Band::RedFlag {
            return;
        }
        for (flags, cut) in self.all.iter_mut().zip(CUTS_TENTHS) {
            if decided.risk.0 >= cut {
                flags.add(decided);
            }
        }
        if let Some(flags) = decided.brand.as_deref().and_then(|brand| self.brands.of(brand)) {
            flags.add(decided);
        }
    }

    /// Adds what another part of the decisions counted.
    pub fn merge(&mut self, other: Self) {
        for (own, flags) in self.all.iter_mut().zip(other.all) {
            own.merge(flags);
        }
        self.brands.merge(other.brands, Flags::merge);
    }

    /// Which segments are open, and why.
    #[must_use]
    pub fn report(&self) -> LaneReport {
        let by_risk = self.all.iter().zip(CUTS_TENTHS).map(|(flags, cut)| Segment::of(None, Risk(cut), flags));
        let brands = self.brands.iter().filter(|(_, flags)| flags.confirmed + flags.rejected >= BRAND_DECISIONS_MIN);
        let by_brand = brands.map(|(brand, flags)| Segment::of(Some(brand), Risk(0), flags));
        let segments: Vec<Segment> = by_risk.chain(by_brand).collect();
        LaneReport { precision_min: LANE_PRECISION_MIN, is_open: segments.iter().any(|segment| segment.is_open), segments }
    }
}

impl Flags {
    fn add(&mut self, decided: &Decided) {
        if decided.counterfeit {
            self.confirmed += 1;
        } else {
            self.rejected += 1;
            self.latest_rejected.add(decided);
        }
    }

    fn merge(&mut self, other: Self) {
        self.confirmed += other.confirmed;
        self.rejected += other.rejected;
        self.latest_rejected.merge(other.latest_rejected);
    }
}

impl Segment {
    fn of(brand: Option<&str>, risk_min: Risk, flags: &Flags) -> Self {
        let of = flags.confirmed + flags.rejected;
        let confirmed = Share::exact(flags.confirmed, of);
        let missing = confirmations_missing(flags.confirmed, of);
        let is_open = missing == Some(0);
        // Cut and not rounded, so that 99.749% never reads as 99.75%.
        let low = (confirmed.low * 10_000.0).floor() / 100.0;
        let decided =
            format!("{} of {of} decided red flags were confirmed: a precision of at least {low:.2}% is proven", flags.confirmed);
        let bar = LANE_PRECISION_MIN * 100.0;
        let why = match missing {
            _ if of == 0 => "closed: no red flag was decided".to_owned(),
            Some(0) => format!("open: {decided}, and {bar:.2}% are asked"),
            Some(missing) => {
                format!("closed: {decided}, {bar:.2}% are asked; {missing} more confirmations and no rejection would open it")
            }
            None => format!("closed: {decided}, {bar:.2}% are asked"),
        };
        Self {
            brand: brand.map(str::to_owned),
            risk_min,
            confirmed,
            is_open,
            confirmations_missing_count: missing,
            why,
            rejected: flags.latest_rejected.to_vec(),
        }
    }
}

/// How many more confirmations bring the lower bound to [`LANE_PRECISION_MIN`]. The bound rises with each, so that halving finds it.
fn confirmations_missing(confirmed: u64, of: u64) -> Option<u64> {
    #[allow(clippy::cast_precision_loss)] // counts stay far below 2^53
    let opens = |more: u64| clopper_pearson((confirmed + more) as f64, (of + more) as f64).low >= LANE_PRECISION_MIN;
    if !opens(MISSING_MAX) {
        return None;
    }
    let (mut low, mut high) = (0, MISSING_MAX);
    while low < high {
        let middle = u64::midpoint(low, high);
        if opens(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decided::tests::decided;

    fn lane(cases: &[(u16, usize, usize)]) -> Lane {
        let mut lane = Lane::default();
        for (risk, confirmed, rejected) in cases {
            for at in 0..confirmed + rejected {
                lane.add(&decided(&format!("A-{risk}-{at}"), at < *confirmed, Risk(*risk)));
            }
        }
        lane
    }

    #[test]
    fn it_opens_at_the_bar_and_not_one_decision_earlier() {
        let check = |confirmed, rejected, missing| {
            let report = lane(&[(900, confirmed, rejected)]).report();
            let all = &report.segments[0];
            assert_eq!(all.confirmations_missing_count, missing, "{confirmed} {rejected}: {}", all.why);
            assert_eq!((all.is_open, report.is_open), (missing == Some(0), missing == Some(0)));
        };
        // 0.025^(1/n) reaches 0.9975 at n = 1473.8.
        check(1_474, 0, Some(0));
        check(1_473, 0, Some(1));
        check(0, 0, Some(1_474));
        // One rejection takes back seven hundred confirmations: the lower end of n - 1 of n is at the bar from n = 2,227.
        check(1_474, 1, Some(2_227 - 1_475));
        check(0, 1, Some(2_226));
    }

    #[test]
    fn a_segment_can_be_open_where_all_red_flags_are_not() {
        let report = lane(&[(820, 100, 20), (995, 1_500, 0), (700, 0, 50)]).report();
        let open: Vec<_> =
            report.segments.iter().map(|segment| (segment.risk_min.0, segment.brand.is_some(), segment.is_open)).collect();
        assert_eq!(
            open,
            [(0, false, false), (850, false, true), (900, false, true), (950, false, true), (990, false, true), (0, true, false)]
        );
        // What is to be reviewed is not counted.
        assert_eq!(report.segments[0].confirmed.of_count, 1_620);
        assert_eq!(report.segments[0].rejected.len(), BEHIND_MAX);
        assert!(
            report.segments[0]
                .why
                .starts_with("closed: 1600 of 1620 decided red flags were confirmed: a precision of at least 98.0")
        );
    }

    #[test]
    fn parts_say_the_same_as_the_whole() {
        let mut parts = lane(&[(995, 500, 3)]);
        parts.merge(serde_json::from_str(&serde_json::to_string(&lane(&[(850, 300, 2)])).unwrap()).unwrap());
        assert_eq!(parts, lane(&[(850, 300, 2), (995, 500, 3)]));
    }
}
