//! What do two sellers share that others do not, and how much does it say?
//!
//! A telephone number leads to one person. The name of an account can be another person's on another service, and a picture or an offer
//! can be copied by anybody, so that it takes two of these. What is shared by few says more than what is shared by many (inverse document
//! frequency, Spärck Jones 1972), and what honest sellers show as well says nothing: it is the placeholder of a shop system, a picture
//! of the maker, the title of a catalogue or the help desk of the marketplace.

use super::candidate::{Candidate, listing_name};
use super::offers::Offers;
use super::spread::{Spread, bit};
use crate::limits::{EVIDENCE_MAX, VALUE_SELLERS_MAX};
use serde::{Deserialize, Serialize};

/// What two sellers share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shared {
    /// A mail address or telephone number.
    Contact,
    /// The name of an account on a messenger or network, or a link.
    Account,
    /// The address of a picture, whatever its size and format.
    Picture,
    /// A near-identical text.
    Offer,
}

impl Shared {
    pub(super) const ALL: [Self; 4] = [Self::Contact, Self::Account, Self::Picture, Self::Offer];

    /// What it says when no two other sellers share anything like it, in thousandths, and how many of its sort count for one link. With
    /// [`LINK_POINTS_MIN`] a contact is enough, and so are any two of the others but two offers: whoever copies one listing copies more.
    const fn points(self) -> (u32, usize) {
        match self {
            Self::Contact => (1_000, 2),
            Self::Account | Self::Picture => (600, 2),
            Self::Offer => (500, 1),
        }
    }
}

/// Least points of a link. Of 100,000 sellers, up to 88 may share a contact, and as many as are compared at all a picture and an offer.
pub(super) const LINK_POINTS_MIN: u32 = 650;

/// Fewest sellers that a window is taken to have: what is rare among ten is not rare.
const SELLERS_ASSUMED_MIN: u64 = 1_000;

/// A value that sellers share.
pub(super) struct Value {
    pub(super) shared: Shared,
    /// Sealed where it is a contact.
    pub(super) name: u64,
    /// Sellers, as indexes, sorted, each with the first of their listings that shows it.
    pub(super) sellers: Vec<(u32, u32)>,
    pub(super) points: u32,
}

/// Two sellers and what they share, as indexes.
pub(super) struct Link {
    pub(super) sellers: [u32; 2],
    pub(super) points: u32,
    /// The most telling first.
    pub(super) values: Vec<u32>,
}

/// What sellers share, and what was no evidence.
#[derive(Default)]
pub(super) struct Evidence {
    pub(super) values: Vec<Value>,
    pub(super) links: Vec<Link>,
    /// Shared values that too many or other sellers show, in the order of [`Shared::ALL`].
    pub(super) common: [u64; Shared::ALL.len()],
    /// Shared values for which there was no room.
    pub(super) unweighed: u64,
    /// Pairs of sellers who share something, but too little.
    pub(super) weak: u64,
}

/// One listing shows one value.
struct Showing<'c> {
    value: (Shared, u64),
    seller: u32,
    listing: u32,
    /// What the value was noted as in every row; of several all must have been seen.
    noted_as: &'c [u64],
}

/// Weighs what the sellers of the listings share. `sellers` gives the index of each listing's seller, `sellers_all` counts everybody's.
pub(super) fn evidence(
    candidates: &[&Candidate],
    sellers: &[u32],
    offers: &Offers,
    spread: &Spread,
    sellers_all: u64,
) -> Evidence {
    let mut showings = Vec::new();
    for (listing, candidate) in (0_u32..).zip(candidates) {
        let at = listing as usize;
        let mut show = |shared, name, noted_as| {
            showings.push(Showing { value: (shared, name), seller: sellers[at], listing, noted_as });
        };
        for (shared, name, noted_as) in &candidate.contacts {
            show(*shared, *name, noted_as.as_slice());
        }
        for name in &candidate.pictures {
            show(Shared::Picture, *name, std::slice::from_ref(name));
        }
        let first = candidates[offers.first[at] as usize];
        show(Shared::Offer, listing_name(&first.listing_id), candidate.title_noted_as.as_slice());
    }
    showings.sort_unstable_by_key(|showing| (showing.value, showing.seller, showing.listing));

    let mut evidence = Evidence::default();
    for showings in showings.chunk_by(|one, other| one.value == other.value) {
        let (shared, name) = showings[0].value;
        let firsts = showings.chunk_by(|one, other| one.seller == other.seller).map(|own| (own[0].seller, own[0].listing));
        let sellers: Vec<(u32, u32)> = firsts.collect();
        if sellers.len() < 2 {
            continue;
        }
        let others =
            others(showings.iter().map(|showing| (candidates[showing.listing as usize].seller, showing.noted_as)), spread);
        let Some(others) = others.filter(|others| sellers.len() <= VALUE_SELLERS_MAX && *others <= sellers.len()) else {
            evidence.common[shared as usize] += 1;
            continue;
        };
        let points = shared.points().0 * rarity_thousandths(sellers.len() + others, sellers_all) / 1_000;
        evidence.values.push(Value { shared, name, sellers, points });
    }
    evidence.weigh(EVIDENCE_MAX);
    evidence
}

/// About how many sellers show a value beside those of the showings, each given with the names under which every row noted it: nearly
/// exact for a few. `None` for so many that they cannot be counted.
///
/// Every other seller falls on one of 32 bits, of which those that no showing's seller has are looked at; so many share them as leave that
/// part empty (linear counting; Whang, Vander-Zanden and Taylor 1990).
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most 32 times the logarithm of 32
pub(super) fn others<'n>(showings: impl Iterator<Item = (u64, &'n [u64])>, spread: &Spread) -> Option<usize> {
    let (mut own, mut shown) = (0, 0);
    for (seller, noted_as) in showings {
        own |= bit(seller);
        shown |= noted_as.iter().fold(u32::MAX, |bits, name| bits & spread.bits(*name));
    }
    let empty = (!(own | shown)).count_ones();
    let share_empty = f64::from(empty) / f64::from((!own).count_ones());
    (empty > 0).then(|| (-f64::from(u32::BITS) * share_empty.ln()).round() as usize)
}

/// 1000 for what two sellers of all share, 0 for what all share, by the logarithm of the share between.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most 1000
fn rarity_thousandths(sellers: usize, sellers_all: u64) -> u32 {
    let all = sellers_all.max(SELLERS_ASSUMED_MIN) as f64;
    let rarity = (all / sellers as f64).log2() / (all / 2.0).log2();
    (rarity * 1_000.0).round().clamp(0.0, 1_000.0) as u32
}

impl Evidence {
    /// Turns shared values into links between pairs of sellers.
    fn weigh(&mut self, pieces_max: usize) {
        self.values.sort_by_key(|value| (value.sellers.len(), value.shared, value.name));
        let mut pieces: Vec<(u32, u32, u32)> = Vec::new();
        for (at, value) in (0_u32..).zip(&self.values) {
            let count = value.sellers.len();
            if pieces.len() + count * (count - 1) / 2 > pieces_max {
                // The rest is shared by as many or more.
                self.unweighed = self.values.len() as u64 - u64::from(at);
                break;
            }
            for (nth, (one, _)) in value.sellers.iter().enumerate() {
                pieces.extend(value.sellers[nth + 1..].iter().map(|(other, _)| (*one, *other, at)));
            }
        }
        pieces.sort_unstable();
        for pieces in pieces.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let mut values: Vec<u32> = pieces.iter().map(|(_, _, value)| *value).collect();
            values.sort_by_key(|value| (std::cmp::Reverse(self.values[*value as usize].points), *value));
            let mut left = Shared::ALL.map(|shared| shared.points().1);
            let mut points = 0;
            for value in &values {
                let Value { shared, points: own, .. } = self.values[*value as usize];
                if left[shared as usize] > 0 {
                    left[shared as usize] -= 1;
                    points += own;
                }
            }
            if points >= LINK_POINTS_MIN {
                self.links.push(Link { sellers: [pieces[0].0, pieces[0].1], points, values });
            } else {
                self.weak += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_few_share_is_rare_and_little_is_rare_among_few() {
        for (sellers, all, expected) in
            [(2, 100_000, 1_000), (2, 10, 1_000), (16, 100_000, 808), (100_000, 100_000, 0), (32, 1_000, 554), (2_000, 1_000, 0)]
        {
            assert_eq!(rarity_thousandths(sellers, all), expected, "{sellers} of {all}");
        }
        // What the comment on the least points of a link says.
        let is_enough = |shared: &[Shared], sellers| {
            shared.iter().map(|shared| shared.points().0 * rarity_thousandths(sellers, 100_000) / 1_000).sum::<u32>()
                >= LINK_POINTS_MIN
        };
        assert_eq!([is_enough(&[Shared::Contact], 88), is_enough(&[Shared::Contact], 89)], [true, false]);
        assert!(is_enough(&[Shared::Picture, Shared::Offer], 2 * VALUE_SELLERS_MAX));
        assert!(!is_enough(&[Shared::Account], 2) && !is_enough(&[Shared::Picture], 2) && !is_enough(&[Shared::Offer], 2));
    }

    #[test]
    fn what_the_fewest_share_is_weighed_first_and_the_rest_counted() {
        let value = |name, sellers: std::ops::Range<u32>| Value {
            shared: Shared::Contact,
            name,
            sellers: sellers.map(|seller| (seller, seller)).collect(),
            points: 1_000,
        };
        // Six pairs and one.
        let weighed = |pieces_max| {
            let mut evidence = Evidence { values: vec![value(1, 0..4), value(2, 7..9)], ..Evidence::default() };
            evidence.weigh(pieces_max);
            (evidence.links.len(), evidence.unweighed)
        };
        assert_eq!([weighed(7), weighed(6), weighed(1), weighed(0)], [(7, 0), (1, 1), (1, 1), (0, 2)]);
    }
}
