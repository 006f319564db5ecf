//! Which listings are compared? Those that were flagged or decided, the most suspicious first, as many as there is room for.

use super::candidate::{Candidate, Place};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Pool {
    kept: Vec<Candidate>,
    kept_max: usize,
    /// The last place that is kept, once there was no room for another.
    last: Option<Place>,
    /// Rows that asked for a place.
    asked: u64,
}

impl Pool {
    pub(super) fn new(kept_max: usize) -> Self {
        Self { kept: Vec::new(), kept_max, last: None, asked: 0 }
    }

    /// Takes a candidate if there can be room for it; it is made only then.
    pub(super) fn offer(&mut self, place: Place, candidate: impl FnOnce() -> Candidate) {
        self.asked += 1;
        if self.last.is_none_or(|last| place <= last) {
            self.push(candidate());
        }
    }

    fn push(&mut self, candidate: Candidate) {
        self.kept.push(candidate);
        // A quarter more than is kept in the end, so that sorting is rare.
        if self.kept.len() > self.kept_max + self.kept_max / 4 {
            self.drop_last();
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.asked += other.asked;
        for candidate in other.kept {
            if self.last.is_none_or(|last| candidate.place <= last) {
                self.push(candidate);
            }
        }
    }

    fn drop_last(&mut self) {
        self.kept.sort_unstable();
        self.kept.dedup();
        if self.kept.len() >= self.kept_max {
            self.kept.truncate(self.kept_max);
            self.last = self.kept.last().map(|candidate| candidate.place);
        }
    }

    /// The candidates by listing id, one for each listing (of several versions the one with the first place), and how many rows found no
    /// place or were versions of another.
    pub(super) fn finish(mut self) -> (Vec<Candidate>, u64) {
        self.drop_last();
        // The same id on two marketplaces is two listings.
        self.kept
            .sort_by(|one, other| (&one.listing_id, &one.marketplace, one).cmp(&(&other.listing_id, &other.marketplace, other)));
        self.kept.dedup_by(|one, before| one.listing_id == before.listing_id && one.marketplace == before.marketplace);
        let left_out = self.asked.saturating_sub(self.kept.len() as u64);
        (self.kept, left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::super::candidate::Standing;
    use super::*;
    use scoring::{Harm, Listing, Policy, Scorer};

    fn filled(kept_max: usize, numbers: impl Iterator<Item = u32>) -> Pool {
        let listing = Listing { listing_id: "x".to_owned(), title: "Bag".to_owned(), ..Listing::default() };
        let mut scored = Scorer::new(Policy::embedded()).score(&listing, "");
        let mut pool = Pool::new(kept_max);
        for number in numbers {
            let standing = if number.is_multiple_of(10) { Standing::Confirmed } else { Standing::Flagged };
            scored.log_odds.0 = (number % 7).cast_signed();
            let place = Place::new(standing, &scored, u64::from(number));
            let listing = Listing { listing_id: number.to_string(), ..listing.clone() };
            pool.offer(place, || Candidate::new(&listing, (1, "s"), place, Harm(0), 0));
        }
        pool
    }

    #[test]
    fn the_most_suspicious_are_kept_whatever_the_order() {
        let all = filled(30, 0..200).finish();
        assert_eq!((all.0.len(), all.1), (30, 170));
        assert_eq!(filled(30, (0..200).rev()).finish(), all);
        let mut half = filled(30, (0..200).filter(|number| number % 3 == 0));
        half.merge(filled(30, (0..200).filter(|number| number % 3 != 0)));
        assert_eq!(half.finish(), all);
        let confirmed = all.0.iter().filter(|candidate| candidate.place.standing == Standing::Confirmed).count();
        assert_eq!(confirmed, 20);
        // One beyond the maximum.
        assert_eq!(filled(30, 0..30).finish().1, 0);
        assert_eq!(filled(30, 0..31).finish().1, 1);
        // A row given twice is one listing.
        let twice = filled(30, (0..20).chain(0..20)).finish();
        assert_eq!((twice.0.len(), twice.1), (20, 20));
    }
}
