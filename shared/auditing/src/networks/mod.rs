//! Which sellers offend again and again, which of them belong together, and what proves it?
//!
//! Asked are networks of **offenders**: only listings that were flagged or confirmed are compared, and a listing that a person cleared is
//! not. A seller none of whose listings was flagged or confirmed is in no group, whatever it shares: that is what keeps honest sellers
//! out, and the accounts of a network that nobody suspects yet. On simulated marketplaces of 1,000,000 listings it costs at most one
//! account of a hundred (seeds 7, 8, 9 and 2026: 0, 9, 2 and 1 of some 1,270 were never flagged); 98% and more of the planted pairs are
//! found, none wrongly (`tests/eval/tests/networks.rs`).
//!
//! One pass over the rows holds three things, none of which grows beyond its limit or depends on the order:
//!
//! * how many listings each seller has (`lowest`);
//! * for every picture, title and word that may be a contact, roughly which sellers show it (`spread`), so that a value that honest
//!   sellers show too is known to be no evidence;
//! * the suspected listings themselves, the most suspicious first (`pool`).
//!
//! In the end near-identical offers are found among the suspected (`offers`), what two sellers share is weighed (`evidence`), and
//! linked sellers become groups (`groups`). A link needs a mail address or telephone number, or two of accounts, pictures and an
//! offer; two groups that stand by themselves are not joined through a single account.
//!
//! Not seen are sellers who share nothing written: other pictures of the same goods, a telephone number within a picture, the same owner.

mod assembly;
mod candidate;
mod evidence;
mod groups;
mod hash;
mod lowest;
mod offers;
mod pictures;
mod pool;
mod report;
mod spread;
mod words;

pub use evidence::Shared;
pub use report::{Group, LeftOut, Link, Member, Networks, Proof, Rate, Relisted, RepeatOffender, Seller};

use crate::Decided;
use crate::limits::{CANDIDATES_MAX, NETWORK_DECISIONS_MAX, SELLERS_COUNTED_MAX};
use candidate::{Candidate, Place, Standing};
use lowest::{Lowest, Tally};
use pool::Pool;
use scoring::{Band, Harm, Listing, Policy, ScoredListing};
use serde::{Deserialize, Serialize};
use spread::Spread;

/// What was gathered from the rows so far. It is as confidential as the listings, parts of which it holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sightings {
    /// Keeps the names of contacts from being guessed.
    salt: u64,
    rows: u64,
    rows_without_seller: u64,
    rows_with_words_not_remembered: u64,
    decisions: Lowest<Said>,
    decisions_given: u64,
    decided_rows: u64,
    sellers: Lowest<u32>,
    spread: Spread,
    pool: Pool,
    #[serde(skip)]
    plain: String,
}

/// What people said of a listing: 1 for "no", 2 for "yes".
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Said(u8);

impl Tally for Said {
    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl Sightings {
    /// Begins with the decisions that stand, at most one for each listing: a listing that was confirmed is compared even where its score
    /// was low, and one that was cleared never. The `key` is a secret of the installation: contacts are named by a hash that depends on
    /// it, so that the report tells which are the same, and to those without the key not what they are.
    pub fn new<'d>(key: &str, decided: impl IntoIterator<Item = &'d Decided>) -> Self {
        let mut decisions = Lowest::new(NETWORK_DECISIONS_MAX);
        let mut decisions_given = 0;
        for decision in decided {
            decisions_given += 1;
            decisions.add(candidate::listing_name(&decision.listing_id), Said(if decision.counterfeit { 2 } else { 1 }));
        }
        decisions.drop_highest();
        Self {
            salt: hash::sealed(0, key),
            rows: 0,
            rows_without_seller: 0,
            rows_with_words_not_remembered: 0,
            decisions,
            decisions_given,
            decided_rows: 0,
            sellers: Lowest::new(SELLERS_COUNTED_MAX),
            spread: Spread::new(),
            pool: Pool::new(CANDIDATES_MAX),
            plain: String::new(),
        }
    }

    /// Takes a listing of the window with its newest result. `harm` is what it would cost buyers ([`Policy::expected_harm`]).
    pub fn observe(&mut self, listing: &Listing, scored: &ScoredListing, harm: Harm) {
        self.rows += 1;
        let name = candidate::listing_name(&listing.listing_id);
        let said = self.decisions.get(name);
        self.decided_rows += u64::from(said.is_some());
        let Some((seller, seller_id)) = candidate::seller(listing) else {
            self.rows_without_seller += 1;
            return;
        };
        self.sellers.add(seller, 1);
        for picture in candidate::shown_pictures(listing, &mut self.plain) {
            self.spread.note(picture, seller);
        }
        self.spread.note(words::title(&listing.title), seller);
        let mut is_cut = false;
        for text in candidate::texts(listing) {
            is_cut |= words::contact_words(text, |word| self.spread.note(word, seller));
        }
        self.rows_with_words_not_remembered += u64::from(is_cut);
        let standing = match said {
            Some(Said(said)) if said & 2 != 0 => Standing::Confirmed,
            Some(_) => Standing::Rejected,
            None if scored.band >= Band::Review => Standing::Flagged,
            None => return,
        };
        let place = Place::new(standing, scored, name);
        let salt = self.salt;
        self.pool.offer(place, || Candidate::new(listing, (seller, seller_id), place, harm, salt));
    }

    /// Adds what was gathered from other rows, begun with the same key and the same decisions.
    pub fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.rows_without_seller += other.rows_without_seller;
        self.rows_with_words_not_remembered += other.rows_with_words_not_remembered;
        self.decided_rows += other.decided_rows;
        self.sellers.merge(other.sellers);
        self.spread.merge(&other.spread);
        self.pool.merge(other.pool);
    }

    /// What the rows tell about their sellers. The policy tells which words are disguised.
    #[must_use]
    pub fn finish(mut self, policy: &Policy) -> Networks {
        self.sellers.drop_highest();
        assembly::report(self, policy)
    }
}

#[cfg(test)]
mod tests;
