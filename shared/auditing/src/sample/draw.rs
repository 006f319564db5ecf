//! Which listings of each stratum are drawn? Those with the smallest seeded hashes.

use super::allocation::allocate;
use super::frame::{Counts, Frame};
use super::strata::Stratum;
use crate::estimate::Recalibration;
use crate::limits::SAMPLE_ITEMS_MAX;
use scoring::{Band, Milli, ScoredListing};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The pass over a window. Can be written down and taken up again at any row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampler {
    seed: u64,
    budget: u32,
    frame: Frame,
    /// By stratum, the candidates with the smallest hashes, as many as the budget.
    candidates: BTreeMap<u8, BTreeMap<u64, Candidate>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Candidate {
    listing_id: String,
    input: String,
    log_odds: Milli,
}

/// What a draw gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// From which the draw follows, together with the window.
    pub seed: u64,
    /// What was drawn from.
    pub frame: Frame,
    /// Every stratum that has listings, from the lowest risk to the highest.
    pub strata: Vec<Share>,
    /// What to send to review, by hash: mixed, so that those who review in this order learn nothing about risk from it.
    pub items: Vec<Item>,
}

/// What was drawn of one stratum.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// [`Stratum::id`].
    pub stratum: u8,
    /// Band of its listings.
    pub band: Band,
    /// Log odds from which on it reaches; `None` for the lowest.
    pub from: Option<Milli>,
    /// Log odds below which it reaches; `None` for the highest.
    pub to: Option<Milli>,
    /// Listings that were decided before, and are counted instead of sampled.
    pub decided: u64,
    /// Of these, counterfeits.
    pub confirmed: u64,
    /// Listings that could be drawn.
    pub undecided: u64,
    /// Listings that were drawn. Drawn by undecided is the inclusion probability of each.
    pub drawn: u64,
}

/// A listing that was drawn. To those who review it, it must look like any other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The listing.
    pub listing_id: String,
    /// Content hash of the listing that was scored; a decision on other content does not answer the question.
    pub input: String,
    /// [`Stratum::id`].
    pub stratum: u8,
    /// Of the result.
    pub log_odds: Milli,
    /// How many listings it stands for: the inverse of its inclusion probability.
    pub weight: f64,
}

impl Sampler {
    /// A pass that will draw at most `budget` listings, and never more than [`SAMPLE_ITEMS_MAX`]. Sellers who knew the `seed` beforehand
    /// could choose listing ids that are never drawn: take it from the run, not from a constant.
    #[must_use]
    pub fn new(seed: u64, budget: u32) -> Self {
        Self { seed, budget: budget.min(SAMPLE_ITEMS_MAX), frame: Frame::default(), candidates: BTreeMap::new() }
    }

    /// Takes the newest result of one listing, and what a person decided on this very content before: whether it was a counterfeit.
    pub fn add(&mut self, scored: &ScoredListing, decision: Option<bool>) {
        self.frame.add(scored.band, scored.log_odds, decision, 1);
        if decision.is_some() {
            return;
        }
        let hash = hash(self.seed, &scored.listing_id, &scored.input);
        let candidates = self.candidates.entry(Stratum::of(scored.band, scored.log_odds).id()).or_default();
        if has_room(candidates, self.budget, hash) {
            let (listing_id, input) = (scored.listing_id.clone(), scored.input.clone());
            keep(candidates, self.budget, hash, Candidate { listing_id, input, log_odds: scored.log_odds });
        }
    }

    /// Adds a pass over another part of the same window, with the same seed and budget.
    pub fn merge(&mut self, other: Self) {
        self.frame.merge(other.frame);
        for (stratum, candidates) in other.candidates {
            let own = self.candidates.entry(stratum).or_default();
            for (hash, candidate) in candidates {
                keep(own, self.budget, hash, candidate);
            }
        }
    }

    /// Draws. `prior` says how the risk is to be read: [`Recalibration::IDENTITY`] until an audit has found better.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // far below 2^52 listings
    pub fn draw(self, prior: Recalibration) -> Sample {
        let mut sample = Sample::planned(self.seed, self.frame, prior, self.budget);
        let mut candidates = self.candidates;
        let mut drawn: Vec<(u64, Item)> = Vec::new();
        for share in &sample.strata {
            let weight = share.undecided as f64 / share.drawn.max(1) as f64;
            let first = candidates.remove(&share.stratum).unwrap_or_default().into_iter();
            drawn.extend(first.take(usize::try_from(share.drawn).unwrap_or(usize::MAX)).map(|(hash, candidate)| {
                let Candidate { listing_id, input, log_odds } = candidate;
                (hash, Item { listing_id, input, stratum: share.stratum, log_odds, weight })
            }));
        }
        // The hashes of a much sampled stratum are larger: another mix of the same bits tells nothing of the stratum.
        drawn.sort_by_key(|(hash, _)| hash.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32));
        sample.items = drawn.into_iter().map(|(_, item)| item).collect();
        sample
    }
}

impl Sample {
    /// How many listings of each stratum are to be drawn, without drawing any.
    #[must_use]
    pub fn planned(seed: u64, frame: Frame, prior: Recalibration, budget: u32) -> Self {
        let allocation = allocate(&frame, prior, budget);
        let share = |(id, counts): (&u8, &Counts)| {
            let stratum = Stratum::from_id(*id)?;
            Some(Share {
                stratum: *id,
                band: stratum.band(),
                from: stratum.from(),
                to: stratum.to(),
                decided: counts.decided,
                confirmed: counts.confirmed,
                undecided: counts.undecided(),
                drawn: allocation.get(id).copied().unwrap_or(0),
            })
        };
        let strata = frame.strata.iter().filter_map(share).collect();
        Self { seed, frame, strata, items: Vec::new() }
    }
}

fn has_room(candidates: &BTreeMap<u64, Candidate>, budget: u32, hash: u64) -> bool {
    candidates.len() < budget as usize || candidates.last_key_value().is_some_and(|(largest, _)| hash < *largest)
}

fn keep(candidates: &mut BTreeMap<u64, Candidate>, budget: u32, hash: u64, candidate: Candidate) {
    if has_room(candidates, budget, hash) {
        candidates.insert(hash, candidate);
        if candidates.len() > budget as usize {
            candidates.pop_last();
        }
    }
}

/// The first 64 bits of SHA-256: two of ten million listings share them once in 370,000 windows, and then one of them is not drawn.
fn hash(seed: u64, listing_id: &str, input: &str) -> u64 {
    let mut content = Sha256::new();
    content.update(seed.to_be_bytes());
    content.update((listing_id.len() as u64).to_be_bytes());
    content.update(listing_id);
    content.update(input);
    content.finalize().iter().take(8).fold(0, |hash, byte| (hash << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A window of `listings`; every tenth one above the threshold, one in fifty decided.
    fn rows(listings: u32) -> Vec<(ScoredListing, Option<bool>)> {
        (0..listings)
            .map(|at| {
                let log_odds = Milli(if at % 10 == 0 {
                    500 + i32::try_from(at % 3_000).unwrap()
                } else {
                    -7_000 + i32::try_from(at % 6_000).unwrap()
                });
                let scored = ScoredListing {
                    listing_id: format!("A-{at}"),
                    risk: scoring::Risk(0),
                    log_odds,
                    band: if log_odds.0 < 0 { Band::Clear } else { Band::Review },
                    brand: None,
                    reasons: Vec::new(),
                    issues: Vec::new(),
                    policy: "p".to_owned(),
                    input: format!("h-{}", at % 7),
                    scored_at: String::new(),
                };
                (scored, (at % 50 == 0).then_some(at % 100 == 0))
            })
            .collect()
    }

    fn sampler(seed: u64, budget: u32, rows: &[(ScoredListing, Option<bool>)]) -> Sampler {
        let mut sampler = Sampler::new(seed, budget);
        for (scored, decision) in rows {
            sampler.add(scored, *decision);
        }
        sampler
    }

    #[test]
    fn order_parts_and_being_cut_off_change_nothing() {
        let rows = rows(5_000);
        let whole = sampler(7, 200, &rows);
        let turned: Vec<_> = rows.iter().rev().cloned().collect();
        assert_eq!(sampler(7, 200, &turned), whole);
        let mut parts = sampler(7, 200, &rows[..1_234]);
        parts = serde_json::from_str(&serde_json::to_string(&parts).unwrap()).unwrap();
        parts.merge(sampler(7, 200, &rows[1_234..]));
        assert_eq!(parts, whole);
        assert_eq!(parts.draw(Recalibration::IDENTITY), whole.clone().draw(Recalibration::IDENTITY));
        assert_ne!(sampler(8, 200, &rows).draw(Recalibration::IDENTITY).items, whole.draw(Recalibration::IDENTITY).items);
    }

    #[test]
    fn what_is_drawn_adds_up_and_is_never_decided_already() {
        let rows = rows(5_000);
        let sample = sampler(7, 200, &rows).draw(Recalibration::IDENTITY);
        assert_eq!(sample.items.len(), 200);
        assert_eq!(sample.strata.iter().map(|share| share.drawn).sum::<u64>(), 200);
        assert_eq!(sample.strata.iter().map(|share| share.decided + share.undecided).sum::<u64>(), 5_000);
        assert_eq!(
            sample.strata.iter().map(|share| (share.decided, share.confirmed)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1)),
            (100, 50)
        );
        let weights: f64 = sample.items.iter().map(|item| item.weight).sum();
        assert!((weights - 4_900.0).abs() < 1e-6, "{weights}");
        for item in &sample.items {
            let at: u32 = item.listing_id[2..].parse().unwrap();
            assert!(!at.is_multiple_of(50), "{} was decided", item.listing_id);
        }
        for share in &sample.strata {
            assert!(share.drawn >= share.undecided.min(5), "{share:?}");
        }
    }

    #[test]
    fn a_budget_above_the_window_takes_all_of_it_and_no_budget_nothing() {
        let rows = rows(300);
        assert_eq!(sampler(7, 1_000, &rows).draw(Recalibration::IDENTITY).items.len(), 294);
        assert_eq!(sampler(7, 0, &rows).draw(Recalibration::IDENTITY).items.len(), 0);
        assert_eq!(sampler(7, 10, &[]).draw(Recalibration::IDENTITY).items.len(), 0);
        assert_eq!(Sampler::new(7, SAMPLE_ITEMS_MAX + 1), Sampler::new(7, SAMPLE_ITEMS_MAX));
    }

    /// What stands above the threshold is as many in the first half of the order as in the second.
    #[test]
    fn the_order_of_review_tells_nothing_of_the_risk() {
        let items = sampler(7, 1_000, &rows(20_000)).draw(Recalibration::IDENTITY).items;
        let flagged = |items: &[Item]| items.iter().filter(|item| item.log_odds.0 > 0).count();
        let (first, second) = (flagged(&items[..500]), flagged(&items[500..]));
        // Four standard errors of a difference of two hypergeometric counts.
        assert!(first.abs_diff(second) < 60 && first + second > 100, "{first} and {second}");
    }

    /// Every listing of a stratum is drawn about equally often: chi square of 400 seeds over ten parts of the window.
    #[test]
    fn every_listing_of_a_stratum_is_drawn_equally_often() {
        let rows: Vec<_> =
            rows(20_000).into_iter().filter(|(scored, decision)| scored.log_odds.0 < -6_900 && decision.is_none()).collect();
        let mut drawn = [0_u32; 10];
        for seed in 0..400 {
            for item in sampler(seed, 10, &rows).draw(Recalibration::IDENTITY).items {
                let at = rows.iter().position(|(scored, _)| scored.listing_id == item.listing_id).unwrap();
                drawn[at * 10 / rows.len()] += 1;
            }
        }
        let expected = 400.0 * 10.0 / 10.0;
        let chi_square: f64 = drawn.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
        assert!(chi_square < 27.9, "{drawn:?}"); // 99.9% of chi square with nine degrees of freedom
    }
}
