//! What does a run count while it goes over the rows? All steps of the audit side by side; written down when the time is up.

use crate::Config;
use crate::plan::{Plan, PlannedJob};
use crate::rows::{Pair, Progress, Read};
use crate::table::InTable;
use auditing::drift::Profile;
use auditing::integrity::{FileSeal, FileSealing, Finding, Findings, Problem, check_quoted, replay, replay_line};
use auditing::networks::Sightings;
use auditing::report::Covered;
use auditing::rescoring::Rescoring;
use auditing::sample::Sampler;
use auditing::statements::{ListingFacts, Statement, StatementSettings};
use auditing::words::{Frequencies, TitleWords, Watched};
use auditing::{Decided, Traits};
use scoring::{Band, Policy, ScoredListing, Scorer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use storage::limits::REVIEW_REASONS_MAX;
use storage::objects::JobFiles;

/// Where a run stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Phase {
    /// Counting.
    #[default]
    Reading,
    /// What was drawn is sent to review.
    Sending,
}

/// The state of a run.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Steps {
    pub(crate) phase: Phase,
    /// Jobs that are done in this phase.
    pub(crate) jobs_done: usize,
    /// How far the next one is.
    pub(crate) progress: Progress,
    pub(crate) covered: Covered,
    pub(crate) profile: Profile,
    pub(crate) frequencies: Frequencies,
    pub(crate) watched: Watched,
    pub(crate) sampler: Sampler,
    pub(crate) findings: Findings,
    pub(crate) sightings: Sightings,
    pub(crate) rescoring: Rescoring,
    /// The result file that is being read.
    sealing: Option<FileSealing>,
    /// Rows whose items in the table are looked up.
    pub(crate) in_table: InTable,
    /// The decisions that stand on results of the window, by listing.
    pub(crate) decided: BTreeMap<String, DecidedRow>,
    /// By name. Kept as JSON, which is what becomes of them.
    pub(crate) statements: BTreeMap<String, Statement>,
    /// Confirmed decisions without a statement, by the reason.
    pub(crate) without_statement: BTreeMap<String, u64>,
}

/// A decision with the result that it is about, and what the candidate says of it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DecidedRow {
    pub(crate) decided: Decided,
    pub(crate) earlier_counterfeit: Option<bool>,
    pub(crate) title: String,
    pub(crate) stored: ScoredListing,
    pub(crate) candidate: Option<ScoredListing>,
}

/// What reads rows and is made anew in each invocation.
pub(crate) struct Tools {
    plan: Arc<Plan>,
    policy: Arc<Policy>,
    scorer: Scorer,
    candidate: Option<Scorer>,
    words: TitleWords,
    statements: StatementSettings,
}

impl Tools {
    pub(crate) fn new(plan: Arc<Plan>, policy: Arc<Policy>, candidate: Option<Arc<Policy>>, config: &Config) -> Self {
        let scorer = Scorer::new(policy.clone());
        let (candidate, words) = (candidate.map(Scorer::new), TitleWords::default());
        Self { plan, policy, scorer, candidate, words, statements: config.statements.clone() }
    }
}

impl Steps {
    pub(crate) fn new(plan: &Plan, config: &Config) -> Self {
        let standing =
            plan.decisions.values().filter_map(|standing| Some(standing.decided(standing.counterfeit()?, Traits::default())));
        let standing: Vec<Decided> = standing.collect();
        Self {
            phase: Phase::Reading,
            jobs_done: 0,
            progress: Progress::default(),
            covered: plan.covered.clone(),
            profile: Profile::default(),
            frequencies: Frequencies::default(),
            watched: Watched::default(),
            sampler: Sampler::new(config.seed, config.sample_budget),
            findings: plan.findings.clone(),
            sightings: Sightings::new(&config.contact_key, &standing),
            rescoring: Rescoring::default(),
            sealing: None,
            in_table: InTable::new(config.seed),
            decided: BTreeMap::new(),
            statements: BTreeMap::new(),
            without_statement: BTreeMap::new(),
        }
    }

    /// Takes what was read. A result that another policy changes is written to `changes`, one a line.
    pub(crate) fn take(&mut self, tools: &mut Tools, job: &PlannedJob, read: &Read<'_>, changes: &mut Vec<u8>) {
        let sealing = self.sealing.get_or_insert_with(|| FileSealing::new(&JobFiles::of(&job.job_id).scored));
        match read {
            Read::LineOver(line) => sealing.push_line(line),
            Read::Pair(pair) => {
                sealing.push_line(pair.result);
                self.take_pair(tools, job, pair, changes);
            }
        }
    }

    fn take_pair(&mut self, tools: &mut Tools, job: &PlannedJob, pair: &Pair<'_>, changes: &mut Vec<u8>) {
        let place = format_args!("line {} of the results of job {}", pair.line, job.job_id);
        let Ok(stored) = serde_json::from_slice::<ScoredListing>(pair.result) else {
            self.findings.add_row(replay_line(pair.result, &place, Some(pair.listing), &mut tools.scorer));
            return;
        };
        let checked = replay(&stored, &place, Some(pair.listing), &mut tools.scorer);
        let is_sound = checked.found.is_empty();
        self.findings.add_row(checked);
        if is_sound && serde_json::to_vec(&stored).ok().as_deref() != Some(pair.result) {
            self.findings.add(replay_line(pair.result, &place, Some(pair.listing), &mut tools.scorer).found);
        }
        self.covered.results_count += 1;
        if stored.band > Band::Clear {
            self.in_table.add(self.jobs_done, pair.row, &stored);
        }
        self.profile.add(&stored);
        self.frequencies.add(tools.words.of(pair.listing));
        self.sightings.observe(pair.listing, &stored, tools.policy.expected_harm(pair.listing, stored.risk));
        let candidate = tools.candidate.as_mut().map(|scorer| scorer.score(pair.listing, &stored.scored_at));

        let plan = tools.plan.clone();
        let standing = plan.decisions.get(&stored.listing_id);
        if let Some(standing) = standing.filter(|standing| standing.decision.result.job_id == job.job_id) {
            self.findings.decisions_checked += 1;
            self.findings.add(check_quoted(&standing.decision, &stored, REVIEW_REASONS_MAX));
        }
        let standing = standing.filter(|standing| standing.decision.result.input == stored.input);
        let counterfeit = standing.and_then(|standing| Some((standing, standing.counterfeit()?)));
        // What was drawn before is drawn again: its decision is an answer, and no reason to leave it out.
        let chosen = counterfeit.filter(|(standing, _)| standing.drawn.is_none()).map(|(_, counterfeit)| counterfeit);
        self.sampler.add(&stored, chosen);
        let Some((standing, counterfeit)) = counterfeit else {
            if let Some(candidate) = &candidate {
                self.compare(&pair.listing.title, &stored, candidate, None, changes);
            }
            return;
        };
        let decided = standing.decided(counterfeit, Traits::of(pair.listing, &stored.scored_at));
        self.watched.add(&decided, tools.words.of(pair.listing));
        if counterfeit {
            match Statement::of(&decided, &ListingFacts::of(pair.listing, &stored.reasons), &tools.statements) {
                Ok(statement) => {
                    self.statements.insert(statement.puid.clone(), statement);
                }
                Err(error) => *self.without_statement.entry(error.to_string()).or_default() += 1,
            }
        }
        let (earlier_counterfeit, title) = (standing.earlier_counterfeit, pair.listing.title.clone());
        self.decided.insert(stored.listing_id.clone(), DecidedRow { decided, earlier_counterfeit, title, stored, candidate });
    }

    /// Counts what the candidate makes of a result.
    pub(crate) fn compare(
        &mut self,
        title: &str,
        stored: &ScoredListing,
        candidate: &ScoredListing,
        decided: Option<(&Decided, Option<f64>)>,
        changes: &mut Vec<u8>,
    ) {
        self.rescoring.add(title, stored, candidate, decided, |change| {
            let line = serde_json::json!({
                "listing_id": change.after.listing_id, "title": change.title,
                "band": change.before.band, "risk": change.before.risk, "brand": change.before.brand,
                "candidate_band": change.after.band, "candidate_risk": change.after.risk, "candidate_brand": change.after.brand,
            });
            changes.extend_from_slice(line.to_string().as_bytes());
            changes.push(b'\n');
        });
    }

    /// A job is read to its end: what its files do not have in common is told. Gives the result file as it is now.
    pub(crate) fn close_job(&mut self, job: &PlannedJob) -> FileSeal {
        let Progress { rows, rejects, without_line, lines_over, .. } = self.progress;
        self.covered.jobs_count += 1;
        self.covered.rows_count += rows;
        self.covered.rejects_count += rejects;
        if without_line + lines_over > 0 {
            let place = format!("results of job {}", job.job_id);
            let detail =
                format!("{without_line} listings of the export have no line, and {lines_over} lines belong to no listing");
            self.findings.add([Finding { problem: Problem::LinesMissingOrAdded, place, detail }]);
        }
        let sealing = self.sealing.take().unwrap_or_else(|| FileSealing::new(&JobFiles::of(&job.job_id).scored));
        self.next_job();
        sealing.finish()
    }

    pub(crate) fn next_job(&mut self) {
        self.jobs_done += 1;
        self.progress = Progress::default();
        // Of a job that could not be read to its end, nothing is sealed.
        self.sealing = None;
    }
}
