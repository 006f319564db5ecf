//! Is a result what its listing gives, and does it add up?

use super::canonical::Decision;
use super::findings::{Finding, NotReplayed, Problem};
use scoring::{Listing, Milli, Policy, ScoredListing, Scorer};
use std::fmt;

/// What came of checking a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What is wrong with it.
    pub found: Vec<Finding>,
    /// Why it was not scored again; none when it was.
    pub not_replayed: Option<NotReplayed>,
}

/// Checks a result without its listing, in some 25 nanoseconds: base and points sum to the log odds, the risk follows from these, and the
/// band from the risk. The policy must be the one of the result. Results in the table may be cut; those in result files never are.
#[must_use]
pub fn check_sums(row: &ScoredListing, place: &dyn fmt::Display, policy: &Policy) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut differs = |detail: String| found.push(Finding::new(Problem::RowInconsistent, named(place, row), detail));
    let sum = row.reasons.iter().fold(policy.base(), |sum: Milli, reason| sum.plus(reason.points));
    if sum != row.log_odds {
        differs(format!("log_odds is {}, and base and points sum to {sum}", row.log_odds));
    }
    let risk = policy.risk(row.log_odds);
    if risk != row.risk {
        differs(format!("risk is {}, and follows as {risk} from log_odds", row.risk));
    }
    let band = policy.thresholds().band(row.risk);
    if band != row.band {
        differs(format!("band is {}, and follows as {} from risk", row.band.name(), band.name()));
    }
    found
}

/// Checks a result, and scores its listing again where it is at hand. Whatever differs under the same policy, while the listing is the same,
/// somebody altered. `place` is written only for a finding: `&format_args!("line {line} of {file}")`.
pub fn replay(row: &ScoredListing, place: &dyn fmt::Display, listing: Option<&Listing>, scorer: &mut Scorer) -> Checked {
    if row.policy != scorer.policy().id() {
        return Checked { not_replayed: Some(NotReplayed::OtherPolicy), ..Checked::default() };
    }
    let mut found = check_sums(row, place, scorer.policy());
    let Some(listing) = listing else {
        return Checked { found, not_replayed: Some(NotReplayed::ListingNotAtHand) };
    };
    let again = scorer.score(listing, &row.scored_at);
    if again.input == row.input {
        let fields = differing(row, &again);
        if !fields.is_empty() {
            let detail = format!("not as the listing gives: {}", fields.join(", "));
            found.push(Finding::new(Problem::RowAltered, named(place, row), detail));
        }
    } else {
        let detail = format!("input is {}, and {} now", row.input, again.input);
        found.push(Finding::new(Problem::ListingChanged, named(place, row), detail));
    }
    Checked { found, not_replayed: None }
}

/// The same of a line of a result file, to the byte.
pub fn replay_line(line: &[u8], place: &dyn fmt::Display, listing: Option<&Listing>, scorer: &mut Scorer) -> Checked {
    let row: ScoredListing = match serde_json::from_slice(line) {
        Ok(row) => row,
        Err(error) => {
            let finding = Finding::new(Problem::Unreadable, place.to_string(), format!("is no result: {}", kind(&error)));
            return Checked { found: vec![finding], not_replayed: Some(NotReplayed::Unreadable) };
        }
    };
    let mut checked = replay(&row, place, listing, scorer);
    if checked.found.is_empty() && serde_json::to_vec(&row).ok().as_deref() != Some(line) {
        checked.found.push(Finding::new(Problem::RowAltered, named(place, &row), "bytes are not as a result is written"));
    }
    checked
}

/// Compares a decision with the result that it quotes. Of a long list of reasons a decision keeps the first `reasons_max`.
#[must_use]
pub fn check_quoted(decision: &Decision, row: &ScoredListing, reasons_max: usize) -> Vec<Finding> {
    let quoted = &decision.result;
    let same_reasons = quoted.reasons.len() == row.reasons.len().min(reasons_max)
        && quoted.reasons.iter().zip(&row.reasons).all(|(quoted, reason)| {
            (&quoted.signal, &quoted.rule, quoted.points) == (&reason.signal, &reason.rule, reason.points)
        });
    let fields = [
        ("listing_id", decision.listing_id == row.listing_id),
        ("risk", quoted.risk == row.risk),
        ("log_odds", quoted.log_odds == row.log_odds),
        ("band", quoted.band == row.band),
        ("brand", quoted.brand == row.brand),
        ("policy", quoted.policy == row.policy),
        ("input", quoted.input == row.input),
        ("scored_at", quoted.scored_at == row.scored_at),
        ("reasons", same_reasons),
    ];
    let differing: Vec<_> = fields.iter().filter(|(_, same)| !same).map(|(field, _)| *field).collect();
    if differing.is_empty() {
        return Vec::new();
    }
    let detail = format!("not as in the result of job {} that it quotes: {}", quoted.job_id, differing.join(", "));
    vec![Finding::new(Problem::QuotationDiffers, decision.called(), detail)]
}

/// The fields in which two results of one listing differ.
fn differing(row: &ScoredListing, again: &ScoredListing) -> Vec<String> {
    let mut fields = Vec::new();
    let mut compare = |field: &str, same: bool| {
        if !same {
            fields.push(field.to_owned());
        }
    };
    compare("listing_id", row.listing_id == again.listing_id);
    compare("risk", row.risk == again.risk);
    compare("log_odds", row.log_odds == again.log_odds);
    compare("band", row.band == again.band);
    compare("brand", row.brand == again.brand);
    compare("issues", row.issues == again.issues);
    compare("reasons", row.reasons.len() == again.reasons.len());
    for (at, (one, other)) in row.reasons.iter().zip(&again.reasons).enumerate() {
        compare(&format!("reasons[{at}] ({})", other.signal), one == other);
    }
    fields
}

/// What is wrong with a line, without the words that stand in it.
fn kind(error: &serde_json::Error) -> &'static str {
    match error.classify() {
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => "no JSON",
        serde_json::error::Category::Eof => "it ends too early",
        serde_json::error::Category::Data => "other fields",
    }
}

fn named(place: &dyn fmt::Display, row: &ScoredListing) -> String {
    format!("{place}, listing {}", row.listing_id)
}
