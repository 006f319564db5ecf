//! What is counted while rows go by? Everything the report needs, in constant memory.

use super::counter::Counter;
use super::excerpt::cut;
use super::frequent::Frequent;
use super::limits::{
    BRANDS_MAX, CODES_MAX, KEY_BYTES_MAX, REJECT_DETAIL_BYTES_MAX, REJECTS_KEPT_MAX, SELLERS_MAX, SIGNALS_MAX,
    SUMMARY_LISTINGS_MAX,
};
use super::summary::{Bands, Highest};
use super::top::{Top, TopListing};
use exports::Reject;
use scoring::{Band, Listing, Milli, ScoredListing};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One bin for each whole point of risk, 0 to 100.
pub(super) const BINS: usize = 101;

/// Counts over the rows of one job, fed in the order of the rows. It is part of the checkpoint: written as JSON and read back, it goes
/// on as if nothing had happened. Smaller than [`TALLY_BYTES_MAX`](super::limits::TALLY_BYTES_MAX) whatever the rows are.
///
/// ```
/// use ingest::report::Tally;
/// use scoring::{Listing, Policy, Scorer};
///
/// let mut tally = Tally::default();
/// let listing = Listing { listing_id: "1".into(), title: "Garden hose, 20 m".into(), ..Listing::default() };
/// let scored = Scorer::new(Policy::embedded()).score(&listing, "2026-11-23T00:00:00Z");
/// tally.add(&listing, &scored);
/// tally.reject(&exports::Reject { line: 3, code: "row.missing_title".into(), detail: "the row has no title".into() });
/// assert_eq!((tally.scored(), tally.rejected(), tally.bands().clear), (1, 1, 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    bands: Bands,
    rejected: u64,
    #[serde(with = "bins")]
    pub(super) risk: Bins,
    pub(super) signals: Counter<Fired, SIGNALS_MAX>,
    issues: Counter<u64, CODES_MAX>,
    pub(super) brands: Frequent<BRANDS_MAX>,
    pub(super) sellers: Frequent<SELLERS_MAX>,
    /// Flagged listings that name no brand and no seller.
    pub(super) without_brand: u64,
    pub(super) without_seller: u64,
    pub(super) top: Top,
    rejects_by_code: Counter<u64, CODES_MAX>,
    pub(super) rejects: Vec<Reject>,
}

/// Listings by whole points of risk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bins(pub(super) [u64; BINS]);

impl Default for Bins {
    fn default() -> Self {
        Self([0; BINS])
    }
}

/// How often a signal fired and what its points add up to, in thousandths of log odds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fired {
    pub(super) listings: u64,
    pub(super) flagged: u64,
    pub(super) points: i64,
}

impl Tally {
    /// Counts a scored listing.
    pub fn add(&mut self, listing: &Listing, scored: &ScoredListing) {
        let flagged = scored.band > Band::Clear;
        match scored.band {
            Band::Clear => self.bands.clear += 1,
            Band::Review => self.bands.review += 1,
            Band::RedFlag => self.bands.red_flag += 1,
        }
        self.risk.0[usize::from(scored.risk.0 / 10).min(BINS - 1)] += 1;
        for reason in &scored.reasons {
            let Milli(points) = reason.points;
            let fired = self.signals.entry(&reason.signal);
            fired.listings += 1;
            fired.flagged += u64::from(flagged);
            fired.points = fired.points.saturating_add(i64::from(points));
        }
        for issue in &scored.issues {
            *self.issues.entry(&issue.code) += 1;
        }
        if flagged {
            self.add_flagged(listing, scored);
        }
    }

    fn add_flagged(&mut self, listing: &Listing, scored: &ScoredListing) {
        let (red_flag, review) = if scored.band == Band::RedFlag { (1, 0) } else { (0, 1) };
        match &scored.brand {
            Some(brand) => {
                let key = cut(brand, KEY_BYTES_MAX);
                let flagged = self.brands.entry(&key, &key);
                flagged.red_flag += red_flag;
                flagged.review += review;
            }
            None => self.without_brand += 1,
        }
        // Shops change their name more easily than their id.
        match listing.seller_id.as_ref().or(listing.seller_name.as_ref()) {
            Some(id) => {
                let name = listing.seller_name.as_ref().unwrap_or(id);
                let flagged = self.sellers.entry(&cut(id, KEY_BYTES_MAX), &cut(name, KEY_BYTES_MAX));
                flagged.red_flag += red_flag;
                flagged.review += review;
            }
            None => self.without_seller += 1,
        }
        self.top.offer(listing, scored);
    }

    /// Counts a row that was no listing.
    pub fn reject(&mut self, reject: &Reject) {
        self.rejected += 1;
        *self.rejects_by_code.entry(&reject.code) += 1;
        if self.rejects.len() < REJECTS_KEPT_MAX {
            let detail = cut(&reject.detail, REJECT_DETAIL_BYTES_MAX);
            self.rejects.push(Reject { line: reject.line, code: cut(&reject.code, KEY_BYTES_MAX), detail });
        }
    }

    /// Rows that were scored.
    #[must_use]
    pub fn scored(&self) -> u64 {
        self.bands.clear + self.bands.flagged()
    }

    /// Rows that were no listing.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.rejected
    }

    /// Scored listings by band.
    #[must_use]
    pub fn bands(&self) -> Bands {
        self.bands
    }

    /// Fields that could not be read, by code, for [`Summary::issues`](super::Summary::issues).
    #[must_use]
    pub fn issues(&self) -> BTreeMap<String, u64> {
        self.issues.to_map()
    }

    /// Rejected rows by code, for [`Summary::rejects`](super::Summary::rejects).
    #[must_use]
    pub fn rejects(&self) -> BTreeMap<String, u64> {
        self.rejects_by_code.to_map()
    }

    /// The highest risks, for the summary.
    #[must_use]
    pub fn highest(&self) -> Vec<Highest> {
        self.top.listings().iter().take(SUMMARY_LISTINGS_MAX).map(TopListing::in_short).collect()
    }

    /// The highest whole point of risk that a listing has.
    pub(super) fn highest_risk(&self) -> Option<usize> {
        self.risk.0.iter().rposition(|listings| *listings > 0)
    }
}

/// Serde knows arrays up to 32; the bins are written as a list.
mod bins {
    use super::{BINS, Bins};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bins: &Bins, serializer: S) -> Result<S::Ok, S::Error> {
        bins.0.as_slice().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bins, D::Error> {
        let list = Vec::<u64>::deserialize(deserializer)?;
        list.try_into().map(Bins).map_err(|list: Vec<u64>| D::Error::invalid_length(list.len(), &BINS.to_string().as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::limits::{REASONS_KEPT_MAX, TALLY_BYTES_MAX, TOP_LISTINGS_MAX};
    use scoring::{Issue, Reason, Risk};

    fn listing(id: usize, text: &str) -> Listing {
        let text = || Some(text.to_owned());
        Listing {
            listing_id: format!("{id}"),
            title: text().unwrap_or_default(),
            description: text(),
            brand: text(),
            category: text(),
            seller_id: Some(format!("{id} {}", text().unwrap_or_default())),
            seller_name: text(),
            url: text(),
            ..Listing::default()
        }
    }

    fn scored(id: usize, risk: u16, reasons: usize, text: &str) -> ScoredListing {
        let reason = |n: usize| Reason {
            signal: format!("signal_{n}"),
            points: Milli(i32::try_from(n).unwrap_or(0)),
            field: "title".into(),
            start: 0,
            end: 3,
            text: text.into(),
            why: text.into(),
            rule: None,
        };
        let band = if risk >= 800 {
            Band::RedFlag
        } else if risk >= 400 {
            Band::Review
        } else {
            Band::Clear
        };
        ScoredListing {
            listing_id: format!("{id}"),
            risk: Risk(risk),
            log_odds: Milli(i32::from(risk)),
            band,
            brand: Some(text.into()),
            reasons: (0..reasons).map(reason).collect(),
            issues: vec![Issue { field: "price".into(), code: "price.not_a_number".into(), detail: "x".into() }],
            policy: "p-1".into(),
            input: "h-1".into(),
            scored_at: "2026-11-23T00:00:00Z".into(),
        }
    }

    #[test]
    fn every_row_is_counted_once() {
        let mut tally = Tally::default();
        for risk in 0..=1000 {
            tally.add(&listing(0, "Bag"), &scored(0, risk, 2, "gucci"));
        }
        assert_eq!(tally.bands(), Bands { clear: 400, review: 400, red_flag: 201 });
        assert_eq!(tally.scored(), 1001);
        assert_eq!(tally.risk.0.iter().sum::<u64>(), 1001);
        assert_eq!((tally.risk.0[0], tally.risk.0[40], tally.risk.0[100]), (10, 10, 1));
        assert_eq!(tally.issues()["price.not_a_number"], 1001);
        let (name, flagged) = tally.brands.top(5)[0];
        assert_eq!((name, flagged.red_flag, flagged.review, tally.brands.floor()), ("gucci", 201, 400, 0));
        let fired = tally.signals.entry("signal_1");
        assert_eq!((fired.listings, fired.flagged, fired.points), (1001, 601, 1001));
    }

    #[test]
    fn a_checkpoint_changes_nothing() {
        let step = |tally: &mut Tally, id: usize| {
            let risk = u16::try_from(id * 37 % 1001).unwrap();
            tally.add(&listing(id % 1_500, "驴包 \u{200b}\u{1}\"<x>"), &scored(id, risk, id % 20, "b\u{202e}rand"));
            tally.reject(&Reject { line: id as u64, code: format!("row.{}", id % 3), detail: "\u{0}".into() });
        };
        let (mut whole, mut cut_off) = (Tally::default(), Tally::default());
        for id in 0..4_000 {
            step(&mut whole, id);
            step(&mut cut_off, id);
            if id % 500 == 3 {
                cut_off = serde_json::from_str(&serde_json::to_string(&cut_off).unwrap()).unwrap();
            }
        }
        assert!(whole.sellers.floor() > 0, "the sellers must overflow in this test");
        assert_eq!(whole, cut_off);
        assert_eq!(serde_json::to_string(&whole).unwrap(), serde_json::to_string(&cut_off).unwrap());
    }

    #[test]
    fn a_hostile_file_stays_within_the_limit() {
        let mut tally = Tally::default();
        let text = "\u{1}".repeat(1_024);
        for id in 0..2_000_usize {
            let mut result = scored(id, 900, REASONS_KEPT_MAX + 1, &text);
            result.listing_id.push_str(&text[..1_020]);
            result.log_odds = Milli(i32::try_from(id).unwrap());
            tally.add(&listing(id, &text), &result);
            tally.reject(&Reject { line: 1, code: format!("row.{id}"), detail: text.clone() });
        }
        assert_eq!(tally.top.listings().len(), TOP_LISTINGS_MAX);
        assert_eq!(tally.top.listings()[0].others, (1, Milli(0)));
        let bytes = serde_json::to_vec(&tally).unwrap().len();
        assert!(bytes < TALLY_BYTES_MAX, "{bytes}");
        assert!(bytes > TALLY_BYTES_MAX / 2, "the test is hostile enough: {bytes}");
    }
}
