//! How does what was drawn at random get to the reviewers? Into the same queue as everything else, at the place of its price.

use crate::plan::Plan;
use crate::rows::Pair;
use crate::{Deps, Error};
use auditing::sample::Sample;
use scoring::{Band, Policy, ScoredListing};
use std::collections::HashMap;
use storage::results::{Drawn, Item, Origin, send_to_review, to_drawn_item};

/// The drawn listings that nobody has decided about, to be found among the rows.
pub(crate) struct Wanted {
    /// By listing: content hash and stratum.
    strata: HashMap<String, (String, u8)>,
}

impl Wanted {
    pub(crate) fn of(sample: &Sample, plan: &Plan) -> Self {
        let is_open = |listing_id: &str, input: &str| {
            let standing = plan.decisions.get(listing_id);
            !standing.is_some_and(|standing| standing.decision.result.input == input && standing.counterfeit().is_some())
        };
        let open = sample.items.iter().filter(|item| is_open(&item.listing_id, &item.input));
        Self { strata: open.map(|item| (item.listing_id.clone(), (item.input.clone(), item.stratum))).collect() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.strata.is_empty()
    }

    /// The item for the table, when the row was drawn.
    pub(crate) fn take(&mut self, pair: &Pair<'_>, origin: &Origin, policy: &Policy, run_id: &str) -> Option<Item> {
        let (input, stratum) = self.strata.get(&pair.listing.listing_id)?;
        let scored: ScoredListing = serde_json::from_slice(pair.result).ok()?;
        if scored.input != *input {
            return None;
        }
        let drawn = Drawn { run_id: run_id.to_owned(), stratum: *stratum };
        // One of low risk stands where it would stand at the threshold, so that it is neither last in the queue nor first.
        let risk = if scored.band == Band::Clear { policy.thresholds().review } else { scored.risk };
        let harm = policy.expected_harm(pair.listing, risk);
        self.strata.remove(&pair.listing.listing_id);
        Some(to_drawn_item(origin, pair.row, pair.listing, &scored, harm, &drawn))
    }
}

/// Writes the items.
pub(crate) async fn write(deps: &Deps, items: Vec<Item>) -> Result<(), Error> {
    for item in items {
        send_to_review(&deps.dynamodb, &deps.config.tables.results, item).await?;
    }
    Ok(())
}
