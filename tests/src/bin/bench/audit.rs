//! How fast is an audit, beside a database that does nothing but add up the same results?

use super::corpus::SEED;
use super::memory::peak_bytes;
use ingest::StoreFrom;
use local::{Pipeline, Ports, Storage, audits};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use storage::objects::JobFiles;
use tests::sample::Generator;
use tests::sample::write::{Format, write};

/// What was measured.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Audited {
    pub(crate) rows: u64,
    /// The whole run: every row scored again, by two policies, and taken through all steps.
    pub(crate) rows_per_second: f64,
    /// Of the process, with the stack and the ingest before.
    pub(crate) peak_memory_bytes: u64,
    /// Rows a second of the database; none where it is not there.
    #[serde(default)]
    pub(crate) database_rows_per_second: Option<f64>,
    /// The result file.
    results: PathBuf,
}

/// Scores and audits so many rows in a process of its own, and has the database add up the same file.
pub(crate) fn measure(rows: usize) -> io::Result<Option<Audited>> {
    if rows == 0 {
        return Ok(None);
    }
    let folder = tests::workspace_root().join("target/bench/audit");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("listings.jsonl");
    write(Format::Jsonl, Generator::new(SEED).take(rows).map(|sample| sample.row), BufWriter::new(File::create(&path)?))?;
    let child = Command::new(std::env::current_exe()?).arg("--audit-of").arg(&path).output()?;
    if !child.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&child.stderr).trim().to_owned()));
    }
    let mut audited: Audited = serde_json::from_slice(&child.stdout)?;
    audited.database_rows_per_second = database(&audited.results)?;
    std::fs::remove_dir_all(&folder)?;
    Ok(Some(audited))
}

/// `tests/bench/database.py`, in the environment that `make bench` sets up.
fn database(results: &Path) -> io::Result<Option<f64>> {
    let root = tests::workspace_root();
    let python = root.join("target/bench-venv/bin/python");
    if !python.exists() {
        return Ok(None);
    }
    let output = Command::new(python).arg(root.join("tests/bench/database.py")).arg(results).output()?;
    if !output.status.success() {
        eprintln!("skipped: {}", String::from_utf8_lossy(&output.stderr).trim());
        return Ok(None);
    }
    let json: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    Ok(json["rows_per_second"].as_f64())
}

/// The child's part.
pub(crate) fn audit_and_print(path: &Path) -> io::Result<()> {
    let data = path.with_file_name("data");
    let audited = tokio::runtime::Runtime::new()?.block_on(run(path, data)).map_err(io::Error::other)?;
    println!("{}", serde_json::to_string(&audited)?);
    Ok(())
}

async fn run(path: &Path, data: PathBuf) -> Result<Audited, local::LocalError> {
    // Results are files: the table would measure the database inside the process.
    let pipeline = Pipeline::start(Storage::Dir(data.clone()), Ports::default(), StoreFrom::Nothing).await?;
    let submitted = pipeline.submit(path, "listings.jsonl").await?;
    let job = pipeline.finished(&submitted).await?;
    // Another policy is scored, too, as when a change is tried: here the same one, so that nothing else is measured.
    let mut deps = audits::deps(&pipeline.stack, Some(scoring::Policy::embedded()));
    deps.config.sample_budget = 0;
    let begun = Instant::now();
    let outcome = audits::run(&deps, &serde_json::json!({})).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let rows = outcome.summary.map_or(0, |summary| summary.results_count);
    let results = data.join("s3").join(local::stack::RESULTS_BUCKET).join(JobFiles::of(&job.job_id).scored);
    pipeline.stop().await;
    Ok(Audited {
        rows,
        rows_per_second: super::measured::number(rows) / seconds,
        peak_memory_bytes: peak_bytes("self").unwrap_or_default(),
        database_rows_per_second: None,
        results,
    })
}
