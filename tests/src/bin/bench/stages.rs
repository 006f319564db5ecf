//! What are the stages? Each is one function over the corpus, on the calling thread; the parts of scoring are its own.

use super::corpus::{Corpus, SCORED_AT};
use super::measured::Run;
use exports::{Hint, Row};
use ingest::limits::BATCH_ROWS_MAX;
use ingest::report::Tally;
use scoring::Scorer;
use std::hint::black_box;
use std::io::{self, Read, Write};
use std::time::{Duration, Instant};

/// A stage: its name in `target/bench.json`, what it is, and one run of it.
#[derive(Clone, Copy)]
pub(crate) struct Stage {
    pub(crate) name: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) run: fn(&Corpus) -> Run,
}

/// In the order of a row's way. `normalise`, `match` and `weigh` are the parts of `score`.
pub(crate) const ALL: [Stage; 9] = [
    Stage { name: "parse", meaning: "JSON lines to listings", run: parse },
    Stage { name: "normalise", meaning: "text made comparable, disguises undone", run: normalise },
    Stage { name: "match", meaning: "names and words of the policy found", run: find },
    Stage { name: "weigh", meaning: "matches read, signals weighed, input hashed", run: weigh },
    Stage { name: "score", meaning: "normalise + match + weigh", run: score },
    Stage { name: "serialise", meaning: "results to JSON lines", run: serialise },
    Stage {
        name: "end_to_end_jsonl",
        meaning: "parse, score, serialise, compress, count",
        run: |corpus| end_to_end(corpus, &corpus.jsonl, "listings.jsonl", corpus.jsonl.len()),
    },
    Stage {
        name: "end_to_end_csv",
        meaning: "the same from CSV",
        run: |corpus| end_to_end(corpus, &corpus.csv, "listings.csv", corpus.csv.len()),
    },
    Stage {
        name: "end_to_end_jsonl_gz",
        meaning: "the same from gzipped JSON lines (bytes before compression)",
        run: |corpus| end_to_end(corpus, &corpus.jsonl_gz, "listings.jsonl.gz", corpus.jsonl.len()),
    },
];

/// Those that are measured on a file of the user's.
pub(crate) const OF_DATA: [&str; 4] = ["parse", "score", "serialise", "end_to_end_jsonl"];

fn parse(corpus: &Corpus) -> Run {
    let rows = exports::open(corpus.jsonl.as_slice(), &Hint { name: "listings.jsonl" }).expect("the generator writes exports");
    Run { rows: rows.map(black_box).count() as u64, bytes: corpus.jsonl.len() as u64, time: None }
}

fn normalise(corpus: &Corpus) -> Run {
    let mut scorer = Scorer::new(corpus.policy.clone());
    over_listings(corpus, |listing| {
        black_box(scorer.normalise(black_box(listing)));
    })
}

/// Matching works on what was normalised last, so only the second half of the work is timed. Reading the clock costs some 40 ns a row.
fn find(corpus: &Corpus) -> Run {
    let mut scorer = Scorer::new(corpus.policy.clone());
    let mut time = Duration::ZERO;
    let run = over_listings(corpus, |listing| {
        scorer.normalise(black_box(listing));
        let begun = Instant::now();
        black_box(scorer.find());
        time += begun.elapsed();
    });
    Run { time: Some(time), ..run }
}

/// The whole of scoring less its first two stages, each over all listings in a pass of its own: a second look at the same listing
/// would find everything in the cache.
fn weigh(corpus: &Corpus) -> Run {
    let mut scorer = Scorer::new(corpus.policy.clone());
    let begun = Instant::now();
    over_listings(corpus, |listing| {
        scorer.normalise(black_box(listing));
        black_box(scorer.find());
    });
    let parts = begun.elapsed();
    let begun = Instant::now();
    let run = score(corpus);
    Run { time: Some(begun.elapsed().saturating_sub(parts)), ..run }
}

fn score(corpus: &Corpus) -> Run {
    let mut scorer = Scorer::new(corpus.policy.clone());
    over_listings(corpus, |listing| {
        black_box(scorer.score(black_box(listing), SCORED_AT));
    })
}

fn over_listings(corpus: &Corpus, mut each: impl FnMut(&scoring::Listing)) -> Run {
    for listing in &corpus.listings {
        each(listing);
    }
    Run { rows: corpus.listings.len() as u64, bytes: corpus.jsonl.len() as u64, time: None }
}

fn serialise(corpus: &Corpus) -> Run {
    let mut lines = Vec::new();
    let mut bytes = 0;
    for batch in corpus.scored.chunks(BATCH_ROWS_MAX) {
        lines.clear();
        for scored in batch {
            serde_json::to_writer(&mut lines, black_box(scored)).expect("memory takes everything");
            lines.push(b'\n');
        }
        bytes += black_box(&lines).len() as u64;
    }
    Run { rows: corpus.scored.len() as u64, bytes, time: None }
}

fn end_to_end(corpus: &Corpus, file: &[u8], name: &str, bytes: usize) -> Run {
    let rows = score_file(&corpus.policy, file, name, io::sink()).expect("the generator writes exports");
    Run { rows, bytes: bytes as u64, time: None }
}

/// What the function does with a file, on one thread and without the network: batches of rows are read, scored, written as one
/// compressed frame each, and counted for the report. Gives the number of rows.
pub(crate) fn score_file(
    policy: &std::sync::Arc<scoring::Policy>,
    file: impl Read + Send,
    name: &str,
    mut output: impl Write,
) -> io::Result<u64> {
    let mut rows = exports::open(file, &Hint { name }).map_err(io::Error::other)?;
    let mut scorer = Scorer::new(policy.clone());
    let mut tally = Tally::default();
    let mut compressor = zstd::bulk::Compressor::new(1)?;
    let mut lines = Vec::new();
    loop {
        let batch: Vec<Row> = rows.by_ref().take(BATCH_ROWS_MAX).collect::<Result<_, _>>().map_err(io::Error::other)?;
        if batch.is_empty() {
            return Ok(tally.scored() + tally.rejected());
        }
        lines.clear();
        for row in &batch {
            match row {
                Row::Listing { listing, .. } => {
                    let scored = scorer.score(listing, SCORED_AT);
                    serde_json::to_writer(&mut lines, &scored)?;
                    lines.push(b'\n');
                    tally.add(listing, &scored);
                }
                Row::Reject(reject) => tally.reject(reject),
            }
        }
        output.write_all(&compressor.compress(&lines)?)?;
    }
}
