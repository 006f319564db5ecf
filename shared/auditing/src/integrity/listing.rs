//! Do the decisions on one listing follow one another?

use super::canonical::Decision;
use super::findings::{Finding, Problem};
use std::collections::BTreeMap;

/// Checks the decisions on one listing, in any order: times and versions rise together, no version is there twice, and each names as the
/// one before it one that is on record, was made earlier, and that nobody can have taken away but by breaking this.
///
/// Withdrawals raise the version as well, so that versions may skip. Decisions that may have been forgotten are told by `is_kept`, which
/// says whether a decision of that time (RFC 3339) must still be there.
#[must_use]
pub fn check_listing(decisions: &[Decision], is_kept: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut sorted: Vec<_> = decisions.iter().collect();
    sorted.sort_by(|one, other| {
        (one.version, &one.reviewed_at, &one.review_id).cmp(&(other.version, &other.reviewed_at, &other.review_id))
    });
    let by_place: BTreeMap<_, _> = decisions.iter().map(|decision| (decision.place(), decision)).collect();
    for pair in sorted.windows(2) {
        let [earlier, later] = pair else { continue };
        if earlier.version == later.version {
            let detail = format!("made version {}, as did decision {}", later.version, earlier.review_id);
            found.push(Finding::new(Problem::OrderBroken, later.called(), detail));
        }
        if earlier.reviewed_at > later.reviewed_at {
            let detail = format!(
                "made version {}, and is older than decision {} of version {}",
                later.version, earlier.review_id, earlier.version
            );
            found.push(Finding::new(Problem::OrderBroken, later.called(), detail));
        }
    }
    for decision in sorted {
        let Some(before) = &decision.before else { continue };
        match by_place.get(before) {
            Some(earlier) if earlier.version < decision.version => {}
            Some(earlier) => {
                let detail = format!("came behind decision {} by its own account, and before it by version", earlier.review_id);
                found.push(Finding::new(Problem::OrderBroken, decision.called(), detail));
            }
            None => {
                let (time, review_id) = before.split_once('#').unwrap_or((before, "?"));
                if is_kept(time) {
                    let place = format!("decision {review_id} on listing {}", decision.listing_id);
                    let detail = format!("decision {} came behind it, and it is gone", decision.review_id);
                    found.push(Finding::new(Problem::DecisionMissing, place, detail));
                }
            }
        }
    }
    found
}
