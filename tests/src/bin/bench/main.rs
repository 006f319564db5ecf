//! How fast is it, and where does the time go? Every stage on one core, memory, start and size, beside a Python script of the same job.
//!
//! `make bench` runs it in release. It prints a table and writes `target/bench.json`; everything is measured in this one run, on
//! this machine, on listings of the seeded generator. Rates are the median of several runs after one to warm up.

mod audit;
mod corpus;
mod http;
mod measured;
mod memory;
mod peer;
mod report;
mod stages;
mod start;

use clap::Parser;
use corpus::Corpus;
use measured::measure;
use report::{Data, Results};
use std::io;
use std::path::PathBuf;

/// Measures the speed of Touchstone on this machine.
#[derive(Parser)]
#[command(name = "bench")]
struct Arguments {
    /// Listings that the stages are measured on; held in memory, about 5 kB each.
    #[arg(long, default_value_t = 100_000)]
    rows: usize,
    /// Runs of each stage after the one to warm up.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Listings in the file that memory is measured on.
    #[arg(long, default_value_t = 300_000)]
    memory_rows: usize,
    /// Listings in the file for the Python script.
    #[arg(long, default_value_t = 20_000)]
    python_rows: usize,
    /// Starts of the function.
    #[arg(long, default_value_t = 30)]
    starts: usize,
    /// Requests to the endpoint, for each way to ask it.
    #[arg(long, default_value_t = 20_000)]
    requests: usize,
    /// Listings that are scored, stored and audited; 0 for none.
    #[arg(long, default_value_t = 200_000)]
    audit_rows: usize,
    /// Measures the stages on the listings of this file of JSON lines, too: those of the generator are longer than most.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Scores this file in constant memory, prints the peak in bytes, and does nothing else.
    #[arg(long, hide = true)]
    peak_of: Option<PathBuf>,
    /// Scores and audits this file on a stack of its own, prints what was measured, and does nothing else.
    #[arg(long, hide = true)]
    audit_of: Option<PathBuf>,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    if let Some(path) = &arguments.peak_of {
        return memory::score_and_print_peak(path);
    }
    if let Some(path) = &arguments.audit_of {
        return audit::audit_and_print(path);
    }
    let corpus = Corpus::new(arguments.rows)?;
    eprintln!("{} listings, {} bytes each as JSON", corpus.listings.len(), corpus.row_bytes());
    let mut results = Results::new(&corpus);
    for stage in stages::ALL {
        eprintln!("{} ...", stage.name);
        results.stages.push((stage, measure(arguments.runs, || (stage.run)(&corpus))));
    }
    if let Some(path) = &arguments.data {
        eprintln!("{} ...", path.display());
        let corpus = Corpus::of_file(path)?;
        let stages = stages::ALL.into_iter().filter(|stage| stages::OF_DATA.contains(&stage.name));
        let stages = stages.map(|stage| (stage, measure(arguments.runs, || (stage.run)(&corpus)))).collect();
        results.data = Some(Data { rows: corpus.listings.len(), row_bytes: corpus.row_bytes(), stages });
    }
    drop(corpus); // the children below are measured with the memory free
    eprintln!("memory ...");
    results.peak_memory_bytes = memory::peak_of_child(arguments.memory_rows)?;
    results.memory_rows = arguments.memory_rows;
    eprintln!("audit ...");
    results.audited = audit::measure(arguments.audit_rows)?;
    eprintln!("python ...");
    results.python = peer::measure(arguments.python_rows)?;
    eprintln!("start ...");
    results.start = start::measure(&start::ingest(), arguments.starts)?;
    eprintln!("http ...");
    results.http = Some(http::measure(arguments.requests, arguments.starts)?);
    println!("{}", results.table());
    let path = tests::workspace_root().join("target/bench.json");
    std::fs::write(&path, serde_json::to_string_pretty(&results.json())? + "\n")?;
    println!("written to {}", path.display());
    Ok(())
}
