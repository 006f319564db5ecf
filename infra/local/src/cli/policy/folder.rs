//! Which files of a folder make up a policy?

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use scoring::PolicyError;

use super::Unreadable;
use crate::limits::{POLICY_FILE_BYTES_MAX, POLICY_FOLDER_LEVELS_MAX};

/// Folders of a policy in which every file says something: one with another ending is a mistake.
const READ_WHOLE: [&str; 2] = ["brands/", "lexicon/"];

/// By any of these a policy folder is known, however much of it is missing.
const ROOTS: [&str; 3] = ["scoring.toml", "brands", "lexicon"];

/// A policy folder, read.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Text by path within the folder.
    pub(super) files: BTreeMap<String, String>,
    /// Files that cannot be part of a policy.
    pub(super) problems: Vec<PolicyError>,
}

/// Reads the files that the build of the scoring crate reads: every one that ends in `.toml`.
pub(super) fn read(folder: &Path) -> Result<Folder, Unreadable> {
    let mut read = Folder::default();
    fs::metadata(folder).map_err(|error| format!("{}: cannot be read: {error}", folder.display()))?;
    // Anything else would be one problem for each of its files.
    if !ROOTS.iter().any(|name| folder.join(name).exists()) {
        return Err(format!("{}: is no policy folder: it holds none of {}", folder.display(), ROOTS.join(", ")));
    }
    read.read_level(folder, "", 0)?;
    Ok(read)
}

impl Folder {
    fn read_level(&mut self, folder: &Path, prefix: &str, level: usize) -> Result<(), Unreadable> {
        let unreadable = |error: std::io::Error| format!("{}: cannot be read: {error}", folder.display());
        let mut entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(unreadable)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            // A link to a folder may lead around in a circle, and none is needed here.
            if entry.file_type().map_err(unreadable)?.is_dir() {
                if level < POLICY_FOLDER_LEVELS_MAX {
                    self.read_level(&path, &format!("{name}/"), level + 1)?;
                }
            } else if name.ends_with(".toml") {
                match text(&path) {
                    Ok(text) => _ = self.files.insert(name, text),
                    Err(reason) => self.problem(&name, reason),
                }
            } else if READ_WHOLE.iter().any(|folder| name.starts_with(folder))
                && !is_left_over(&entry.file_name().to_string_lossy())
            {
                self.problem(&name, "is not read: the name of a policy's file ends in .toml".to_owned());
            }
        }
        Ok(())
    }

    fn problem(&mut self, file: &str, reason: String) {
        self.problems.push(PolicyError { file: file.to_owned(), line: None, reason });
    }
}

/// What editors and file managers leave behind.
fn is_left_over(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~')
}

fn text(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
    file.take(POLICY_FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > POLICY_FILE_BYTES_MAX {
        return Err(format!("is larger than {POLICY_FILE_BYTES_MAX} bytes"));
    }
    String::from_utf8(bytes).map_err(|error| format!("is not UTF-8 from byte {} on", error.utf8_error().valid_up_to()))
}
