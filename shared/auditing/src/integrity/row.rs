//! Is a result what its listing gives, and does it add up?

use super::canonical::Decision;
use super::findings::{Finding, NotReplayed, Problem};
use scoring::{Listing, Milli, Policy, ScoredListing, Scorer};

/// Checks a result without its listing, in some nanoseconds: base and points sum to the log odds, the risk follows from these, and the band
/// from the risk. A result of another policy cannot be checked. Results in the table may be cut; those in result files never are.
///
/// # Errors
/// [`NotReplayed::OtherPolicy`].
pub fn check_sums(row: &ScoredListing, place: &str, policy: &Policy) -> Result<Vec<Finding>, NotReplayed> {
    if row.policy != policy.id() {
        return Err(NotReplayed::OtherPolicy);
    }
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
    Ok(found)
}

/// Scores the listing again and compares. The scorer's policy must be the one of the result; whatever then differs while the listing
/// is the same, somebody altered.
///
/// # Errors
/// Why the row cannot be replayed.
pub fn replay(
    row: &ScoredListing,
    place: &str,
    listing: Option<&Listing>,
    scorer: &mut Scorer,
) -> Result<Vec<Finding>, NotReplayed> {
    let mut found = check_sums(row, place, scorer.policy())?;
    let Some(listing) = listing else {
        // What does not add up is wrong whatever the listing says.
        return if found.is_empty() { Err(NotReplayed::ListingNotAtHand) } else { Ok(found) };
    };
    let again = scorer.score(listing, &row.scored_at);
    if again.input != row.input {
        let detail = format!("was scored as {}, and is {} now", row.input, again.input);
        found.push(Finding::new(Problem::ListingChanged, named(place, row), detail));
        return Ok(found);
    }
    let fields = differing(row, &again);
    if !fields.is_empty() {
        let detail = format!("{} differ from what the listing gives", fields.join(", "));
        found.push(Finding::new(Problem::RowAltered, named(place, row), detail));
    }
    Ok(found)
}

/// The same of a line of a result file, to the byte.
///
/// # Errors
/// As for [`replay`].
pub fn replay_line(
    line: &[u8],
    place: &str,
    listing: Option<&Listing>,
    scorer: &mut Scorer,
) -> Result<Vec<Finding>, NotReplayed> {
    let row: ScoredListing = match serde_json::from_slice(line) {
        Ok(row) => row,
        Err(error) => return Ok(vec![Finding::new(Problem::Unreadable, place, format!("is no result: {}", kind(&error)))]),
    };
    let mut found = replay(&row, place, listing, scorer)?;
    if found.is_empty() && serde_json::to_vec(&row).ok().as_deref() != Some(line) {
        found.push(Finding::new(Problem::RowAltered, named(place, &row), "says what the listing gives, in other bytes"));
    }
    Ok(found)
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
    let detail = format!("{} differ from the result of job {} that it quotes", differing.join(", "), quoted.job_id);
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

fn named(place: &str, row: &ScoredListing) -> String {
    format!("{place}, listing {}", row.listing_id)
}
