//! What did a person decide, and on which result?

use crate::Traits;
use scoring::{Band, Milli, Risk};
use serde::{Deserialize, Serialize};

/// A decision that stands on a listing of the window, with the result that it is about. Undecided listings ("unsure") are not among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Name of the decision.
    pub review_id: String,
    /// The listing.
    pub listing_id: String,
    /// Whether it was found to be a counterfeit.
    pub counterfeit: bool,
    /// Who decided, as colleagues know them.
    pub reviewer: String,
    /// Who reported the listing, where somebody did.
    pub source: Option<String>,
    /// Set where the listing was drawn at random and not chosen for its risk. Only such decisions tell what is missed.
    pub sampled: Option<Drawn>,
    /// When, RFC 3339.
    pub decided_at: String,
    /// Of the result.
    pub risk: Risk,
    /// Of the result.
    pub log_odds: Milli,
    /// Of the result.
    pub band: Band,
    /// Of the result.
    pub brand: Option<String>,
    /// Content hash of the listing that was scored.
    pub input: String,
    /// What the listing and its seller have in common with others.
    #[serde(default)]
    pub traits: Traits,
    /// What spoke for and against.
    pub reasons: Vec<Fired>,
}

/// Which draw a listing was sent to review by. How many of how many were drawn stands in the sample of that run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// The audit run that drew it.
    pub run_id: String,
    /// The stratum of risk that it was drawn from, [`crate::sample::Stratum::id`].
    pub stratum: u8,
}

/// One reason of a result, without the seller's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fired {
    /// Name of the signal.
    pub signal: String,
    /// Id of the entry in the lexicon, where the signal has many.
    pub rule: Option<String>,
    /// What it added to the log odds.
    pub points: Milli,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use scoring::{Reason, ScoredListing};

    /// A decision on a listing of the brand `gucci` and nothing else.
    pub(crate) fn decided(listing_id: &str, counterfeit: bool, risk: Risk) -> Decided {
        Decided {
            review_id: format!("r-{listing_id}"),
            listing_id: listing_id.to_owned(),
            counterfeit,
            reviewer: "ana".to_owned(),
            source: None,
            sampled: None,
            decided_at: "2026-11-24T00:00:00Z".to_owned(),
            risk,
            log_odds: Milli(0),
            band: band(risk),
            brand: Some("gucci".to_owned()),
            input: String::new(),
            traits: Traits::default(),
            reasons: Vec::new(),
        }
    }

    /// Whether it was drawn at random.
    pub(crate) fn drawn(is_drawn: bool) -> Option<Drawn> {
        is_drawn.then(|| Drawn { run_id: "a-1".to_owned(), stratum: 0 })
    }

    /// A result with these signals, rules and points.
    pub(crate) fn scored(listing_id: &str, risk: Risk, fired: &[(&str, Option<&str>, i32)]) -> ScoredListing {
        let reasons = fired.iter().map(|(signal, rule, points)| Reason {
            signal: (*signal).to_owned(),
            rule: rule.map(str::to_owned),
            points: Milli(*points),
            field: "title".to_owned(),
            start: 0,
            end: 0,
            text: String::new(),
            why: String::new(),
        });
        ScoredListing {
            listing_id: listing_id.to_owned(),
            risk,
            log_odds: Milli(0),
            band: band(risk),
            brand: Some("gucci".to_owned()),
            reasons: reasons.collect(),
            issues: Vec::new(),
            policy: "p-1".to_owned(),
            input: "h-1".to_owned(),
            scored_at: "2026-11-24T00:00:00Z".to_owned(),
        }
    }

    /// As the policy's thresholds are.
    fn band(risk: Risk) -> Band {
        match risk.0 {
            800.. => Band::RedFlag,
            400.. => Band::Review,
            _ => Band::Clear,
        }
    }
}
