//! What does `touchstone audit` show of a run, and which files does it leave?

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use auditing::estimate::Estimate;
use auditing::report::{ActionKind, Report};
use scoring::Policy;
use serde_json::json;
use storage::objects::AuditFiles;

use super::args::Audit;
use super::words::{complain, count, plain, say};
use super::{Outcome, UNREADABLE, policy};
use crate::error::LocalError;
use crate::{Stack, Storage, audits, transfer};

/// The page.
pub(super) const REPORT: &str = "report.html";

/// One audit over the data of a folder.
pub(super) async fn run(arguments: &Audit) -> Outcome {
    let candidate = match &arguments.candidate {
        None => None,
        Some(folder) => match policy::of_folder(folder) {
            Ok(policy) => Some(Arc::new(policy)),
            Err(reason) => {
                complain(format_args!("touchstone: {}", plain(&reason)));
                return Ok(UNREADABLE.into());
            }
        },
    };
    if !arguments.data.is_dir() {
        complain(format_args!("touchstone: {}: no such folder; `serve --data` makes one", arguments.data.display()));
        return Ok(UNREADABLE.into());
    }
    let stack = Stack::start(Storage::Dir(arguments.data.clone())).await?;
    let outcome = show(&stack, arguments, candidate).await;
    stack.stop().await;
    outcome
}

async fn show(stack: &Stack, arguments: &Audit, candidate: Option<Arc<Policy>>) -> Outcome {
    let mut deps = audits::deps(stack, candidate);
    deps.config.window_days = arguments.days;
    deps.config.sample_budget = arguments.sample;
    let asked = [("from", &arguments.from), ("to", &arguments.to)];
    let asked: serde_json::Map<_, _> =
        asked.into_iter().filter_map(|(name, time)| Some((name.to_owned(), json!(time.as_ref()?)))).collect();
    let began = Instant::now();
    let outcome = audits::run(&deps, &asked.into()).await?;
    let report = fetch(stack, &outcome.run_id, &arguments.out).await?;
    for line in in_words(&report) {
        say(line);
    }
    say(format_args!("\nIt took {:.2} s. Report: {}", began.elapsed().as_secs_f64(), arguments.out.join(REPORT).display()));
    Ok(ExitCode::SUCCESS)
}

/// Copies the files of a run into a folder, which is made when it is missing.
pub(super) async fn fetch(stack: &Stack, run_id: &str, folder: &Path) -> Result<Report, LocalError> {
    fs::create_dir_all(folder).map_err(LocalError::path(folder))?;
    let (s3, files) = (stack.s3(), AuditFiles::of(run_id));
    let names = [
        (&files.report_page, REPORT),
        (&files.report, "report.json"),
        (&files.sample, "sample.jsonl"),
        (&files.statements, "statements.jsonl"),
        (&files.changes, "changes.jsonl.zst"),
    ];
    for (key, name) in names {
        let path = folder.join(name);
        let mut file = File::create(&path).map(BufWriter::new).map_err(LocalError::path(&path))?;
        let is_there = transfer::download(&s3, key, &mut file).await?;
        file.flush().map_err(LocalError::path(&path))?;
        if !is_there {
            fs::remove_file(&path).map_err(LocalError::path(&path))?;
        }
    }
    let path = folder.join("report.json");
    let json = fs::read(&path).map_err(LocalError::path(&path))?;
    serde_json::from_slice(&json).map_err(|error| LocalError::path(&path)(error.into()))
}

/// What a person wants to know first.
pub(super) fn in_words(report: &Report) -> Vec<String> {
    let covered = &report.covered;
    let mut lines = vec![format!(
        "{} of {}, {} decided; {} drawn at random for review.",
        count(covered.results_count, "result"),
        count(covered.jobs_count, "export"),
        count(covered.decisions_count, "listing"),
        count(report.sample.drawn_count, "listing"),
    )];
    match report.estimates.leading() {
        Some(figures) => {
            lines.push(format!("  prevalence         {} of all listings are counterfeit", share(figures.prevalence)));
            if let Some(miss_rate) = figures.review.miss_rate {
                lines.push(format!("  miss rate          {} of the counterfeits are not flagged", share(miss_rate)));
            }
        }
        None => lines.push(format!(
            "  prevalence         not known yet: {} of the {} drawn listings have an answer",
            report.estimates.answered, report.estimates.drawn
        )),
    }
    let problems: u64 = report.integrity.problems.values().sum();
    let replayed = count(report.integrity.rows_replayed, "result");
    lines.push(match problems {
        0 => format!("  integrity          {replayed} scored again, to the same bytes; nothing was altered"),
        _ => format!("  integrity          {} found, see the report", count(problems, "problem")),
    });
    for action in &report.actions {
        lines.push(format!("  to do              {}", to_do(action.kind, action.count)));
    }
    lines
}

/// "2.1% (1.8% to 2.4%)".
fn share(estimate: Estimate) -> String {
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    format!("{} ({} to {})", percent(estimate.value), percent(estimate.interval.low), percent(estimate.interval.high))
}

fn to_do(kind: ActionKind, number: u64) -> String {
    match kind {
        ActionKind::LookIntoIntegrity => format!("find out about {} with the records", count(number, "problem")),
        ActionKind::LookIntoUnread => format!("find out why {} could not be read", count(number, "export")),
        ActionKind::StepDownRules => format!("step down {} that no longer hold what they promise", count(number, "rule")),
        ActionKind::LookAtGroups => format!("look at {} that are treated otherwise than the rest", count(number, "group")),
        ActionKind::ReviewSample => format!("review {} that were drawn at random", count(number, "listing")),
        ActionKind::LookAtNetworks => format!("look at {} of sellers that belong together", count(number, "network")),
        ActionKind::LookAtDrift => format!("find out why {} fire more or less often", count(number, "signal")),
        ActionKind::LookAtWords => format!("add {} that rise with confirmed counterfeits", count(number, "word")),
        ActionKind::RepairStatements => format!("repair {}", count(number, "statement")),
    }
}
