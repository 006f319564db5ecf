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

    /// An error about what stands at a byte of the file.
    pub(super) fn at_offset(file: &str, text: &str, offset: usize, reason: impl Into<String>) -> Self {
        Self { line: Some(line_of(text, offset)), ..Self::new(file, reason) }
    }

    /// An error about a key or a value: the line is the first that begins with it, else the first that holds it, comments apart.
    pub(super) fn at_text(file: &str, text: &str, value: &str, reason: impl Into<String>) -> Self {
        let code =
            || text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_start())).filter(|(_, line)| !line.starts_with('#'));
        let is_key = |line: &str| line.strip_prefix(value).is_some_and(|rest| rest.trim_start().starts_with('='));
        let line = code().find(|(_, line)| is_key(line)).or_else(|| code().find(|(_, line)| line.contains(value)));
        Self { line: line.map(|(number, _)| number), ..Self::new(file, reason) }
    }

    pub(super) fn from_toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map(|span| line_of(text, span.start));
        Self { line, ..Self::new(file, error.message()) }
    }
}

/// The 1-based line of a byte.
pub(super) fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
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
