//! Which house rules can a program check? Rules on the text of the repository, in the manner of rust-analyzer's tidy tests.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Longest source file, in lines: beyond it a module answers more than one question.
pub const FILE_LINES_MAX: usize = 500;

/// Longest `main.rs` of a function, in lines, exclusive: wiring only, the logic is in its library.
pub const FUNCTION_MAIN_LINES_MAX: usize = 60;

/// Folders that are not ours to judge: build output, version control, sandboxes of tools.
const SKIPPED_FOLDERS: &[&str] = &["target", ".git", "node_modules", ".venv", "__pycache__"];

/// Text files beside Rust that are read for words a repository must not carry.
const TEXT_EXTENSIONS: &[&str] =
    &["rs", "toml", "md", "py", "sh", "yaml", "yml", "json", "html", "css", "js", "sql", "txt", "lock", "cfg", "ini"];

/// Marks of work left undone. Spelled in halves so that this file passes its own rule.
const UNDONE: &[&str] =
    &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("to", "do!("), concat!("unimple", "mented!("), concat!("#[ig", "nore")];

/// Beginnings of paths that exist on one machine only.
const MACHINE_PATHS: &[&str] = &[
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/main"),
    concat!("/wo", "rk/shared"),
    concat!("/wo", "rk/.library"),
    concat!("/tmp/w", "t/"),
    concat!("C:", "\\"),
];

/// One line for each rule that a file breaks. `path` is relative to the root, with forward slashes.
#[must_use]
pub fn violations(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = text.lines().count();
    if path.ends_with(".rs") {
        if !text.starts_with("//!") {
            found.push(format!("{path}: the first line does not say (//!) which question the module answers"));
        }
        if lines > FILE_LINES_MAX {
            found.push(format!("{path}: {lines} lines, more than {FILE_LINES_MAX}"));
        }
        if path.starts_with("functions/") && path.ends_with("/main.rs") && lines >= FUNCTION_MAIN_LINES_MAX {
            found.push(format!("{path}: {lines} lines of wiring, {FUNCTION_MAIN_LINES_MAX} or more"));
        }
    }
    for (number, line) in text.lines().enumerate() {
        let mut report = |what: &str| found.push(format!("{path}:{}: {what}", number + 1));
        // Words of listings are data and may say anything; the rule is about our own notes in code.
        if path.ends_with(".rs") || path.ends_with(".py") {
            UNDONE.iter().filter(|mark| line.contains(*mark)).for_each(|mark| report(&format!("work left undone: {mark}")));
        }
        MACHINE_PATHS
            .iter()
            .filter(|start| names_machine(line, start))
            .for_each(|start| report(&format!("a path of one machine: {start}")));
    }
    found
}

/// A machine's path starts a word; the same letters inside an address or a longer path are something else.
fn names_machine(line: &str, start: &str) -> bool {
    line.match_indices(start)
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '}' | '*')))
}

/// Every text file of the repository, as (path from the root with forward slashes, content). Files that are not UTF-8 are data and left out.
///
/// # Errors
/// When a folder or file cannot be read.
pub fn text_files(root: &Path) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let (entry, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
            let name = name.to_string_lossy();
            if entry.is_dir() {
                if !SKIPPED_FOLDERS.contains(&name.as_ref()) {
                    folders.push(entry);
                }
            } else if is_text(&entry)
                && let Ok(text) = String::from_utf8(fs::read(&entry)?)
            {
                let path: PathBuf = entry.strip_prefix(root).unwrap_or(&entry).to_owned();
                files.push((path.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    files.sort();
    Ok(files)
}

fn is_text(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "Makefile")
        || path.extension().and_then(|extension| extension.to_str()).is_some_and(|extension| TEXT_EXTENSIONS.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, expected: &[&str]) {
        assert_eq!(violations(path, text), expected, "{path}");
    }

    #[test]
    fn a_module_says_its_question_and_stays_short() {
        check("shared/a/src/lib.rs", "//! Why?\n", &[]);
        check(
            "shared/a/src/lib.rs",
            "use std::fmt;\n",
            &["shared/a/src/lib.rs: the first line does not say (//!) which question the module answers"],
        );
        check("tests/a.rs", &format!("//! Why?\n{}", "\n".repeat(499)), &[]);
        check("tests/a.rs", &format!("//! Why?\n{}", "\n".repeat(500)), &["tests/a.rs: 501 lines, more than 500"]);
        check("docs/long.md", &"\n".repeat(900), &[]);
    }

    #[test]
    fn wiring_is_short() {
        check("functions/ingest/src/main.rs", &format!("//! Wiring.\n{}", "\n".repeat(58)), &[]);
        check(
            "functions/ingest/src/main.rs",
            &format!("//! Wiring.\n{}", "\n".repeat(59)),
            &["functions/ingest/src/main.rs: 60 lines of wiring, 60 or more"],
        );
        check("infra/local/src/main.rs", &format!("//! The command.\n{}", "\n".repeat(99)), &[]);
    }

    #[test]
    fn nothing_is_left_undone() {
        for mark in UNDONE {
            check("a.rs", &format!("//! Why?\n    {mark}"), &[&format!("a.rs:2: work left undone: {mark}")]);
            check("policy/brands.toml", mark, &[]);
        }
    }

    #[test]
    fn no_machine_is_named() {
        for start in MACHINE_PATHS {
            check("README.md", &format!("cd {start}me\n"), &[&format!("README.md:1: a path of one machine: {start}")]);
            check("README.md", &format!("`{start}me`\n"), &[&format!("README.md:1: a path of one machine: {start}")]);
            check("README.md", &format!("https://example.org{start}me\n"), &[]);
        }
    }
}
