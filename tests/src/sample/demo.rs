//! What does the demo's own export consist of? Three files in three real formats, made by the generator from fixed seeds.

use super::write::{Format, write};
use super::{Generator, Sample};
use flate2::{Compression, GzBuilder};
use std::io;
use std::path::{Path, PathBuf};

/// One file of the demo's export.
pub struct DemoFile {
    /// In `infra/local/sample/`.
    pub name: &'static str,
    /// How it is written.
    pub format: Format,
    /// What it is made from.
    pub seed: u64,
    /// How many rows it has.
    pub rows: usize,
    /// Where its ids begin.
    pub number: u64,
}

/// The files of the demo's export: 3,000 rows.
pub const DEMO_FILES: [DemoFile; 3] = [
    DemoFile { name: "shop-products.csv.gz", format: Format::ShopifyCsv, seed: 2_016, rows: 800, number: 0 },
    DemoFile { name: "merchant-feed.tsv.gz", format: Format::MerchantTsv, seed: 2_017, rows: 900, number: 800 },
    DemoFile { name: "marketplace.jsonl.gz", format: Format::Jsonl, seed: 2_018, rows: 1_300, number: 1_700 },
];

impl DemoFile {
    /// Its rows.
    pub fn samples(&self) -> impl Iterator<Item = Sample> {
        Generator::new(self.seed).numbered_from(self.number).take(self.rows)
    }

    /// The content before compression.
    ///
    /// # Errors
    /// Never in practice: the output is memory.
    pub fn content(&self) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        write(self.format, self.samples().map(|sample| sample.row), &mut content)?;
        Ok(content)
    }

    /// Where it is in the repository.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../infra/local/sample").join(self.name)
    }

    /// Writes it there, without a time stamp, so that equal content gives an equal file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self) -> io::Result<()> {
        let mut gzip = GzBuilder::new().write(std::fs::File::create(self.path())?, Compression::best());
        io::Write::write_all(&mut gzip, &self.content()?)?;
        gzip.finish().map(drop)
    }
}

/// The listings of the demo's export that are offered as copies, one id a line: what a reviewer finds who looks closely.
#[must_use]
pub fn copies() -> String {
    let samples = DEMO_FILES.iter().flat_map(DemoFile::samples);
    let copies = samples.filter(|sample| sample.truth.is_suspicious());
    let mut ids: Vec<String> = copies.map(|sample| sample.row[scoring::Field::ListingId].clone() + "\n").collect();
    ids.sort_unstable();
    ids.dedup();
    ids.concat()
}

/// Where they are in the repository.
#[must_use]
pub fn copies_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../infra/local/sample/copies.txt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    /// If this fails because the generator was changed on purpose: `cargo run -p tests --bin sample -- --demo`.
    #[test]
    fn the_committed_files_are_what_the_generator_writes() {
        let mut compressed_bytes = 0;
        for file in &DEMO_FILES {
            let committed = std::fs::read(file.path()).unwrap();
            compressed_bytes += committed.len();
            let mut content = Vec::new();
            flate2::read::GzDecoder::new(committed.as_slice()).read_to_end(&mut content).unwrap();
            assert!(content == file.content().unwrap(), "{} differs", file.name);
        }
        assert_eq!(std::fs::read_to_string(copies_path()).unwrap(), copies());
        assert!(compressed_bytes < 600_000, "{compressed_bytes} bytes in the repository");
    }
}
