//! How much memory does a long file take? A process of its own scores one from disk and tells its peak.

use super::corpus::SEED;
use super::stages::score_file;
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;
use std::process::Command;
use tests::sample::Generator;
use tests::sample::write::{Format, write};

/// Writes a file of so many rows, has this program score it in a child process, and gives the child's peak in bytes.
pub(crate) fn peak_of_child(rows: usize) -> io::Result<u64> {
    let folder = tests::workspace_root().join("target/bench");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("memory.jsonl");
    write(Format::Jsonl, Generator::new(SEED).take(rows).map(|sample| sample.row), BufWriter::new(File::create(&path)?))?;
    let child = Command::new(std::env::current_exe()?).arg("--peak-of").arg(&path).output()?;
    std::fs::remove_file(&path)?;
    let text = String::from_utf8_lossy(&child.stdout);
    text.trim().parse().map_err(|_| io::Error::other(format!("the child said '{}'", text.trim())))
}

/// The child's part.
pub(crate) fn score_and_print_peak(path: &Path) -> io::Result<()> {
    score_file(&scoring::Policy::embedded(), File::open(path)?, &path.to_string_lossy(), io::sink())?;
    println!("{}", peak_bytes("self")?);
    Ok(())
}

/// The high-water mark of the resident memory of a process, by its number or `self`, as the kernel keeps it.
pub(crate) fn peak_bytes(process: &str) -> io::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kilobytes.map(|kilobytes| kilobytes * 1024).ok_or_else(|| io::Error::other("the kernel does not tell the peak of memory"))
}
