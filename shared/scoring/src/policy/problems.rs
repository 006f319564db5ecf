//! What is wrong with the files of a policy? Everything that can be said in one go, each with its file and line.

use super::PolicyError;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use toml::Spanned;

/// The files of a policy and what was found wrong with them so far.
pub(super) struct Problems<'f> {
    files: &'f BTreeMap<String, String>,
    pub(super) found: Vec<PolicyError>,
}

impl<'f> Problems<'f> {
    pub(super) fn of(files: &'f BTreeMap<String, String>) -> Self {
        Self { files, found: Vec::new() }
    }

    fn text(&self, path: &str) -> &'f str {
        self.files.get(path).map_or("", String::as_str)
    }

    /// What a file says; without one, or when it says something else, that is the problem.
    pub(super) fn read<T: DeserializeOwned>(&mut self, path: &str) -> Option<T> {
        let Some(text) = self.files.get(path) else {
            self.file(path, "is missing");
            return None;
        };
        toml::from_str(text).map_err(|error| self.found.push(PolicyError::from_toml(path, text, &error))).ok()
    }

    /// Something is wrong with a file as a whole.
    pub(super) fn file(&mut self, path: &str, reason: impl Into<String>) {
        self.found.push(PolicyError::new(path, reason));
    }

    /// Something is wrong with a value that was read with its place.
    pub(super) fn at<T>(&mut self, path: &str, value: &Spanned<T>, reason: impl Into<String>) {
        self.found.push(PolicyError::at_offset(path, self.text(path), value.span().start, reason));
    }

    /// Something is wrong with a key, or a value whose place is not known: it is looked for.
    pub(super) fn at_text(&mut self, path: &str, text: &str, reason: impl Into<String>) {
        self.found.push(PolicyError::at_text(path, self.text(path), text, reason));
    }
}
