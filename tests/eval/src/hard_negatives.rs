//! Which honest listings look bad? Written for this project, one family a file, in `hard_negatives/`.
//!
//! A line holds the fields of a listing, the `family` that it belongs to and the `language` that it is written in.

use scoring::{Listing, RawListing};
use serde::Deserialize;
use std::path::Path;
use std::{fs, io};

/// An honest listing that resembles the offer of a copy.
#[derive(Clone, Debug)]
pub struct HardNegative {
    /// Why it looks bad: the name of its file.
    pub family: String,
    /// ISO 639-1.
    pub language: String,
    /// What is scored.
    pub listing: Listing,
}

#[derive(Deserialize)]
struct Labels {
    family: String,
    language: String,
}

/// All hard negatives, family by family in the order of their names.
///
/// # Errors
/// When the folder cannot be read, or a line is no honest listing with a family and a language: the text says where.
pub fn load() -> io::Result<Vec<HardNegative>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("hard_negatives");
    let mut paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        for (index, line) in fs::read_to_string(&path)?.lines().enumerate() {
            let at = |problem: String| io::Error::other(format!("{}, line {}: {problem}", path.display(), index + 1));
            all.push(parse(line).map_err(at)?);
        }
    }
    Ok(all)
}

fn parse(line: &str) -> Result<HardNegative, String> {
    let Labels { family, language } = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let raw: RawListing = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let listing = raw.into_listing().map_err(|error| error.to_string())?;
    Ok(HardNegative { family, language, listing })
}
