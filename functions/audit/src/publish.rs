//! What does a run publish? The report, and the files that its numbers link to.

use crate::limits::PAST_RUNS_MAX;
use crate::page;
use crate::plan::Plan;
use crate::record;
use crate::request::Request;
use crate::steps::Steps;
use crate::{Deps, Error};
use auditing::calibration::Calibration;
use auditing::drift::{Drift, Profile};
use auditing::estimate::{Answer, Answers, Estimates, Recalibration};
use auditing::health::{Health, Lane};
use auditing::report::{Candidate, Compared, PastRun, REPORT_SCHEMA, Report, SampleSummary, StatementsSummary};
use auditing::reporters::Reporters;
use auditing::sample::{Item, Sample};
use auditing::statements::Batches;
use auditing::words::{Frequencies, KnownKeys};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use storage::audits::{AuditState, Audits};
use storage::objects::{self, AuditFiles};

/// What a run keeps for later ones.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Kept {
    profile: Profile,
    frequencies: Frequencies,
    /// How the risk was found to have to be read: the prior of the next draw.
    recalibration: Option<Recalibration>,
}

/// An earlier run and what it kept.
pub(crate) struct Earlier {
    run_id: String,
    kept: Kept,
}

/// What earlier runs left.
pub(crate) struct Before {
    last: Option<Earlier>,
    reference: Option<Earlier>,
    past: Vec<PastRun>,
}

impl Before {
    /// The runs before this one, by the end of their windows.
    pub(crate) async fn read(deps: &Deps, run_id: &str) -> Result<Self, Error> {
        let runs = Audits::new(deps.dynamodb.clone(), &deps.config.tables.audits).recent(Some(run_id), PAST_RUNS_MAX).await?;
        let done = runs.into_iter().filter(|run| run.state == AuditState::Done);
        let past: Vec<PastRun> = done.filter_map(|run| serde_json::from_str(&run.summary?).ok()).collect();
        let last = match past.first() {
            Some(past) => kept(deps, &past.run_id).await?,
            None => None,
        };
        let reference = match &deps.config.reference_run {
            Some(reference) if reference != run_id => kept(deps, reference).await?,
            _ => None,
        };
        Ok(Self { last, reference, past })
    }

    /// How the risk must be read, as far as is known.
    pub(crate) fn prior(&self) -> Recalibration {
        self.last.as_ref().and_then(|last| last.kept.recalibration).unwrap_or(Recalibration::IDENTITY)
    }
}

async fn kept(deps: &Deps, run_id: &str) -> Result<Option<Earlier>, Error> {
    match objects::get(&deps.s3, &deps.config.results_bucket, &AuditFiles::of(run_id).profile).await {
        Ok(bytes) => Ok(Some(Earlier { run_id: run_id.to_owned(), kept: record::read(&bytes)? })),
        Err(storage::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The answers to what was drawn, and how many listings each answered one stands for, by listing.
fn answers(plan: &Plan, sample: &Sample) -> (Answers, BTreeMap<String, f64>) {
    let (mut answers, mut answered) = (Answers::default(), BTreeMap::<u8, Vec<&Item>>::new());
    for item in &sample.items {
        let standing = plan.decisions.get(&item.listing_id);
        let Some(standing) = standing.filter(|standing| standing.decision.result.input == item.input) else { continue };
        let answer = match standing.counterfeit() {
            Some(true) => Answer::Counterfeit,
            Some(false) => Answer::Genuine,
            None => Answer::Unsure,
        };
        answers.add(item.stratum, item.log_odds, answer);
        if answer != Answer::Unsure {
            answered.entry(item.stratum).or_default().push(item);
        }
    }
    let mut weights = BTreeMap::new();
    for share in &sample.strata {
        let items = answered.remove(&share.stratum).unwrap_or_default();
        #[allow(clippy::cast_precision_loss)] // far below 2^52 listings
        let weight = share.undecided as f64 / items.len().max(1) as f64;
        weights.extend(items.into_iter().map(|item| (item.listing_id.clone(), weight)));
    }
    (answers, weights)
}

/// What a run says, with the files beside it. `changes` takes the listings whose band the candidate changes.
pub(crate) struct Published {
    pub(crate) report: Report,
    /// Batches of statements, one a line.
    pub(crate) statements: String,
    /// The listings that were drawn, one a line.
    pub(crate) sample: String,
    /// For later runs.
    pub(crate) kept: Vec<u8>,
}

/// Sums a run up.
pub(crate) fn sum_up(
    deps: &Deps,
    request: &Request,
    plan: &Plan,
    before: &Before,
    mut steps: Steps,
    times: [&str; 2],
    changes: &mut Vec<u8>,
) -> Result<Published, Error> {
    let sample = steps.sampler.clone().draw(plan.prior);
    let (answers, weights) = answers(plan, &sample);
    let estimates = Estimates::new(&sample, &answers);
    let (mut health, mut lane, mut calibration, mut reporters) =
        (Health::default(), Lane::default(), Calibration::default(), Reporters::default());
    let decided_rows = std::mem::take(&mut steps.decided);
    let decisions_count = decided_rows.len() as u64;
    for (listing_id, row) in decided_rows {
        // A decision that was not drawn was counted and not sampled: it stands for itself.
        let weight = if row.decided.sampled.is_some() { weights.get(&listing_id).copied() } else { Some(1.0) };
        health.add(&row.decided);
        lane.add(&row.decided);
        calibration.add(&row.decided, weight);
        reporters.add(&row.decided, row.earlier_counterfeit);
        if let Some(candidate) = &row.candidate {
            steps.compare(&row.title, &row.stored, candidate, Some((&row.decided, weight)), changes);
        }
    }
    steps.covered.decisions_count = decisions_count;
    steps.covered.decisions_elsewhere_count = plan.decisions.len() as u64 - decisions_count.min(plan.decisions.len() as u64);

    let empty = Frequencies::default();
    let words_before = before.last.as_ref().map_or(&empty, |last| &last.kept.frequencies);
    let mut known = KnownKeys::new(deps.policy.clone());
    let compared = |earlier: &Option<Earlier>| {
        earlier.as_ref().map(|earlier| Compared {
            run_id: earlier.run_id.clone(),
            drift: Drift::between(&steps.profile, &earlier.kept.profile),
        })
    };
    let (statements, summary) = statements(&steps);
    let mut report = Report {
        schema: REPORT_SCHEMA,
        run_id: request.run_id.clone(),
        window: request.window.clone(),
        policy: deps.policy.id().to_owned(),
        started_at: times[0].to_owned(),
        finished_at: times[1].to_owned(),
        actions: Vec::new(),
        further: estimates.further(&sample, &answers, deps.config.half_width),
        sample: SampleSummary {
            seed: sample.seed,
            budget: deps.config.sample_budget,
            drawn_count: sample.items.len() as u64,
            strata: sample.strata.clone(),
        },
        health: health.report(&steps.profile),
        lane: lane.report(),
        calibration: calibration.report(),
        since_last: compared(&before.last),
        since_reference: compared(&before.reference),
        rising: steps.watched.report(&steps.frequencies, words_before, |word| known.contains(word)),
        candidate: deps
            .candidate
            .as_ref()
            .map(|policy| Candidate { policy: policy.id().to_owned(), rescoring: steps.rescoring.report() }),
        networks: steps.sightings.finish(&deps.policy),
        reporters: reporters.report(),
        integrity: steps.findings,
        statements: summary,
        past: before.past.clone(),
        covered: steps.covered,
        estimates,
    };
    report.actions = report.found_actions();
    let recalibration = report.estimates.model.as_ref().map(|model| model.recalibration);
    let kept = record::write(&Kept { profile: steps.profile, frequencies: steps.frequencies, recalibration })?;
    let sample = sample.items.iter().map(line).collect::<Result<String, _>>().map_err(record::error)?;
    Ok(Published { report, statements, sample, kept })
}

fn line(record: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(record).map(|json| json + "\n")
}

/// The batches, ready to be posted.
fn statements(steps: &Steps) -> (String, StatementsSummary) {
    let mut batches = Batches::default();
    let mut lines: Vec<String> = steps.statements.values().filter_map(|statement| batches.push(statement)).collect();
    lines.extend(batches.finish());
    let summary = StatementsSummary {
        statements_count: steps.statements.len() as u64,
        batches_count: lines.len() as u64,
        left_out: steps.without_statement.clone().into_iter().collect(),
    };
    (lines.concat(), summary)
}

/// Writes everything: what the report links to before the report, and the report before its page, so that whoever sees one finds the other.
pub(crate) async fn write(deps: &Deps, files: &AuditFiles, published: Published) -> Result<(), Error> {
    let bucket = &deps.config.results_bucket;
    let json = serde_json::to_vec_pretty(&published.report).map_err(record::error)?;
    let page = page::render(&published.report);
    for (key, content_type, body) in [
        (&files.sample, "application/x-ndjson", published.sample.into_bytes()),
        (&files.statements, "application/x-ndjson", published.statements.into_bytes()),
        (&files.profile, "application/zstd", published.kept),
        (&files.report, "application/json", json),
        (&files.report_page, "text/html; charset=utf-8", page.into_bytes()),
    ] {
        objects::put(&deps.s3, bucket, key, content_type, body).await?;
    }
    Ok(())
}
