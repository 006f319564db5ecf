//! What do reports look like? One with everything in it, one of a first run with few answers, and one of an empty window.
//!
//! For tests of the schema and of the page; the figures are plausible and go together, but no marketplace's.
#![allow(dead_code)] // each test uses those it needs

mod figures;
mod sellers;
mod watching;

use auditing::estimate::{Estimates, Further};
use auditing::health::LaneReport;
use auditing::report::{
    Action, Candidate, Compared, Covered, REPORT_SCHEMA, Report, SampleSummary, StatementsSummary, Unread, Window,
};
use auditing::words::Rising;
use auditing::{Behind, Share, intervals};

/// Everything is set, and every list has an entry.
pub(crate) fn full() -> Report {
    let mut report = Report {
        covered: Covered {
            jobs_count: 41,
            jobs_superseded_count: 3,
            jobs_running_count: 1,
            jobs_unread: vec![Unread {
                job_id: "j-9f31c2".to_owned(),
                code: "file.altered".to_owned(),
                detail: "the rows end in the middle of a frame".to_owned(),
            }],
            rows_count: 1_002_417,
            results_count: 1_000_000,
            rejects_count: 2_417,
            decisions_count: 6_182,
            decisions_elsewhere_count: 214,
            decisions_left_out_count: 12,
        },
        estimates: figures::estimates(),
        further: figures::further(),
        sample: SampleSummary { seed: 18_042_277_661_093_337_117, budget: 1_000, drawn_count: 1_000, strata: figures::strata() },
        health: watching::health(),
        lane: watching::lane(),
        calibration: watching::calibration(),
        since_last: Some(Compared { run_id: run_id("2026-11-17"), drift: watching::drift(0.014) }),
        since_reference: Some(Compared { run_id: run_id("2026-08-04"), drift: watching::drift(0.137) }),
        rising: watching::rising(),
        candidate: Some(Candidate { policy: "2026.12-candidate+4be1".to_owned(), rescoring: watching::rescoring() }),
        networks: sellers::networks(),
        reporters: sellers::reporters(),
        integrity: sellers::integrity(),
        statements: StatementsSummary {
            statements_count: 3_214,
            batches_count: 33,
            left_out: vec![("no_listing".to_owned(), 4), ("bad_date".to_owned(), 1)],
        },
        past: figures::past(),
        ..empty()
    };
    report.actions = report.found_actions();
    report
}

/// A first run: the sample is drawn and hardly anything of it is answered.
pub(crate) fn early() -> Report {
    let mut report = full();
    for of in &mut report.estimates.strata {
        (of.answered, of.unsure, of.counterfeits, of.expected, of.expected_by_model) =
            (2, 0, u64::from(of.stratum / 30), 0.2, None);
        of.share = intervals::binomial(f64::from(of.stratum / 30), 2.0);
    }
    let strata = report.estimates.strata;
    report.estimates =
        Estimates { drawn: 1_000, answered: 12, unsure: 0, waiting: 988, headline: None, design: None, model: None, strata };
    report.since_last = None;
    report.since_reference = None;
    report.candidate = None;
    report.past = Vec::new();
    report.covered.jobs_unread = Vec::new();
    report.integrity.problems.clear();
    report.integrity.found.clear();
    report.actions = report.found_actions();
    report
}

/// Nothing in the window.
pub(crate) fn empty() -> Report {
    let none = Share { hits_count: 0, of_count: 0, share: None, low: 0.0, high: 1.0 };
    Report {
        schema: REPORT_SCHEMA,
        run_id: run_id("2026-11-24"),
        window: window("2026-10-25", "2026-11-24"),
        policy: "2026.11+9c2f".to_owned(),
        started_at: "2026-11-24T02:00:04Z".to_owned(),
        finished_at: "2026-11-24T02:03:51Z".to_owned(),
        covered: Covered::default(),
        actions: Vec::<Action>::new(),
        estimates: Estimates {
            drawn: 0,
            answered: 0,
            unsure: 0,
            waiting: 0,
            headline: None,
            design: None,
            model: None,
            strata: Vec::new(),
        },
        further: Further { half_width: 0.02, design: None, model: None },
        sample: SampleSummary { seed: 1, budget: 1_000, drawn_count: 0, strata: Vec::new() },
        health: auditing::health::Health::default().report(&auditing::drift::Profile::default()),
        lane: LaneReport { precision_min: 0.9975, is_open: false, segments: vec![watching::segment(None, 0, none)] },
        calibration: auditing::calibration::Calibration::default().report(),
        since_last: None,
        since_reference: None,
        rising: Rising { keys: Vec::new(), rising_count: 0, watched_count: 0, is_cut: false, count_error_max: 0 },
        candidate: None,
        networks: sellers::no_networks(),
        reporters: auditing::reporters::Reporters::default().report(),
        integrity: auditing::integrity::Findings::default(),
        statements: StatementsSummary::default(),
        past: Vec::new(),
    }
}

fn run_id(day: &str) -> String {
    format!("{day}T00-00-00Z-5d0c")
}

fn window(from: &str, to: &str) -> Window {
    Window { from: format!("{from}T00:00:00Z"), to: format!("{to}T00:00:00Z") }
}

#[allow(clippy::cast_precision_loss)] // made up, and small
fn share(hits: u64, of: u64) -> Share {
    let interval = intervals::wilson(hits as f64, of as f64);
    Share {
        hits_count: hits,
        of_count: of,
        share: (of > 0).then(|| hits as f64 / of as f64),
        low: interval.low,
        high: interval.high,
    }
}

/// Decisions behind a number.
fn behind(name: &str, count: usize) -> Vec<Behind> {
    let one = |at: usize| Behind {
        decided_at: format!("2026-11-{:02}T09:{:02}:00Z", 23 - at, 10 + at),
        listing_id: format!("{name}-{}", 48_213 - 17 * at),
        review_id: format!("r-{name}-{at}"),
    };
    (0..count).map(one).collect()
}
