//! Which files does a command leave behind, for one export and for several together?

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use exports::Reject;
use ingest::report::Summary;
use serde::Serialize;
use storage::objects::JobFiles;

use crate::error::LocalError;
use crate::{Stack, transfer};

/// One result a line.
pub(super) const SCORED: &str = "scored.jsonl";
/// One row that is no listing a line.
pub(super) const REJECTS: &str = "rejects.jsonl";
/// The counts.
pub(super) const SUMMARY: &str = "summary.json";
/// The page.
pub(super) const REPORT: &str = "report.html";

/// What is known of one export when its job has ended.
#[derive(Debug)]
pub(super) struct Scored {
    /// The file's name, as it names a folder of results when there are several.
    pub(super) name: String,
    /// Its counts.
    pub(super) summary: Summary,
    /// The first row that was no listing.
    pub(super) first_reject: Option<Reject>,
}

/// Copies the results of a job into `folder`, which is made when it is missing.
pub(super) async fn fetch(stack: &Stack, job_id: &str, name: &str, folder: &Path) -> Result<Scored, LocalError> {
    fs::create_dir_all(folder).map_err(LocalError::path(folder))?;
    let s3 = stack.s3();
    let objects = JobFiles::of(job_id);
    let [scored, rejects, summary, report] = [SCORED, REJECTS, SUMMARY, REPORT].map(|file| folder.join(file));
    let decoder = zstd::stream::write::Decoder::new(create(&scored)?).map_err(LocalError::path(&scored))?;
    transfer::download(&s3, &objects.scored, &mut decoder.auto_flush()).await?;
    for (object, path) in [(&objects.rejects, &rejects), (&objects.summary, &summary), (&objects.report, &report)] {
        transfer::download(&s3, object, &mut create(path)?).await?;
    }
    let json = fs::read(&summary).map_err(LocalError::path(&summary))?;
    let summary = serde_json::from_slice(&json).map_err(|error| LocalError::path(&*summary)(error.into()))?;
    Ok(Scored { name: name.to_owned(), summary, first_reject: first_reject(&rejects)? })
}

fn create(path: &Path) -> Result<BufWriter<File>, LocalError> {
    File::create(path).map(BufWriter::new).map_err(LocalError::path(path))
}

fn first_reject(path: &Path) -> Result<Option<Reject>, LocalError> {
    let mut line = String::new();
    let file = File::open(path).map_err(LocalError::path(path))?;
    BufReader::new(file).read_line(&mut line).map_err(LocalError::path(path))?;
    Ok(serde_json::from_str(&line).ok())
}

/// A reject of one of several files.
#[derive(Serialize)]
struct RejectOf<'a> {
    file: &'a str,
    #[serde(flatten)]
    reject: Reject,
}

/// Puts the results of several exports together: `folder` has a folder for each, and gets the same four files for all of them.
pub(super) fn combine(folder: &Path, all: &[Scored]) -> Result<Summary, LocalError> {
    let (scored_path, rejects_path) = (folder.join(SCORED), folder.join(REJECTS));
    let (mut scored, mut rejects) = (create(&scored_path)?, create(&rejects_path)?);
    for one in all {
        let own = folder.join(&one.name);
        let path = own.join(SCORED);
        let mut part = File::open(&path).map_err(LocalError::path(&path))?;
        std::io::copy(&mut part, &mut scored).map_err(LocalError::path(&scored_path))?;
        let path = own.join(REJECTS);
        for line in BufReader::new(File::open(&path).map_err(LocalError::path(&path))?).lines() {
            let line = line.map_err(LocalError::path(&path))?;
            let Ok(reject) = serde_json::from_str(&line) else { continue };
            let json = serde_json::to_string(&RejectOf { file: &one.name, reject });
            let json = json.map_err(|error| LocalError::path(&path)(error.into()))?;
            writeln!(rejects, "{json}").map_err(LocalError::path(&rejects_path))?;
        }
    }
    scored.flush().map_err(LocalError::path(&scored_path))?;
    rejects.flush().map_err(LocalError::path(&rejects_path))?;

    let summary = sum(all);
    let path = folder.join(SUMMARY);
    let json = serde_json::to_vec_pretty(&summary).map_err(|error| LocalError::path(&path)(error.into()))?;
    fs::write(&path, json).map_err(LocalError::path(&path))?;
    let path = folder.join(REPORT);
    fs::write(&path, super::overview::page(all, &summary)).map_err(LocalError::path(&path))?;
    Ok(summary)
}

/// The counts of all files together. Times add up, because the files were scored one after the other.
fn sum(all: &[Scored]) -> Summary {
    let mut sum = Summary::default();
    for Scored { summary, .. } in all {
        sum.files += summary.files;
        sum.rows += summary.rows;
        sum.scored += summary.scored;
        sum.rejected += summary.rejected;
        sum.bands.clear += summary.bands.clear;
        sum.bands.review += summary.bands.review;
        sum.bands.red_flag += summary.bands.red_flag;
        sum.seconds += summary.seconds;
        sum.top.extend(summary.top.iter().cloned());
        for (code, count) in &summary.issues {
            *sum.issues.entry(code.clone()).or_default() += count;
        }
        for (code, count) in &summary.rejects {
            *sum.rejects.entry(code.clone()).or_default() += count;
        }
        sum.policy.clone_from(&summary.policy);
        sum.thresholds = summary.thresholds;
        if sum.started_at.is_empty() {
            sum.started_at.clone_from(&summary.started_at);
        }
        sum.finished_at.clone_from(&summary.finished_at);
    }
    sum.top.sort_by_key(|highest| std::cmp::Reverse(highest.log_odds));
    sum.top.truncate(ingest::report::limits::SUMMARY_LISTINGS_MAX);
    sum.source = all.iter().map(|scored| scored.name.as_str()).collect::<Vec<_>>().join(", ");
    if sum.seconds > 0.0 {
        #[allow(clippy::cast_precision_loss)] // a rate needs three digits
        let rows = sum.rows as f64;
        sum.rows_per_second = rows / sum.seconds;
    }
    sum
}

/// A folder name for each export: its file name, with a number where two are alike or where it is the name of a result.
pub(super) fn folder_names(paths: &[PathBuf]) -> Vec<String> {
    let mut taken: Vec<String> = [SCORED, REJECTS, SUMMARY, REPORT].map(str::to_owned).into();
    let first = taken.len();
    for path in paths {
        let name = if path.as_os_str() == "-" { "stdin".to_owned() } else { transfer::object_name(path) };
        let name = if name.is_empty() { "export".to_owned() } else { name };
        let free = std::iter::once(name.clone()).chain((2..).map(|n| format!("{n}-{name}"))).find(|name| !taken.contains(name));
        taken.extend(free);
    }
    taken.split_off(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_export_has_a_folder_of_its_own() {
        let check = |paths: &[&str], expected: &[&str]| {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            assert_eq!(folder_names(&paths), expected);
        };
        check(&["a.csv", "x/a.csv", "2-a.csv", "-"], &["a.csv", "2-a.csv", "2-2-a.csv", "stdin"]);
        check(&["summary.json", "..", "."], &["2-summary.json", "export", "2-export"]);
    }
}
