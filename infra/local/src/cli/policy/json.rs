//! How does a program read the outcome of a check?

use scoring::{Band, Collision, FailedExample, Policy, VerdictChange};
use serde_json::{Map, Value, json};

use super::{Check, Verdicts};

const BANDS: [Band; 3] = [Band::Clear, Band::Review, Band::RedFlag];

/// The whole outcome. Keys are only ever added.
pub(super) fn object(check: &mut Check, is_fine: bool) -> String {
    let problems: Vec<_> = check
        .problems
        .iter()
        .map(|problem| json!({"file": problem.file, "line": problem.line, "code": problem.code(), "reason": problem.reason}))
        .collect();
    let known = check.known_collisions.iter().map(|found| collision(found, false));
    let collisions: Vec<_> = check.new_collisions.iter().map(|found| collision(found, true)).chain(known).collect();
    let object = json!({
        "fine": is_fine,
        "folder": check.folder,
        "policy": check.policy.as_deref().map(policy),
        "problems": problems,
        "failing_examples": check.failing.iter().map(failed).collect::<Vec<_>>(),
        "collisions": collisions,
        "verdicts": check.verdicts.as_mut().map(verdicts),
    });
    format!("{object:#}")
}

fn policy(policy: &Policy) -> Value {
    let size = policy.size();
    json!({
        "id": policy.id(), "brands": size.brands, "kinds": size.kinds, "terms": size.terms, "patterns": size.patterns,
        "examples": policy.examples().count(),
    })
}

fn collision(found: &Collision, is_new: bool) -> Value {
    json!({
        "file": found.file, "line": found.line, "code": found.sort.code(), "word": found.word, "reason": found.reason, "new": is_new,
    })
}

fn failed(failed: &FailedExample) -> Value {
    let scored = &failed.scored;
    json!({
        "file": failed.example.file, "line": failed.example.line, "title": failed.example.title, "reason": failed.to_string(),
        "risk": scored.risk, "band": scored.band, "brand": scored.brand, "reasons": scored.reasons,
    })
}

fn verdicts(verdicts: &mut Verdicts) -> Value {
    let comparison = &mut verdicts.comparison;
    let bands: Map<_, _> = BANDS
        .map(|before| {
            let after: Map<_, _> =
                BANDS.map(|after| (after.name().to_owned(), comparison.moves(before, after).into())).into_iter().collect();
            (before.name().to_owned(), Value::Object(after))
        })
        .into_iter()
        .collect();
    let (before, after) = comparison.mean_risks();
    json!({
        "against": {"name": verdicts.against, "id": verdicts.before.id()},
        "listings": comparison.listings(),
        "rejected": verdicts.rejected,
        "bands_before_after": bands,
        "band_changes": comparison.band_changes(),
        "brand_changes": comparison.brand_changes(),
        "score_changes": comparison.score_changes(),
        "mean_risk": {"before": before, "after": after},
        "changed": comparison.changed().iter().map(change).collect::<Vec<_>>(),
        "moved": comparison.moved().iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(change: &VerdictChange) -> Value {
    let differences: Vec<_> = change
        .differences()
        .iter()
        .map(|difference| {
            json!({"signal": difference.signal, "before": difference.before, "after": difference.after, "why": difference.why})
        })
        .collect();
    let verdict = |scored: &scoring::ScoredListing| json!({"risk": scored.risk, "log_odds": scored.log_odds, "band": scored.band, "brand": scored.brand});
    json!({
        "listing_id": change.before.listing_id, "title": change.title, "before": verdict(&change.before), "after": verdict(&change.after),
        "differences": differences,
    })
}
