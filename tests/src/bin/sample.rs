//! Writes listings of our own making to a file, or the demo's own export to its place in the repository.

use clap::Parser;
use std::io::BufWriter;
use std::path::PathBuf;
use tests::sample::write::{Format, write};
use tests::sample::{DEMO_FILES, Generator, copies, copies_path};

/// Writes invented listings that read like real ones.
#[derive(Parser)]
#[command(name = "sample")]
struct Arguments {
    /// Rows to write.
    #[arg(long, default_value_t = 3_000)]
    rows: usize,
    /// Equal seeds give equal rows.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// jsonl, csv, shopify or merchant.
    #[arg(long, default_value = "jsonl", value_parser = |name: &str| Format::from_name(name).ok_or("one of jsonl, csv, shopify, merchant"))]
    format: Format,
    /// File to write; standard output when left out.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Writes the demo's own export instead, all of its files.
    #[arg(long, conflicts_with_all = ["rows", "seed", "format", "out"])]
    demo: bool,
}

fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    if arguments.demo {
        DEMO_FILES.iter().try_for_each(|file| {
            println!("{}", file.path().display());
            file.save()
        })?;
        println!("{}", copies_path().display());
        return std::fs::write(copies_path(), copies());
    }
    let rows = Generator::new(arguments.seed).take(arguments.rows).map(|sample| sample.row);
    match arguments.out {
        Some(path) => write(arguments.format, rows, BufWriter::new(std::fs::File::create(path)?)),
        None => write(arguments.format, rows, std::io::stdout().lock()),
    }
}
