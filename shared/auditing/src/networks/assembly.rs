//! In which order does a report show sellers, groups and what links them, and where does it stop?

use super::Sightings;
use super::candidate::{Candidate, Standing};
use super::evidence::{self, Evidence, Shared, others};
use super::groups::{self, Edge, Sets};
use super::offers::{self, Offers};
use super::report::{Group, LeftOut, Link, Member, Networks, Proof, Rate, Relisted, RepeatOffender, Seller};
use super::spread::Spread;
use crate::limits::{
    GROUP_PARTS_SHOWN_MAX, GROUPS_SHOWN_MAX, LINK_EVIDENCE_SHOWN_MAX, OFFENDERS_SHOWN_MAX, RELISTED_LISTINGS_SHOWN_MAX,
};
use scoring::{Harm, Policy};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Confirmed listings that make a seller a repeat offender.
const CONFIRMED_REPEATED_MIN: u32 = 2;
/// Flagged listings that do so without a decision.
const FLAGGED_REPEATED_MIN: u32 = 3;

pub(super) fn report(sightings: Sightings, policy: &Policy) -> Networks {
    let Sightings {
        rows,
        rows_without_seller,
        rows_with_words_not_remembered,
        decisions_given,
        decided_rows,
        sellers: counted,
        spread,
        pool,
        ..
    } = sightings;
    let (decided_or_flagged, suspects_not_compared) = pool.finish();
    let mut members: BTreeMap<u64, Member> = BTreeMap::new();
    for candidate in &decided_or_flagged {
        let member = members.entry(candidate.seller).or_insert_with(|| Member::of(candidate, counted.get(candidate.seller)));
        member.add(candidate);
    }
    let candidates: Vec<&Candidate> =
        decided_or_flagged.iter().filter(|candidate| candidate.place.standing != Standing::Rejected).collect();
    // Sellers by name, so that nothing depends on their hashes.
    let mut numbers: Vec<u64> =
        candidates.iter().map(|candidate| candidate.seller).collect::<BTreeSet<_>>().into_iter().collect();
    numbers.sort_by(|one, other| members[one].seller.cmp(&members[other].seller).then(one.cmp(other)));
    let indexes: BTreeMap<u64, u32> = numbers.iter().copied().zip(0..).collect();
    let sellers: Vec<u32> = candidates.iter().map(|candidate| indexes[&candidate.seller]).collect();
    let own: Vec<&Member> = numbers.iter().map(|number| &members[number]).collect();

    let offers = offers::offers(&candidates, &spread, policy);
    let evidence = evidence::evidence(&candidates, &sellers, &offers, &spread, counted.names());
    let edges: Vec<Edge> = evidence.links.iter().map(|link| Edge { sellers: link.sellers, points: link.points }).collect();
    let mut connected = groups::connect(own.len(), &edges);

    let mut left_out = LeftOut {
        rows_without_seller,
        suspects_not_compared,
        parts_not_compared: candidates.iter().map(|candidate| candidate.left_out).sum(),
        rows_with_words_not_remembered,
        sellers_not_counted: counted.names().saturating_sub(counted.values().count() as u64),
        decisions_not_used: decisions_given.saturating_sub(decided_rows),
        common_contacts: evidence.common[Shared::Contact as usize],
        common_accounts: evidence.common[Shared::Account as usize],
        common_pictures: evidence.common[Shared::Picture as usize],
        common_offers: evidence.common[Shared::Offer as usize],
        common_titles: offers.common_titles,
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
    let mut repeat_offenders: Vec<RepeatOffender> = (0..)
        .zip(&own)
        .filter_map(|(seller, member)| {
            let is_repeated = member.confirmed >= CONFIRMED_REPEATED_MIN || member.flagged >= FLAGGED_REPEATED_MIN;
            is_repeated.then(|| RepeatOffender::of(member, group_of.get(&seller).copied()))
        })
        .collect();
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

/// Leaves so many, and tells how many there were more.
fn cut<T>(list: &mut Vec<T>, shown_max: usize) -> u64 {
    let more = list.len().saturating_sub(shown_max);
    list.truncate(shown_max);
    more as u64
}

impl Member {
    fn of(candidate: &Candidate, listings: Option<u32>) -> Self {
        let seller = Seller { marketplace: candidate.marketplace.clone(), seller_id: candidate.seller_id.clone() };
        Self { seller, listings, flagged: 0, confirmed: 0, rejected: 0, harm: Harm(0) }
    }

    fn add(&mut self, candidate: &Candidate) {
        if candidate.place.standing == Standing::Rejected {
            self.rejected += 1;
            return;
        }
        self.flagged += 1;
        self.confirmed += u32::from(candidate.place.standing == Standing::Confirmed);
        self.harm.0 = self.harm.0.saturating_add(candidate.harm_cents);
    }

    fn order(&self) -> impl Ord + '_ {
        (Reverse((self.harm, self.confirmed, self.flagged)), &self.seller)
    }
}

impl RepeatOffender {
    fn of(member: &Member, group: Option<u64>) -> Self {
        Self {
            member: member.clone(),
            flagged_rate: member.listings.and_then(|listings| Rate::of(member.flagged, listings)),
            confirmed_rate: Rate::of(member.confirmed, member.confirmed + member.rejected),
            group,
        }
    }
}

/// What the parts of a report are made of.
struct Shows<'s> {
    candidates: &'s [&'s Candidate],
    /// For each candidate, its seller as an index into the members.
    sellers: &'s [u32],
    members: &'s [&'s Member],
    evidence: &'s Evidence,
}

/// What belongs to one group, as indexes.
#[derive(Default)]
struct Parts {
    sellers: Vec<u32>,
    listings: Vec<usize>,
    links: Vec<usize>,
}

impl Shows<'_> {
    /// The groups with their members as indexes, those with the largest harm first.
    fn groups(&self, sets: &mut Sets, joins: &[bool]) -> Vec<(Group, Vec<u32>)> {
        let mut parts: BTreeMap<u32, Parts> = BTreeMap::new();
        for (seller, _) in (0..).zip(self.members) {
            if sets.size(seller) > 1 {
                parts.entry(sets.first(seller)).or_default().sellers.push(seller);
            }
        }
        for (listing, seller) in self.sellers.iter().enumerate() {
            if let Some(part) = parts.get_mut(&sets.first(*seller)) {
                part.listings.push(listing);
            }
        }
        for (at, link) in self.evidence.links.iter().enumerate() {
            let [one, other] = link.sellers.map(|seller| sets.first(seller));
            if let Some(part) = parts.get_mut(&one).filter(|_| one == other) {
                part.links.push(at);
            }
        }
        let shown = parts.into_values().map(|part| (self.group(&part.sellers, &part.listings, part.links, joins), part.sellers));
        let mut groups: Vec<(Group, Vec<u32>)> = shown.collect();
        // Groups are made of whole sellers, so that the first seller tells apart those that are equal in all else.
        groups.sort_by(|(one, own), (other, others)| {
            let order = |group: &Group| Reverse((group.harm, group.confirmed, group.flagged));
            order(one).cmp(&order(other)).then_with(|| own.cmp(others))
        });
        groups
    }

    fn group(&self, sellers: &[u32], listings: &[usize], mut links: Vec<usize>, joins: &[bool]) -> Group {
        let mut members: Vec<Member> = sellers.iter().map(|seller| self.members[*seller as usize].clone()).collect();
        let (flagged, confirmed) =
            members.iter().fold((0, 0), |(flagged, confirmed), member| (flagged + member.flagged, confirmed + member.confirmed));
        let harm = Harm(members.iter().fold(0, |harm, member| member.harm.0.saturating_add(harm)));
        members.sort_by(|one, other| one.order().cmp(&other.order()));
        let sellers_not_shown = cut(&mut members, GROUP_PARTS_SHOWN_MAX);
        links.sort_by_key(|at| {
            let link = &self.evidence.links[*at];
            (!joins[*at], Reverse(link.points), link.sellers)
        });
        let links_not_shown = cut(&mut links, GROUP_PARTS_SHOWN_MAX);
        let mut ids: Vec<String> = listings.iter().map(|at| self.candidates[*at].listing_id.clone()).collect();
        let listings_not_shown = cut(&mut ids, GROUP_PARTS_SHOWN_MAX);
        Group {
            sellers: members,
            sellers_not_shown,
            listings: ids,
            listings_not_shown,
            flagged,
            confirmed,
            harm,
            links: links.into_iter().map(|at| self.link(at)).collect(),
            links_not_shown,
        }
    }

    fn link(&self, at: usize) -> Link {
        let link = &self.evidence.links[at];
        let proof = |value: &u32| {
            let value = &self.evidence.values[*value as usize];
            let listing = |seller: u32| {
                let at = value.sellers.partition_point(|(other, _)| *other < seller);
                value
                    .sellers
                    .get(at)
                    .map_or_else(String::new, |(_, listing)| self.candidates[*listing as usize].listing_id.clone())
            };
            Proof {
                shared: value.shared,
                value: format!("{:016x}", value.name),
                sellers: value.sellers.len() as u64,
                listings: link.sellers.map(listing),
            }
        };
        let mut proofs: Vec<Proof> = link.values.iter().map(proof).collect();
        let proofs_not_shown = cut(&mut proofs, LINK_EVIDENCE_SHOWN_MAX);
        Link {
            sellers: link.sellers.map(|seller| self.members[seller as usize].seller.clone()),
            weight_thousandths: link.points,
            proofs,
            proofs_not_shown,
        }
    }

    /// Offers that stand several times, without those of a catalogue.
    fn relisted(&self, offers: &Offers, spread: &Spread) -> Vec<Relisted> {
        let mut families: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, first) in offers.first.iter().enumerate() {
            families.entry(*first).or_default().push(at);
        }
        families.retain(|_, family| family.len() > 1);
        let mut relisted = Vec::new();
        for family in families.into_values() {
            let sellers: BTreeSet<u32> = family.iter().map(|at| self.sellers[*at]).collect();
            let showings = family.iter().map(|at| (self.candidates[*at].seller, self.candidates[*at].title_noted_as.as_slice()));
            let others = others(showings, spread);
            if others.is_some_and(|others| others <= sellers.len()) {
                relisted.push(self.relisting(family, sellers.len() as u64));
            }
        }
        relisted.sort_by(|one: &Relisted, other| {
            let order =
                |relisted: &Relisted| Reverse((relisted.confirmed > 0 && relisted.open > 0, relisted.harm, relisted.confirmed));
            order(one).cmp(&order(other)).then_with(|| one.listings.cmp(&other.listings))
        });
        relisted
    }

    fn relisting(&self, mut family: Vec<usize>, sellers: u64) -> Relisted {
        family.sort_by_key(|at| (self.candidates[*at].place.standing, *at));
        let is_open = |at: &&usize| self.candidates[**at].place.standing == Standing::Flagged;
        let (mut open, mut harm) = (0, 0_u64);
        for at in family.iter().filter(is_open) {
            open += 1;
            harm = harm.saturating_add(self.candidates[*at].harm_cents);
        }
        let confirmed = u32::try_from(family.len()).unwrap_or(u32::MAX).saturating_sub(open);
        let mut listings: Vec<String> = family.iter().map(|at| self.candidates[*at].listing_id.clone()).collect();
        let listings_not_shown = cut(&mut listings, RELISTED_LISTINGS_SHOWN_MAX);
        Relisted { listings, listings_not_shown, sellers, confirmed, open, harm: Harm(harm) }
    }
}
