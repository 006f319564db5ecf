//! What would clear a listing? The fewest signals that must fall silent, by changes that a seller can make, tried out by scoring.
//!
//! The question of the honest seller who was flagged. A change takes away the words that a signal points at, wherever it points next as
//! well, or a field that is wrong, or puts the price where genuine goods are. What the seller is (age, rating, name) is no part of the
//! listing and stays. Nothing is added that could only fool the scorer.

use crate::limits::{CHANGES_OF_SIGNAL_MAX, SCORINGS_MAX, SILENCED_MAX};
use crate::listing::Field;
use crate::{Amount, Band, Listing, Reason, Risk, ScoredListing, Scorer, quote};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How a change is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Take the words out; of a field without words, the whole.
    Remove,
    /// Put something else in its place.
    Replace,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The signal that it silences, perhaps with others of the same signal.
    pub signal: String,
    /// The field, as named in the listing.
    pub field: String,
    /// What to do.
    pub action: Action,
    /// First byte in the ORIGINAL field.
    pub start: u32,
    /// One past the last byte; equal to `start` when the whole field is meant.
    pub end: u32,
    /// What stands there, as a quotation.
    pub text: String,
    /// What to put there.
    pub with: Option<String>,
    /// What is wrong with it, for a person.
    pub why: String,
    /// The risk after this and all changes before it.
    pub risk_after: Risk,
}

/// What would clear a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counterfactual {
    /// Of the listing.
    pub listing_id: String,
    /// As it is.
    pub risk: Risk,
    /// The first risk that is not clear.
    pub threshold: Risk,
    /// Whether the changes clear it. If not, they are the best that was found.
    pub reachable: bool,
    /// Whether no smaller number of signals would do.
    pub minimal: bool,
    /// In the order in which to make them; none when it is clear already.
    pub changes: Vec<Change>,
    /// After all changes, by scoring the changed listing.
    pub risk_after: Risk,
    /// The band of it.
    pub band_after: Band,
    /// The policy that says so.
    pub policy: String,
    /// How many listings were scored to find out.
    pub scorings: u32,
}

impl Counterfactual {
    /// The listing with the changes made.
    #[must_use]
    pub fn apply(&self, listing: &Listing) -> Listing {
        Edits::of(&self.changes).apply(listing).0
    }
}

impl Scorer {
    /// Looks for the fewest signals whose silence brings a listing below the review threshold of the policy. Total, and bounded by
    /// [`SCORINGS_MAX`] scorings.
    pub fn counterfactual(&mut self, listing: &Listing) -> Counterfactual {
        let scored = self.score(listing, "");
        let threshold = self.policy().thresholds().review;
        let mut search = Search { scorer: self, original: listing, threshold, scorings: 1, seen: BTreeSet::new() };
        let start = Candidate { changes: Vec::new(), silenced: Vec::new(), scored: scored.clone() };
        let (best, minimal) = search.run(start);
        let scorings = search.scorings;
        Counterfactual {
            listing_id: listing.listing_id.clone(),
            risk: scored.risk,
            threshold,
            reachable: best.scored.risk < threshold,
            minimal: minimal && best.scored.risk < threshold,
            risk_after: best.scored.risk,
            band_after: best.scored.band,
            changes: best.changes,
            policy: scored.policy,
            scorings,
        }
    }
}

/// A changed listing, as scored.
#[derive(Clone)]
struct Candidate {
    changes: Vec<Change>,
    /// Sorted.
    silenced: Vec<String>,
    scored: ScoredListing,
}

struct Search<'s> {
    scorer: &'s mut Scorer,
    original: &'s Listing,
    threshold: Risk,
    scorings: u32,
    /// Sets of signals that were silenced: the order makes no difference worth another try.
    seen: BTreeSet<Vec<String>>,
}

impl Search<'_> {
    /// Level by level, so that the first that is clear has the fewest; beyond the limit straight ahead.
    fn run(&mut self, start: Candidate) -> (Candidate, bool) {
        if start.scored.risk < self.threshold {
            return (start, true);
        }
        let mut level = vec![start.clone()];
        for _ in 0..SILENCED_MAX {
            let mut next = Vec::new();
            for candidate in &level {
                for reason in candidate.scored.reasons.iter().filter(|reason| reason.points.0 > 0) {
                    if self.scorings >= SCORINGS_MAX {
                        return (self.straight_ahead(start), false);
                    }
                    let mut silenced = candidate.silenced.clone();
                    silenced.push(reason.signal.clone());
                    silenced.sort();
                    if !self.seen.insert(silenced.clone()) {
                        continue;
                    }
                    next.extend(self.silence(candidate, reason, silenced));
                }
            }
            // Of several that are clear the one with the fewest changes, then the lowest risk.
            let clear = next.iter().filter(|candidate| candidate.scored.risk < self.threshold);
            if let Some(best) = clear.min_by_key(|candidate| (candidate.changes.len(), candidate.scored.log_odds)) {
                return (best.clone(), true);
            }
            if next.is_empty() {
                break;
            }
            next.sort_by_key(|candidate| candidate.scored.log_odds);
            level = next;
        }
        (self.straight_ahead(start), false)
    }

    /// Silences the weightiest signal again and again.
    fn straight_ahead(&mut self, start: Candidate) -> Candidate {
        let mut best = start;
        for _ in 0..crate::signals::ALL.len() {
            if best.scored.risk < self.threshold {
                break;
            }
            let reasons = best.scored.reasons.clone();
            let heavy = reasons.iter().filter(|reason| reason.points.0 > 0 && !best.silenced.contains(&reason.signal));
            let next = heavy.into_iter().find_map(|reason| {
                let mut silenced = best.silenced.clone();
                silenced.push(reason.signal.clone());
                silenced.sort();
                self.silence(&best, reason, silenced).filter(|next| next.scored.log_odds < best.scored.log_odds)
            });
            match next {
                Some(next) => best = next,
                None => break,
            }
        }
        best
    }

    /// Makes changes until the signal of a reason is silent; nothing when no change of the listing does that.
    fn silence(&mut self, from: &Candidate, reason: &Reason, silenced: Vec<String>) -> Option<Candidate> {
        let mut candidate = Candidate { silenced, ..from.clone() };
        let mut reason = reason.clone();
        for _ in 0..CHANGES_OF_SIGNAL_MAX {
            let change = self.change(&candidate, &reason)?;
            candidate.changes.push(change);
            candidate.scored = self.score(&candidate.changes)?;
            if let Some(last) = candidate.changes.last_mut() {
                last.risk_after = candidate.scored.risk;
            }
            match candidate.scored.reasons.iter().find(|again| again.signal == reason.signal && again.points.0 > 0) {
                None => return Some(candidate),
                Some(again) => reason = again.clone(),
            }
        }
        None
    }

    /// The change that answers a reason.
    fn change(&mut self, candidate: &Candidate, reason: &Reason) -> Option<Change> {
        let field = Field::from_name(&reason.field)?;
        let change = |action, range: Range<usize>, text: String, with| Change {
            signal: reason.signal.clone(),
            field: reason.field.clone(),
            action,
            start: u32::try_from(range.start).unwrap_or(u32::MAX),
            end: u32::try_from(range.end).unwrap_or(u32::MAX),
            text,
            with,
            why: reason.why.clone(),
            risk_after: candidate.scored.risk,
        };
        match field {
            Field::Price => {
                let (text, with) = (self.original.price?.to_string(), self.price(candidate, &reason.signal)?.to_string());
                Some(change(Action::Replace, 0..0, text, Some(with)))
            }
            Field::Title | Field::Description | Field::Brand | Field::Category | Field::Url if reason.start < reason.end => {
                let (_, pieces) = Edits::of(&candidate.changes).apply(self.original);
                let original = self.original.text(field)?;
                let at = |offset: u32| usize::try_from(offset).ok();
                let range = pieces.get(&field)?.original(at(reason.start)?..at(reason.end)?)?;
                let text = quote(original.get(range.clone())?);
                Some(change(Action::Remove, range, text, None))
            }
            Field::Brand | Field::Category | Field::Gtin | Field::Url => {
                let text = quote(self.original.text(field)?);
                Some(change(Action::Remove, 0..0, text, None))
            }
            _ => None,
        }
    }

    /// The lowest price of two figures at which a signal is silent.
    fn price(&mut self, candidate: &Candidate, signal: &str) -> Option<Amount> {
        let fires = |search: &mut Self, price: Amount| {
            let mut edits = Edits::of(&candidate.changes);
            edits.price = Some(price);
            search.scorings += 1;
            let scored = search.scorer.score(&edits.apply(search.original).0, "");
            scored.reasons.iter().any(|reason| reason.signal == signal && reason.points.0 > 0)
        };
        let (mut too_low, mut enough) = (self.original.price?.0, None);
        let mut price = two_figures(too_low.max(Amount::ONE));
        for _ in 0..40 {
            price = two_figures(price.checked_mul(2)?);
            if !fires(self, Amount(price)) {
                enough = Some(price);
                break;
            }
            too_low = price;
        }
        let mut enough = enough?;
        for _ in 0..8 {
            let middle = two_figures(too_low + (enough - too_low) / 2);
            if middle >= enough || middle <= too_low {
                break;
            }
            if fires(self, Amount(middle)) {
                too_low = middle;
            } else {
                enough = middle;
            }
        }
        Some(Amount(enough))
    }

    fn score(&mut self, changes: &[Change]) -> Option<ScoredListing> {
        let listing = Edits::of(changes).apply(self.original).0;
        // A listing without a title is none.
        if listing.title.trim().is_empty() {
            return None;
        }
        self.scorings += 1;
        Some(self.scorer.score(&listing, ""))
    }
}

/// Rounds an amount up to its first two figures.
fn two_figures(amount: i64) -> i64 {
    let mut unit = 1;
    while amount / unit >= 100 {
        unit *= 10;
    }
    amount.div_euclid(unit).saturating_add(i64::from(amount % unit != 0)).saturating_mul(unit)
}

/// Changes, gathered by field.
#[derive(Default)]
struct Edits {
    removed: BTreeMap<Field, Vec<Range<usize>>>,
    dropped: BTreeSet<Field>,
    price: Option<Amount>,
}

/// What is left of a text: runs of bytes with where they stood.
struct Pieces(Vec<(usize, Range<usize>)>);

impl Pieces {
    /// The original range of a range of what is left.
    fn original(&self, range: Range<usize>) -> Option<Range<usize>> {
        let at = |offset: usize| {
            let (start, piece) = self.0.iter().rev().find(|(start, _)| *start <= offset)?;
            let within = offset - start;
            (within < piece.len()).then(|| piece.start + within)
        };
        Some(at(range.start)?..at(range.end.checked_sub(1)?)? + 1)
    }
}

impl Edits {
    fn of(changes: &[Change]) -> Self {
        let mut edits = Self::default();
        for change in changes {
            let Some(field) = Field::from_name(&change.field) else { continue };
            if let Some(with) = &change.with {
                edits.price = crate::listing::amount(with);
            } else if change.start == change.end {
                edits.dropped.insert(field);
            } else if let (Ok(start), Ok(end)) = (usize::try_from(change.start), usize::try_from(change.end)) {
                edits.removed.entry(field).or_default().push(start..end);
            }
        }
        edits
    }

    fn apply(&self, listing: &Listing) -> (Listing, BTreeMap<Field, Pieces>) {
        let mut changed = listing.clone();
        let mut pieces = BTreeMap::new();
        let mut left = |field: Field, text: &str| {
            let (left, of_field) = without(text, self.removed.get(&field).map_or(&[][..], Vec::as_slice));
            pieces.insert(field, of_field);
            left
        };
        changed.title = left(Field::Title, &listing.title);
        for (field, text) in [
            (Field::Description, &mut changed.description),
            (Field::Brand, &mut changed.brand),
            (Field::Category, &mut changed.category),
            (Field::Url, &mut changed.url),
        ] {
            *text = text.take().map(|text| left(field, &text)).filter(|text| !text.trim().is_empty());
            if self.dropped.contains(&field) {
                *text = None;
            }
        }
        if self.dropped.contains(&Field::Gtin) {
            changed.gtin = None;
        }
        changed.price = self.price.or(changed.price);
        (changed, pieces)
    }
}

/// A text without some of its ranges, and without the white space that would then stand twice.
fn without(text: &str, removed: &[Range<usize>]) -> (String, Pieces) {
    let mut removed = removed.to_vec();
    removed.sort_by_key(|range| range.start);
    let (mut left, mut pieces, mut from) = (String::with_capacity(text.len()), Vec::new(), 0);
    for range in removed.into_iter().chain([text.len()..text.len()]) {
        if let Some(piece) = text.get(from..range.start.max(from)) {
            let is_joint = from > 0 && left.chars().next_back().is_none_or(char::is_whitespace);
            let kept = if is_joint { piece.trim_start() } else { piece };
            let start = from + piece.len() - kept.len();
            pieces.push((left.len(), start..start + kept.len()));
            left.push_str(kept);
        }
        from = from.max(range.end);
    }
    (left, Pieces(pieces))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Policy, RawListing};

    fn listing(fields: &[(Field, &str)]) -> Listing {
        let mut raw = RawListing::default();
        raw.set(Field::ListingId, "A-17");
        for (field, value) in fields {
            raw.set(*field, *value);
        }
        raw.into_listing().unwrap()
    }

    fn check(fields: &[(Field, &str)], reachable: bool, expected: &[(&str, &str, Option<&str>)]) {
        let listing = listing(fields);
        let mut scorer = Scorer::new(Policy::embedded());
        let found = scorer.counterfactual(&listing);
        let changes: Vec<_> =
            found.changes.iter().map(|change| (change.field.as_str(), change.text.as_str(), change.with.as_deref())).collect();
        assert_eq!((changes.as_slice(), found.reachable), (expected, reachable), "{found:#?}");
        let after = scorer.score(&found.apply(&listing), "");
        assert_eq!((after.risk, after.band), (found.risk_after, found.band_after));
        assert_eq!(found.reachable, after.risk < found.threshold);
        for change in &found.changes {
            let text = listing.text(Field::from_name(&change.field).unwrap()).unwrap_or_default();
            if change.start < change.end {
                assert_eq!(quote(&text[change.start as usize..change.end as usize]), change.text);
            }
        }
    }

    #[test]
    fn the_smallest_change_that_clears() {
        check(&[(Field::Title, "Louis Vuitton Neverfull bag")], true, &[]);
        check(&[(Field::Title, "Rolex Submariner replica, new")], true, &[("title", "replica", None)]);
        // Wherever the signal points next is part of the change.
        check(
            &[(Field::Title, "Rolex replica, new"), (Field::Description, "Best replica, 驴牌 too")],
            true,
            &[("description", "Best replica", None), ("title", "replica", None)],
        );
        check(
            &[(Field::Title, "Gucci Marmont bag"), (Field::Brand, "Gucci"), (Field::Price, "25"), (Field::Currency, "USD")],
            true,
            &[("price", "25", Some("100"))],
        );
    }

    #[test]
    fn what_is_left_is_a_clean_text_with_known_places() {
        let check = |text: &str, removed: &[Range<usize>], expected: &str| {
            let (left, pieces) = without(text, removed);
            assert_eq!(left, expected);
            for (at, letter) in left.char_indices() {
                let range = pieces.original(at..at + letter.len_utf8()).unwrap();
                assert_eq!(&text[range], &left[at..at + letter.len_utf8()]);
            }
        };
        check("a bb c", &[2..4], "a c");
        check("bb c", &[0..2], "c");
        check("a 复刻 c", &[2..8], "a c");
        check("a bb cc d", &[5..7, 2..4], "a d");
        check("a bb", &[2..4], "a ");
        check("abc", &[0..3], "");
        check("abcdef", &[1..4, 2..5], "af");
    }

    #[test]
    fn prices_are_rounded_up() {
        for (amount, expected) in [(0, 0), (1, 1), (99, 99), (100, 100), (101, 110), (123_456, 130_000), (i64::MAX, i64::MAX)] {
            assert_eq!(two_figures(amount), expected);
        }
    }
}
