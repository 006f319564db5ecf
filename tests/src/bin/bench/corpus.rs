//! What is measured on? The same listings in every form, in memory, so that no disk is measured.

use exports::{Hint, Row};
use flate2::read::MultiGzDecoder;
use flate2::{Compression, GzBuilder};
use scoring::{Listing, Policy, ScoredListing, Scorer};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;
use tests::sample::Generator;
use tests::sample::write::{Format, write};

/// Listings of the generator, and their files.
pub(crate) struct Corpus {
    pub(crate) policy: Arc<Policy>,
    pub(crate) listings: Vec<Listing>,
    pub(crate) scored: Vec<ScoredListing>,
    pub(crate) jsonl: Vec<u8>,
    pub(crate) csv: Vec<u8>,
    pub(crate) jsonl_gz: Vec<u8>,
}

impl Corpus {
    pub(crate) fn new(rows: usize) -> io::Result<Self> {
        let policy = Policy::embedded();
        let samples = || Generator::new(SEED).take(rows).map(|sample| sample.row);
        let (mut jsonl, mut csv) = (Vec::new(), Vec::new());
        write(Format::Jsonl, samples(), &mut jsonl)?;
        write(Format::Csv, samples(), &mut csv)?;
        let mut gzip = GzBuilder::new().write(Vec::new(), Compression::default());
        gzip.write_all(&jsonl)?;
        let jsonl_gz = gzip.finish()?;
        let listings: Vec<_> = samples().filter_map(|row| row.to_raw().into_listing().ok()).collect();
        let mut scorer = Scorer::new(policy.clone());
        let scored = listings.iter().map(|listing| scorer.score(listing, SCORED_AT)).collect();
        Ok(Self { policy, listings, scored, jsonl, csv, jsonl_gz })
    }
}

impl Corpus {
    /// The listings of a file of JSON lines, gzipped when its name says so; without the forms that nothing of it is measured in.
    pub(crate) fn of_file(path: &Path) -> io::Result<Self> {
        let mut jsonl = std::fs::read(path)?;
        if path.extension().is_some_and(|extension| extension == "gz") {
            let gzip = std::mem::take(&mut jsonl);
            MultiGzDecoder::new(gzip.as_slice()).read_to_end(&mut jsonl)?;
        }
        let policy = Policy::embedded();
        let rows = exports::open(jsonl.as_slice(), &Hint { name: "listings.jsonl" }).map_err(io::Error::other)?;
        let mut listings = Vec::new();
        for row in rows {
            if let Row::Listing { listing, .. } = row.map_err(io::Error::other)? {
                listings.push(listing);
            }
        }
        let mut scorer = Scorer::new(policy.clone());
        let scored = listings.iter().map(|listing| scorer.score(listing, SCORED_AT)).collect();
        Ok(Self { policy, listings, scored, jsonl, csv: Vec::new(), jsonl_gz: Vec::new() })
    }

    pub(crate) fn row_bytes(&self) -> usize {
        self.jsonl.len() / self.listings.len().max(1)
    }
}

/// Any moment; it is only copied.
pub(crate) const SCORED_AT: &str = "2026-11-23T00:00:00Z";

/// Any seed.
pub(crate) const SEED: u64 = 1_688;
