//! Are planted networks found, and honest sellers left alone? Measured on a simulated marketplace, of 1,000,000 listings in release mode:
//! `cargo test --release -p eval --test networks -- --nocapture`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_precision_loss)] // a test

use auditing::networks::{Networks, Shared, Sightings};
use eval::marketplace::listings;
use scoring::{Harm, Listing, Policy, ScoredListing, Scorer};
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

fn scored(listing: &Listing, scorer: &mut Scorer) -> (ScoredListing, Harm) {
    let scored = scorer.score(listing, "2026-11-15T00:00:00Z");
    let harm = scorer.policy().expected_harm(listing, scored.risk);
    (scored, harm)
}

#[test]
fn planted_networks_are_found_and_honest_sellers_are_not_linked() {
    let mut scorer = Scorer::new(Policy::embedded());
    let mut sightings = Sightings::new("key", []);
    let (mut owners, mut counterfeiters, mut observing) = (BTreeMap::new(), BTreeSet::new(), Duration::ZERO);
    for (listing, truth) in listings(SEED, LISTINGS) {
        let (scored, harm) = scored(&listing, &mut scorer);
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
    let networks = sightings.finish(scorer.policy());
    let finishing = began.elapsed();

    let mut planted: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for (seller, group) in &owners {
        planted.entry(*group).or_default().insert(seller);
    }
    let planted = pairs(planted.into_values());
    let members =
        networks.groups.iter().map(|group| group.sellers.iter().map(|member| member.seller.seller_id.as_str()).collect());
    let found = pairs(members);
    let right = found.intersection(&planted).count() as f64;
    let (precision, recall) = (right / found.len() as f64, right / planted.len() as f64);
    println!(
        "{LISTINGS} listings of {} sellers: {} pairs found in {} groups, {} planted, precision {precision:.4}, recall {recall:.4}",
        networks.sellers,
        found.len(),
        networks.groups.len(),
        planted.len(),
    );
    println!("{:.2} microseconds a row, {finishing:?} at the end", observing.as_secs_f64() * 1e6 / LISTINGS as f64);
    println!("{:?}", networks.left_out);
    let wrong: Vec<_> = found.difference(&planted).collect();
    assert!(precision >= 0.99, "precision {precision}: {wrong:?}");
    assert!(recall >= 0.9, "recall {recall}");
    let honest: Vec<_> =
        wrong.iter().filter(|(one, other)| !counterfeiters.contains(one) || !counterfeiters.contains(other)).collect();
    assert!(honest.is_empty(), "{honest:?}");
    // The traps were there, and were seen.
    assert!(networks.left_out.common_pictures > 0 && networks.left_out.common_titles > 0, "{:?}", networks.left_out);
    check_links(&networks);
}

/// Every account of a group hangs on a link that is shown, and every proof names two listings of the group and no contact in clear.
fn check_links(networks: &Networks) {
    for group in &networks.groups {
        let listings: BTreeSet<&str> = group.listings.iter().map(String::as_str).collect();
        let linked: BTreeSet<_> = group.links.iter().flat_map(|link| &link.sellers).collect();
        assert!(
            group.sellers.iter().all(|member| linked.contains(&member.seller)) && group.links.len() + 1 >= group.sellers.len()
        );
        for proof in group.links.iter().flat_map(|link| &link.proofs) {
            assert!(group.listings_not_shown > 0 || proof.listings.iter().all(|listing| listings.contains(listing.as_str())));
            assert!(proof.value.len() == 16 && proof.sellers >= 2);
        }
        for link in &group.links {
            let sorts: BTreeSet<Shared> = link.proofs.iter().map(|proof| proof.shared).collect();
            assert!(sorts.contains(&Shared::Contact) || link.proofs.len() >= 2, "{link:?}");
        }
    }
}

#[test]
fn the_order_of_rows_and_interruptions_change_nothing() {
    const COUNT: u64 = 20_000;
    let mut scorer = Scorer::new(Policy::embedded());
    let rows: Vec<_> = listings(SEED, COUNT)
        .map(|(listing, _)| {
            let (scored, harm) = scored(&listing, &mut scorer);
            (listing, scored, harm)
        })
        .collect();
    let gathered = |rows: &mut dyn Iterator<Item = &(Listing, ScoredListing, Harm)>| {
        let mut sightings = Sightings::new("key", []);
        rows.for_each(|(listing, scored, harm)| sightings.observe(listing, scored, *harm));
        sightings
    };
    let written = |sightings: Sightings| serde_json::to_string(&sightings.finish(scorer.policy())).unwrap();
    let expected = written(gathered(&mut rows.iter()));
    assert!(expected.contains(r#""shared":"account""#), "there is something to compare");

    // Every 4,001st row, which is all of them in another order.
    let shuffled = (0..rows.len()).map(|at| &rows[at * 4_001 % rows.len()]);
    assert_eq!(written(gathered(&mut shuffled.into_iter())), expected);
    let mut half = gathered(&mut rows.iter().step_by(2));
    half.merge(gathered(&mut rows.iter().skip(1).step_by(2)));
    assert_eq!(written(half), expected);
    let cut_off = serde_json::to_string(&gathered(&mut rows.iter().take(7_000))).unwrap();
    let mut continued: Sightings = serde_json::from_str(&cut_off).unwrap();
    rows.iter().skip(7_000).for_each(|(listing, scored, harm)| continued.observe(listing, scored, *harm));
    assert_eq!(written(continued), expected);
}
