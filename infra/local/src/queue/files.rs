//! Where do the messages of a persistent queue live on disk?
//!
//! One JSON file a message, named by its number; dead letters in a folder beside them, so that a person can read them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::Message;
use crate::error::LocalError;

#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    dead: PathBuf,
}

impl Files {
    pub(super) fn open(folder: PathBuf) -> Result<Self, LocalError> {
        let dead = folder.join("dead");
        fs::create_dir_all(&dead).map_err(LocalError::path(&dead))?;
        Ok(Self { folder, dead })
    }

    pub(super) fn load_waiting(&self) -> Result<BTreeMap<u64, Message>, LocalError> {
        load(&self.folder)
    }

    pub(super) fn load_dead(&self) -> Result<BTreeMap<u64, Message>, LocalError> {
        load(&self.dead)
    }

    /// Whole or not at all: a crash leaves the old file or the new one.
    pub(super) fn write(&self, number: u64, message: &Message) -> Result<(), LocalError> {
        let path = self.folder.join(name(number));
        let unfinished = path.with_extension("tmp");
        let json = serde_json::to_vec(message)
            .map_err(|error| LocalError::Path { path: path.clone(), source: std::io::Error::other(error) })?;
        fs::write(&unfinished, json).map_err(LocalError::path(&unfinished))?;
        fs::rename(&unfinished, &path).map_err(LocalError::path(&path))
    }

    pub(super) fn remove(&self, number: u64) -> Result<(), LocalError> {
        let path = self.folder.join(name(number));
        fs::remove_file(&path).map_err(LocalError::path(&path))
    }

    pub(super) fn bury(&self, number: u64) -> Result<(), LocalError> {
        let path = self.folder.join(name(number));
        fs::rename(&path, self.dead.join(name(number))).map_err(LocalError::path(&path))
    }
}

fn name(number: u64) -> String {
    format!("{number:012}.json")
}

fn load(folder: &Path) -> Result<BTreeMap<u64, Message>, LocalError> {
    let mut messages = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(LocalError::path(folder))? {
        let path = entry.map_err(LocalError::path(folder))?.path();
        let number = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse::<u64>().ok());
        if let Some(number) = number
            && path.extension().is_some_and(|extension| extension == "json")
            && let Ok(message) = serde_json::from_slice(&fs::read(&path).map_err(LocalError::path(&path))?)
        {
            messages.insert(number, message);
        }
    }
    Ok(messages)
}
