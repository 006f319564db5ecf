//! Are planted networks found, and honest sellers left alone? Measured on a simulated marketplace, 1,000,000 listings in release mode:
//! `cargo test --release -p eval --test networks -- --nocapture`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_precision_loss)] // a test

use auditing::networks::{Networks, Sightings};
use eval::marketplace::listings;
use scoring::{Policy, Scorer};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

const SEED: u64 = 2026;
const LISTINGS: u64 = if cfg!(debug_assertions) { 60_000 } else { 1_000_000 };

/// Pairs of sellers.
type Pairs = BTreeSet<(String, String)>;

fn pairs<'s>(groups: impl Iterator<Item = BTreeSet<&'s str>>) -> Pairs {
    let mut pairs = Pairs::new();
    for group in groups {
        for (at, one) in group.iter().enumerate() {
            pairs.extend(group.iter().skip(at + 1).map(|other| ((*one).to_owned(), (*other).to_owned())));
        }
    }
    pairs
}

fn found_pairs(networks: &Networks) -> Pairs {
    pairs(networks.groups.iter().map(|group| group.sellers.iter().map(|member| member.seller.seller_id.as_str()).collect()))
}

struct Seen {
    networks: Networks,
    /// The network of each seller, of those in one.
    owners: BTreeMap<String, u32>,
    counterfeiters: BTreeSet<String>,
    observing: Duration,
    finishing: Duration,
}

fn seen(seed: u64, count: u64) -> Seen {
    let policy = Policy::embedded();
    let mut scorer = Scorer::new(policy.clone());
    let mut sightings = Sightings::new("key", []);
    let (mut owners, mut counterfeiters, mut observing) = (BTreeMap::new(), BTreeSet::new(), Duration::ZERO);
    for (listing, truth) in listings(seed, count) {
        let scored = scorer.score(&listing, "2026-11-15T00:00:00Z");
        let harm = policy.expected_harm(&listing, scored.risk);
        let began = Instant::now();
        sightings.observe(&listing, &scored, harm);
        observing += began.elapsed();
        let seller = listing.seller_id.unwrap();
        if let Some(group) = truth.group {
            owners.insert(seller.clone(), group);
        }
        if truth.counterfeit {
            counterfeiters.insert(seller);
        }
    }
    let began = Instant::now();
    let networks = sightings.finish(&policy);
    Seen { networks, owners, counterfeiters, observing, finishing: began.elapsed() }
}

#[test]
fn planted_networks_are_found_and_honest_sellers_are_not_linked() {
    let Seen { networks, owners, counterfeiters, observing, finishing } = seen(SEED, LISTINGS);
    let mut planted: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for (seller, group) in &owners {
        planted.entry(*group).or_default().insert(seller);
    }
    let (planted, found) = (pairs(planted.into_values()), found_pairs(&networks));
    let right = found.intersection(&planted).count() as f64;
    let (precision, recall) = (right / found.len() as f64, right / planted.len() as f64);
    println!(
        "{LISTINGS} listings of {} sellers: {} of {} pairs in {} groups, precision {precision:.4}, recall {recall:.4}; \
         {:.2} microseconds a row, {finishing:?} at the end",
        networks.sellers,
        found.len(),
        planted.len(),
        networks.groups.len(),
        observing.as_secs_f64() * 1e6 / LISTINGS as f64,
    );
    println!("{:?}", networks.left_out);
    println!("{} offenders, {} relisted", networks.repeat_offenders.len(), networks.relisted.len());
    let ids: BTreeSet<String> = networks.groups.iter().filter(|group| group.sellers.iter().map(|member| owners.get(&member.seller.seller_id)).collect::<BTreeSet<_>>().len() > 1 || !owners.contains_key(&group.sellers[0].seller.seller_id)).flat_map(|g| g.links.iter().take(2).flat_map(|l| l.proofs.iter().filter(|p| p.shared == auditing::networks::Shared::Contact).flat_map(|p| p.listings.clone()))).collect();
    for (l, t) in listings(SEED, LISTINGS) { if ids.contains(&l.listing_id) { println!("{} {} {t:?} {} | {}", l.listing_id, l.seller_id.clone().unwrap(), l.title, l.description.unwrap()); } }
    for group in networks.groups.iter().filter(|group| group.sellers.iter().map(|member| owners.get(&member.seller.seller_id)).collect::<BTreeSet<_>>().len() > 1 || !owners.contains_key(&group.sellers[0].seller.seller_id)) {
        println!("wrong {} {} sellers: {}", counterfeiters.contains(&group.sellers[0].seller.seller_id) as u8 + counterfeiters.contains(&group.sellers[1].seller.seller_id) as u8, group.sellers.len(), serde_json::to_string(&group.links.iter().map(|l| &l.proofs).take(2).collect::<Vec<_>>()).unwrap());
    }
    let honest: Vec<_> =
        found.iter().filter(|(one, other)| !counterfeiters.contains(one) || !counterfeiters.contains(other)).collect();
    assert!(honest.is_empty(), "{honest:?}");
    assert!(precision >= 0.99, "precision {precision}");
    assert!(recall >= 0.9, "recall {recall}");
}
