//! Why is a policy refused?

use std::fmt;

/// A policy that cannot be used, with the file and line that must change. Retrying never helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// Path within the policy folder.
    pub file: String,
    /// 1-based line, where it is known.
    pub line: Option<usize>,
    /// What is wrong, for the author of the file.
    pub reason: String,
}

impl PolicyError {
    /// Stable machine name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "policy.invalid"
    }

    pub(super) fn new(file: &str, reason: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: None, reason: reason.into() }
    }

    /// An error about a value: the line is where the value stands first in the file, comments apart.
    pub(super) fn at_value(file: &str, text: &str, value: &str, reason: impl Into<String>) -> Self {
        let says_it = |line: &str| !line.trim_start().starts_with('#') && line.contains(value);
        let line = text.lines().position(says_it).map(|at| at + 1);
        Self { line, ..Self::new(file, reason) }
    }

    pub(super) fn from_toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        Self { line, ..Self::new(file, error.message()) }
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

impl std::error::Error for PolicyError {}
