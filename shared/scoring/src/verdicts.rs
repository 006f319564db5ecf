//! What does a policy say about listings, compared with what its authors expect, or with what another policy says?

use crate::{Band, Example, Expectation, Field, Listing, ListingError, Milli, Policy, RawListing, Reason, ScoredListing, Scorer};
use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

impl Example {
    /// The listing that it describes; its id is its place, such as `brands/gucci.toml:41`.
    ///
    /// # Errors
    /// When it has no title, which no compiled policy lets pass.
    pub fn listing(&self) -> Result<Listing, ListingError> {
        let mut raw = RawListing::default();
        raw.set(Field::ListingId, format!("{}:{}", self.file, self.line));
        for (field, text) in [
            (Field::Title, &self.title),
            (Field::Description, &self.description),
            (Field::Brand, &self.brand),
            (Field::Category, &self.category),
            (Field::Price, &self.price),
            (Field::Currency, &self.currency),
            (Field::SellerName, &self.seller_name),
        ] {
            raw.set(field, text.as_str());
        }
        raw.into_listing()
    }
}

/// An example whose verdict is not what its author expects.
#[derive(Clone, Debug)]
pub struct FailedExample {
    /// The example.
    pub example: Example,
    /// What the policy says of it.
    pub scored: ScoredListing,
}

impl fmt::Display for FailedExample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (example, scored) = (&self.example, &self.scored);
        let expected = match example.expect {
            Expectation::Flagged => "flagged",
            Expectation::Clear => "clear",
        };
        let about = |brand: &str| if brand.is_empty() { " about no brand".to_owned() } else { format!(" about {brand}") };
        let expected_brand = example.about.as_deref().map(about).unwrap_or_default();
        let brand = about(scored.brand.as_deref().unwrap_or_default());
        write!(f, "'{}' should be {expected}{expected_brand}, is {} ({}){brand}", example.title, scored.band.name(), scored.risk)
    }
}

impl Policy {
    /// Runs every example of its brands and terms, and returns those whose verdict is not as expected.
    #[must_use]
    pub fn failing_examples(self: &Arc<Self>) -> Vec<FailedExample> {
        let mut scorer = Scorer::new(self.clone());
        let mut failing = Vec::new();
        for example in self.examples() {
            let Ok(listing) = example.listing() else { continue };
            let scored = scorer.score(&listing, "");
            let is_flagged = scored.band != Band::Clear;
            let about = scored.brand.as_deref().unwrap_or_default();
            if is_flagged != (example.expect == Expectation::Flagged)
                || example.about.as_deref().is_some_and(|brand| brand != about)
            {
                failing.push(FailedExample { example: example.clone(), scored });
            }
        }
        failing
    }
}

/// Scores listings by two policies and keeps what differs.
///
/// ```
/// use scoring::{Band, Comparison, Policy, embedded_files};
/// use std::sync::Arc;
///
/// let mut files = embedded_files();
/// let text = files["scoring.toml"].replacen("review = 40.0", "review = 0.1", 1);
/// files.insert("scoring.toml".to_owned(), text);
/// let after = Arc::new(Policy::from_files(&files).unwrap());
///
/// let mut comparison = Comparison::new(Policy::embedded(), after, 10);
/// for example in Policy::embedded().examples() {
///     comparison.add(&example.listing().unwrap());
/// }
/// assert!(comparison.moves(Band::Clear, Band::Review) > 0);
/// assert_eq!(comparison.moves(Band::Review, Band::Clear), 0);
/// assert_eq!(comparison.changed()[0].after.band, Band::Review);
/// ```
pub struct Comparison {
    before: Scorer,
    after: Scorer,
    listings: u64,
    /// By the band before and the band after.
    bands: [[u64; 3]; 3],
    brand_alone: u64,
    score_alone: u64,
    /// Sums of the risks, in tenths.
    risks: (u64, u64),
    changed: Greatest,
    moved: Greatest,
}

impl Comparison {
    /// Compares two policies; of what differs, keeps this many listings of each sort.
    #[must_use]
    pub fn new(before: Arc<Policy>, after: Arc<Policy>, kept: usize) -> Self {
        let greatest = || Greatest { kept, changes: Vec::new() };
        Self {
            before: Scorer::new(before),
            after: Scorer::new(after),
            listings: 0,
            bands: [[0; 3]; 3],
            brand_alone: 0,
            score_alone: 0,
            risks: (0, 0),
            changed: greatest(),
            moved: greatest(),
        }
    }

    /// Scores one more listing by both.
    pub fn add(&mut self, listing: &Listing) {
        let (before, after) = (self.before.score(listing, ""), self.after.score(listing, ""));
        self.listings += 1;
        self.bands[before.band as usize][after.band as usize] += 1;
        self.risks.0 += u64::from(before.risk.0);
        self.risks.1 += u64::from(after.risk.0);
        let (same_band, same_brand) = (before.band == after.band, before.brand == after.brand);
        if same_band && same_brand && before.log_odds == after.log_odds {
            return;
        }
        let change = VerdictChange { title: listing.title.clone(), before, after };
        if same_band && same_brand {
            self.score_alone += 1;
            self.moved.add(change);
        } else {
            self.brand_alone += u64::from(same_band);
            self.changed.add(change);
        }
    }

    /// Listings compared.
    #[must_use]
    pub fn listings(&self) -> u64 {
        self.listings
    }

    /// Listings that went from one band to another, or stayed.
    #[must_use]
    pub fn moves(&self, before: Band, after: Band) -> u64 {
        self.bands[before as usize][after as usize]
    }

    /// Listings in another band than before.
    #[must_use]
    pub fn band_changes(&self) -> u64 {
        self.listings - (0..3).map(|band| self.bands[band][band]).sum::<u64>()
    }

    /// Listings in the same band, about another brand.
    #[must_use]
    pub fn brand_changes(&self) -> u64 {
        self.brand_alone
    }

    /// Listings of other log odds, in the same band and about the same brand. Their risk may be the same: it ends at 99.5.
    #[must_use]
    pub fn score_changes(&self) -> u64 {
        self.score_alone
    }

    /// Mean risk before and after, in points from 0 to 100; 0 without listings.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // a mean for people to read
    pub fn mean_risks(&self) -> (f64, f64) {
        let mean = |tenths: u64| tenths as f64 / 10.0 / self.listings.max(1) as f64;
        (mean(self.risks.0), mean(self.risks.1))
    }

    /// The listings whose band or brand changes, the greatest change of risk first.
    pub fn changed(&mut self) -> &[VerdictChange] {
        self.changed.sorted()
    }

    /// The listings whose log odds alone change, the greatest change of risk first.
    pub fn moved(&mut self) -> &[VerdictChange] {
        self.moved.sorted()
    }
}

/// A listing about which two policies disagree.
#[derive(Clone, Debug)]
pub struct VerdictChange {
    /// Its title.
    pub title: String,
    /// What the one says.
    pub before: ScoredListing,
    /// What the other says.
    pub after: ScoredListing,
}

/// A signal that is worth something else than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference<'c> {
    /// Its name.
    pub signal: &'c str,
    /// Its points before; 0 when it did not fire.
    pub before: Milli,
    /// Its points after; 0 when it does not fire.
    pub after: Milli,
    /// Why it fires, or fired.
    pub why: &'c str,
}

impl VerdictChange {
    /// The signals that make the difference, the greatest first.
    #[must_use]
    pub fn differences(&self) -> Vec<Difference<'_>> {
        let points = |reasons: &[Reason], signal: &str| {
            reasons.iter().find(|reason| reason.signal == signal).map_or(Milli::default(), |reason| reason.points)
        };
        let (before, after) = (&self.before.reasons, &self.after.reasons);
        let gone = before.iter().filter(|reason| after.iter().all(|other| other.signal != reason.signal));
        let mut differences: Vec<_> = after
            .iter()
            .chain(gone)
            .map(|reason| Difference {
                signal: &reason.signal,
                before: points(before, &reason.signal),
                after: points(after, &reason.signal),
                why: &reason.why,
            })
            .filter(|difference| difference.before != difference.after)
            .collect();
        differences.sort_by_key(|difference| (Reverse(difference.before.0.abs_diff(difference.after.0)), difference.signal));
        differences
    }

    fn size(&self) -> (Reverse<u16>, Reverse<u32>) {
        let (before, after) = (&self.before, &self.after);
        (Reverse(before.risk.0.abs_diff(after.risk.0)), Reverse(before.log_odds.0.abs_diff(after.log_odds.0)))
    }
}

/// The greatest changes, whatever the number of all.
struct Greatest {
    kept: usize,
    changes: Vec<VerdictChange>,
}

impl Greatest {
    fn add(&mut self, change: VerdictChange) {
        self.changes.push(change);
        // Sorted now and then only, so that a change costs little.
        if self.changes.len() > 2 * self.kept + 1 {
            self.sorted();
        }
    }

    fn sorted(&mut self) -> &[VerdictChange] {
        self.changes.sort_by_key(VerdictChange::size);
        self.changes.truncate(self.kept);
        &self.changes
    }
}
