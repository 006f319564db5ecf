//! What does an audit publish? One record, `report.json`, from which the page is made.

use crate::calibration::CalibrationReport;
use crate::drift::Drift;
use crate::estimate::{Estimate, Estimates, Further, Headline};
use crate::health::{HealthReport, LaneReport};
use crate::integrity::Findings;
use crate::networks::Networks;
use crate::reporters::ReportersReport;
use crate::rescoring::RescoringReport;
use crate::sample::Share;
use crate::words::Rising;
use serde::{Deserialize, Serialize};

/// Version of this form, which rises when a field goes or changes its meaning.
pub const REPORT_SCHEMA: u32 = 1;

/// An audit, as published. The same window, policy, decisions and settings give the same bytes, but for `started_at` and `finished_at`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`REPORT_SCHEMA`].
    pub schema: u32,
    /// Names the run.
    pub run_id: String,
    /// What was audited.
    pub window: Window,
    /// Id of the policy that this program scores with.
    pub policy: String,
    /// When the run began, RFC 3339.
    pub started_at: String,
    /// When it ended, RFC 3339.
    pub finished_at: String,
    /// What it went over, and what it could not.
    pub covered: Covered,
    /// What somebody should do now, the most urgent first.
    pub actions: Vec<Action>,
    /// Prevalence and misses.
    pub estimates: Estimates,
    /// How many reviews are missing until the miss rate is known to within the wished width.
    pub further: Further,
    /// What was sent to review at random.
    pub sample: SampleSummary,
    /// Whether signals and rules keep their promise.
    pub health: HealthReport,
    /// Whether anything may happen without a person.
    pub lane: LaneReport,
    /// Whether a risk of 70 means 70 of 100, and for whom.
    pub calibration: CalibrationReport,
    /// Against the run before.
    pub since_last: Option<Compared>,
    /// Against the window that the operator set as the reference.
    pub since_reference: Option<Compared>,
    /// Words that rise together with confirmed decisions.
    pub rising: Rising,
    /// What another policy would change.
    pub candidate: Option<Candidate>,
    /// Sellers that belong together, and those who do it again.
    pub networks: Networks,
    /// The record of those who report listings.
    pub reporters: ReportersReport,
    /// Whether everything is as it was written.
    pub integrity: Findings,
    /// Statements of reasons for the confirmed decisions.
    pub statements: StatementsSummary,
    /// The runs before, latest first.
    pub past: Vec<PastRun>,
}

/// A stretch of time, of which the end is not part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// RFC 3339.
    pub from: String,
    /// RFC 3339.
    pub to: String,
}

/// What a run went over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// Jobs whose results were read.
    pub jobs_count: u64,
    /// Jobs left out because a newer export of the same name is in the window: their listings would count twice.
    pub jobs_superseded_count: u64,
    /// Jobs of the window that had not ended.
    pub jobs_running_count: u64,
    /// Jobs that could not be read, with the reason.
    pub jobs_unread: Vec<Unread>,
    /// Rows of these exports.
    pub rows_count: u64,
    /// Of these, results.
    pub results_count: u64,
    /// Rows that are no listing.
    pub rejects_count: u64,
    /// Decisions that stand on results of the window.
    pub decisions_count: u64,
    /// Decisions since the window began that are about other results.
    pub decisions_elsewhere_count: u64,
    /// Decisions left out because there are more than an audit holds.
    pub decisions_left_out_count: u64,
}

/// A job that could not be read to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The job.
    pub job_id: String,
    /// Stable machine name.
    pub code: String,
    /// For a person.
    pub detail: String,
}

/// Something that somebody should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What.
    pub kind: ActionKind,
    /// On how many things.
    pub count: u64,
}

/// What somebody should do. The order is that of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// Find out who altered a record.
    LookIntoIntegrity,
    /// Find out why a job could not be read.
    LookIntoUnread,
    /// Step down rules that do not keep their promise.
    StepDownRules,
    /// Look at groups that are treated worse than others.
    LookAtGroups,
    /// Review what was drawn at random, without which nothing is known of what is missed.
    ReviewSample,
    /// Look at sellers that belong together.
    LookAtNetworks,
    /// Find out why signals fire more or less often than before.
    LookAtDrift,
    /// Add rising words to the lexicon.
    LookAtWords,
    /// Repair statements of reasons that would not be accepted.
    RepairStatements,
}

/// A comparison with another window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// The run that audited the other window.
    pub run_id: String,
    /// What changed.
    pub drift: Drift,
}

/// What another policy would change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Id of the policy.
    pub policy: String,
    /// What changes.
    pub rescoring: RescoringReport,
}

/// What was drawn at random.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleSummary {
    /// From which the draw follows.
    pub seed: u64,
    /// Listings that may be drawn at most.
    pub budget: u32,
    /// Listings that were drawn.
    pub drawn_count: u64,
    /// From the lowest risk to the highest.
    pub strata: Vec<Share>,
}

/// The statements of reasons of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementsSummary {
    /// Statements that are ready to be posted.
    pub statements_count: u64,
    /// Batches that they are in.
    pub batches_count: u64,
    /// Confirmed decisions without a statement, by the reason.
    pub left_out: Vec<(String, u64)>,
}

/// A run in short: what the trend is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastRun {
    /// Names the run.
    pub run_id: String,
    /// What it audited.
    pub window: Window,
    /// Results that it went over.
    pub results_count: u64,
    /// How the figures were estimated; nothing before there are enough answers.
    pub headline: Option<Headline>,
    /// Share of counterfeits among the listings.
    pub prevalence: Option<Estimate>,
    /// Share of the counterfeits below the review threshold.
    pub miss_rate: Option<Estimate>,
    /// Problems that the integrity step found.
    pub integrity_problems_count: u64,
}

impl Report {
    /// The run in short.
    #[must_use]
    pub fn in_short(&self) -> PastRun {
        let leading = self.estimates.leading();
        PastRun {
            run_id: self.run_id.clone(),
            window: self.window.clone(),
            results_count: self.covered.results_count,
            headline: self.estimates.headline,
            prevalence: leading.map(|figures| figures.prevalence),
            miss_rate: leading.and_then(|figures| figures.review.miss_rate),
            integrity_problems_count: self.integrity.problems.values().sum(),
        }
    }

    /// What follows from what was found; [`Self::actions`] of a finished report.
    #[must_use]
    pub fn found_actions(&self) -> Vec<Action> {
        let changed = self.since_last.as_ref().map_or(0, |compared| compared.drift.changed_signals_count);
        let groups = self.calibration.window_groups.iter().chain(&self.calibration.chosen_groups).flat_map(|of| &of.groups);
        let unfair = groups.filter(|group| group.errors.as_ref().is_some_and(|errors| errors.differs)).count() as u64;
        let counts = [
            (ActionKind::LookIntoIntegrity, self.integrity.problems.values().sum()),
            (ActionKind::LookIntoUnread, self.covered.jobs_unread.len() as u64),
            (ActionKind::StepDownRules, self.health.proposed_count),
            (ActionKind::LookAtGroups, unfair),
            (ActionKind::ReviewSample, self.estimates.waiting),
            (ActionKind::LookAtNetworks, self.networks.groups.len() as u64 + self.networks.left_out.groups_not_shown),
            (ActionKind::LookAtDrift, changed),
            (ActionKind::LookAtWords, self.rising.rising_count),
            (ActionKind::RepairStatements, self.statements.left_out.iter().map(|(_, count)| count).sum()),
        ];
        counts.into_iter().filter(|(_, count)| *count > 0).map(|(kind, count)| Action { kind, count }).collect()
    }
}
