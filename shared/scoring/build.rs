//! Compiles `policy/` at build time, so that a process only has to read the result. A policy that makes no sense fails the build.
//!
//! The modules of the library are included as they are, all but `embedded` (which needs what is made here) and what no policy
//! is compiled with: there is one compiler of policies, and it is tested as part of the library.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports)] // most of the library is only along for the ride

#[path = "src/limits.rs"]
pub mod limits;
#[path = "src/listing/mod.rs"]
mod listing;
#[path = "src/policy/mod.rs"]
mod policy;
#[path = "src/reading/mod.rs"]
mod reading;
#[path = "src/scored.rs"]
mod scored;
#[path = "src/signals/mod.rs"]
pub mod signals;
#[path = "src/text/mod.rs"]
pub mod text;

// What the modules know each other by, as at the root of the library.
use listing::{Amount, Country, Currency, Field, Listing, ListingError, Rating, RawListing, Timestamp};
use policy::Policy;
use scored::{Band, Issue, Milli, Reason, Risk, ScoredListing, quote};

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("policy");
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it"));
    // Cargo looks at everything below it.
    println!("cargo::rerun-if-changed={}", root.display());
    let (mut files, mut list) = (BTreeMap::new(), String::from("&[\n"));
    for path in toml_files(&root) {
        let name = path.strip_prefix(&root).expect("found below it").to_string_lossy().replace('\\', "/");
        writeln!(list, "    ({name:?}, include_str!({path:?})),").expect("writing to a string does not fail");
        files.insert(name, std::fs::read_to_string(&path).expect("the policy folder can be read"));
    }
    list.push(']');
    match Policy::check_files(&files) {
        Ok(policy) => {
            std::fs::write(out.join("policy_files.rs"), list).expect("the build directory can be written");
            std::fs::write(out.join("policy.bin"), bitcode::encode(&policy)).expect("the build directory can be written");
        }
        // Cargo shows these lines and fails the build.
        Err(problems) => problems.iter().for_each(|problem| println!("cargo::error={}/{problem}", root.display())),
    }
}

/// The files of a policy below a folder, in the order of their names.
fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the policy folder can be read") {
        let path = entry.expect("the policy folder can be read").path();
        if path.is_dir() {
            files.extend(toml_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    files
}
