//! What does a report say about sellers and networks, in which order, and what does it leave out?

use super::candidate::{Candidate, Standing};
use super::evidence::{self, Evidence, Shared};
use super::groups::{self, Edge, Sets};
use super::offers::{self, Offers};
use super::{Sightings, words};
use crate::limits::{
    GROUP_PARTS_SHOWN_MAX, GROUPS_SHOWN_MAX, LINK_EVIDENCE_SHOWN_MAX, OFFENDERS_SHOWN_MAX, RELISTED_LISTINGS_SHOWN_MAX,
};
use scoring::{Harm, Policy};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Confirmed listings that make a seller a repeat offender.
const CONFIRMED_REPEATED_MIN: u32 = 2;
/// Flagged listings that do so without a decision.
const FLAGGED_REPEATED_MIN: u32 = 3;

/// Sellers and networks of a window, those with the largest harm first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Networks {
    /// Rows that were read.
    pub listings: u64,
    /// Sellers in them; an estimate where not all of them were counted.
    pub sellers: u64,
    /// Connected sellers.
    pub groups: Vec<Group>,
    /// Sellers with several confirmed or flagged listings.
    pub repeat_offenders: Vec<RepeatOffender>,
    /// Offers that stand several times among suspected listings. Those with a confirmed listing and open ones come first: they are what
    /// was decided about, and is back under another id or in another shop.
    pub relisted: Vec<Relisted>,
    /// What is not in this answer, and why.
    pub left_out: LeftOut,
}

/// A seller's account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seller {
    /// Where, as the export names it.
    pub marketplace: Option<String>,
    /// The account's id; the shop's name where the export gives none.
    pub seller_id: String,
}

/// A seller with what is known of its listings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub seller: Seller,
    /// Listings in the window; `None` where they were not counted.
    pub listings: Option<u32>,
    /// Listings that were flagged or confirmed, without those that a person cleared.
    pub flagged: u32,
    /// Of these, confirmed by a person.
    pub confirmed: u32,
    /// Listings that a person cleared.
    pub rejected: u32,
    /// Expected loss of buyers by the flagged listings.
    pub harm: Harm,
}

/// Connected sellers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its accounts.
    pub sellers: Vec<Member>,
    /// Accounts that are not shown.
    pub sellers_not_shown: u64,
    /// Ids of its flagged listings.
    pub listings: Vec<String>,
    /// Flagged listings that are not shown.
    pub listings_not_shown: u64,
    /// Flagged listings of all its accounts.
    pub flagged: u32,
    /// Confirmed listings of all its accounts.
    pub confirmed: u32,
    /// Expected loss of buyers by its flagged listings.
    pub harm: Harm,
    /// What links its accounts: first the links that hold it together, then those that confirm it.
    pub links: Vec<Link>,
    /// Links that are not shown.
    pub links_not_shown: u64,
}

/// Two sellers who share what others do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The two.
    pub sellers: [Seller; 2],
    /// Weight of all that they share, in thousandths of a contact that nobody else shows.
    pub weight_thousandths: u32,
    /// What they share, the most telling first.
    pub proofs: Vec<Proof>,
    /// Shared values that are not shown.
    pub proofs_not_shown: u64,
}

/// A value that two sellers share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Of which sort.
    pub shared: Shared,
    /// A name for the value, the same wherever it is meant. Contacts are never written out.
    pub value: String,
    /// Suspected sellers who show it.
    pub sellers: u64,
    /// A listing of each of the two in which to look at it.
    pub listings: [String; 2],
}

/// A seller with several confirmed or flagged listings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RepeatOffender {
    /// Who, and what is known.
    #[serde(flatten)]
    pub member: Member,
    /// Flagged listings of all listings.
    pub flagged_rate: Option<Rate>,
    /// Confirmed listings of those that a person decided.
    pub confirmed_rate: Option<Rate>,
    /// Its group, as an index into the groups that are shown.
    pub group: Option<u64>,
}

/// A share with its 95% interval (Wilson, 1927).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// The share, 0 to 1.
    pub estimate: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// One offer in several suspected listings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relisted {
    /// Ids of its listings, confirmed ones first.
    pub listings: Vec<String>,
    /// Listings that are not shown.
    pub listings_not_shown: u64,
    /// Accounts that offer it.
    pub sellers: u64,
    /// Listings that a person confirmed.
    pub confirmed: u32,
    /// Listings that nobody has decided.
    pub open: u32,
    /// Expected loss of buyers by the open listings.
    pub harm: Harm,
}

/// What an answer does not hold, and why: nothing is left out that is not counted here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Rows without a seller, which cannot be linked.
    pub rows_without_seller: u64,
    /// Flagged or decided rows that were not compared: too many, or older versions of one that was.
    pub suspects_not_compared: u64,
    /// Sellers whose listings were not counted.
    pub sellers_not_counted: u64,
    /// Decisions whose listing was not among the rows, or for which there was no room.
    pub decisions_not_used: u64,
    /// Contacts that are no evidence because too many suspected sellers, or as many others, show them.
    pub common_contacts: u64,
    /// Pictures, likewise.
    pub common_pictures: u64,
    /// Offers, likewise.
    pub common_offers: u64,
    /// Shared values that were not weighed, those that the most sellers share.
    pub values_not_weighed: u64,
    /// Pairs of sellers who share something, but too little for a link.
    pub weak_pairs: u64,
    /// Comparisons of texts that were not made because a bucket of look-alikes held too many offers.
    pub texts_not_compared: u64,
    /// Links between two groups that hold by a single account, and so join none.
    pub bridges: u64,
    /// Groups that are not shown.
    pub groups_not_shown: u64,
    /// Repeat offenders that are not shown.
    pub offenders_not_shown: u64,
    /// Relisted offers that are not shown.
    pub relisted_not_shown: u64,
}

pub(super) fn report(sightings: Sightings, policy: &Policy) -> Networks {
    let Sightings { rows, rows_without_seller, decisions_given, decided_rows, sellers: counted, spread, pool, .. } = sightings;
    let (decided_or_flagged, suspects_not_compared) = pool.finish();
    let mut members: BTreeMap<u64, Member> = BTreeMap::new();
    for candidate in &decided_or_flagged {
        let member = members.entry(candidate.seller).or_insert_with(|| Member::of(candidate, counted.get(candidate.seller)));
        member.add(candidate);
    }
    let candidates: Vec<&Candidate> =
        decided_or_flagged.iter().filter(|candidate| candidate.place.standing != Standing::Rejected).collect();
    // Sellers by name, so that nothing depends on their hashes.
    let mut numbers: Vec<u64> = candidates.iter().map(|candidate| candidate.seller).collect::<BTreeSet<_>>().into_iter().collect();
    numbers.sort_by(|one, other| members[one].seller.cmp(&members[other].seller).then(one.cmp(other)));
    let indexes: BTreeMap<u64, u32> = numbers.iter().copied().zip(0..).collect();
    let sellers: Vec<u32> = candidates.iter().map(|candidate| indexes[&candidate.seller]).collect();
    let own: Vec<&Member> = numbers.iter().map(|number| &members[number]).collect();

    let offers = offers::offers(&candidates, policy);
    let evidence = evidence::evidence(&candidates, &sellers, &offers, &spread, counted.names());
    let edges: Vec<Edge> =
        evidence.links.iter().map(|link| Edge { sellers: link.sellers, points: link.points }).collect();
    let mut connected = groups::connect(own.len(), &edges);

    let mut left_out = LeftOut {
        rows_without_seller,
        suspects_not_compared,
        sellers_not_counted: counted.names().saturating_sub(counted.values().count() as u64),
        decisions_not_used: decisions_given.saturating_sub(decided_rows),
        common_contacts: evidence.common[Shared::Contact as usize],
        common_pictures: evidence.common[Shared::Picture as usize],
        common_offers: evidence.common[Shared::Offer as usize],
        values_not_weighed: evidence.unweighed,
        weak_pairs: evidence.weak,
        texts_not_compared: offers.uncompared,
        bridges: connected.bridges,
        ..LeftOut::default()
    };

    let shows = Shows { candidates: &candidates, sellers: &sellers, members: &own, evidence: &evidence };
    let mut groups = shows.groups(&mut connected.sets, &connected.joins);
    left_out.groups_not_shown = cut(&mut groups, GROUPS_SHOWN_MAX);
    let mut group_of: BTreeMap<u32, u64> = BTreeMap::new();
    for (at, (_, group)) in (0..).zip(&groups) {
        group_of.extend(group.iter().map(|seller| (*seller, at)));
    }
    let mut repeat_offenders: Vec<RepeatOffender> = (0..).zip(&own).filter_map(|(seller, member)| {
        let is_repeated = member.confirmed >= CONFIRMED_REPEATED_MIN || member.flagged >= FLAGGED_REPEATED_MIN;
        is_repeated.then(|| RepeatOffender::of(member, group_of.get(&seller).copied()))
    }).collect();
    repeat_offenders.sort_by(|one, other| one.member.order().cmp(&other.member.order()));
    left_out.offenders_not_shown = cut(&mut repeat_offenders, OFFENDERS_SHOWN_MAX);
    let mut relisted = shows.relisted(&offers, &spread);
    left_out.relisted_not_shown = cut(&mut relisted, OFFENDERS_SHOWN_MAX);
    Networks {
        listings: rows,
        sellers: counted.names(),
        groups: groups.into_iter().map(|(group, _)| group).collect(),
        repeat_offenders,
        relisted,
        left_out,
    }
}
