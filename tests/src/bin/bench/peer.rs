//! How fast is the same job in Python? A script beside this bench does it, in the environment that `make bench` sets up.

use super::corpus::SEED;
use std::fs::File;
use std::io::{self, BufWriter};
use std::process::Command;
use tests::sample::Generator;
use tests::sample::write::{Format, write};

/// Rows a second of `tests/bench/peer.py`; `None` where its environment is not set up or lacks something.
pub(crate) fn measure(rows: usize) -> io::Result<Option<f64>> {
    let root = tests::workspace_root();
    let python = root.join("target/bench-venv/bin/python");
    if !python.exists() {
        eprintln!("skipped: {} is not there; `make bench` sets it up", python.display());
        return Ok(None);
    }
    let folder = root.join("target/bench");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("listings.jsonl");
    write(Format::Jsonl, Generator::new(SEED).take(rows).map(|sample| sample.row), BufWriter::new(File::create(&path)?))?;
    let output = Command::new(python)
        .arg(root.join("tests/bench/peer.py"))
        .args([&path, &root.join("shared/scoring/policy"), &folder.join("python.jsonl")])
        // One core, as for everything here.
        .envs([("OMP_NUM_THREADS", "1"), ("OPENBLAS_NUM_THREADS", "1")])
        .output()?;
    std::fs::remove_file(&path)?;
    if !output.status.success() {
        eprintln!("skipped: {}", String::from_utf8_lossy(&output.stderr).trim());
        return Ok(None);
    }
    let json: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    Ok(json["rows_per_second"].as_f64())
}
