//! How well does it score? Listings of our own writing, the ways in which sellers disguise them, and what training reads.

pub mod hard_negatives;
pub mod marketplace;
pub mod mutations;
pub mod offending;

use std::collections::BTreeMap;
use std::path::Path;

/// The files of a policy folder: path within it, and text.
///
/// # Errors
/// When the folder or one of its files cannot be read.
pub fn policy_files(root: &Path) -> std::io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let name = format!("{folder}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push(format!("{name}/"));
            } else if name.ends_with(".toml") {
                files.insert(name, std::fs::read_to_string(entry.path())?);
            }
        }
    }
    Ok(files)
}
