//! Do the pages of facts say what the code says? Run with `UPDATE=1` to write them anew.

use scoring::{Field, Policy, RawListing, ScoredListing, Scorer};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn check(page: &str, text: &str) {
    let path = root().join("docs").join(page);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).expect("docs can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "docs/{page} is out of date: UPDATE=1 cargo test -p tests --test facts");
}

const GENERATED: &str = "This page is generated from the code: `UPDATE=1 cargo test -p tests --test facts`.";

#[test]
fn every_limit_is_listed_with_its_reason() {
    let mut page = format!("# Limits\n\nEvery maximum has a name, a unit and a reason, and a test one beyond it.\n{GENERATED}\n");
    for (folder, what) in [
        ("shared/exports", "Reading files"),
        ("shared/scoring", "Scoring"),
        ("shared/auditing", "Steps of an audit"),
        ("functions/ingest", "Jobs"),
        ("functions/audit", "Audit runs"),
        ("functions/score-api", "Requests"),
        ("shared/storage", "Tables, objects and calls"),
        ("shared/lambda", "Events"),
    ] {
        write!(page, "\n## {what} (`{folder}`)\n\n| limit | value | why |\n| --- | --- | --- |\n").expect("writing to a string");
        let source = std::fs::read_to_string(root().join(folder).join("src/limits.rs")).expect("every room has its limits");
        let limits = limits(&source);
        assert!(!limits.is_empty(), "{folder} has no limits");
        for (name, value, why) in limits {
            writeln!(page, "| `{name}` | `{value}` | {why} |").expect("writing to a string");
        }
    }
    check("limits.md", &page);
}

/// The public constants of a source: name, value, documentation.
fn limits(source: &str) -> Vec<(String, String, String)> {
    let mut limits = Vec::new();
    let mut why = String::new();
    for line in source.lines() {
        let line = line.trim();
        if let Some(text) = line.strip_prefix("///") {
            why.push_str(text);
        } else if let Some((name, rest)) = line.strip_prefix("pub const ").and_then(|line| line.split_once(": ")) {
            let value = rest.split_once(" = ").map_or("", |(_, value)| value.trim_end_matches(';'));
            assert!(!why.is_empty(), "{name} has no reason");
            limits.push((name.to_owned(), value.to_owned(), why.trim().replace('|', "\\|")));
            why.clear();
        } else {
            why.clear();
        }
    }
    limits
}

#[test]
fn limits_are_read_from_source() {
    let source = "//! Limits.\n\n/// Longest row,\n/// in bytes.\npub const ROW_MAX: usize = 1 << 20;\nconst PRIVATE: u8 = 1;\n";
    assert_eq!(limits(source), [("ROW_MAX".to_owned(), "1 << 20".to_owned(), "Longest row, in bytes.".to_owned())]);
}

#[test]
fn every_setting_is_listed() {
    let mut page = format!(
        "# Environment variables\n\nRegion, credentials and endpoints come from the variables that every AWS client reads.\n{GENERATED}\n"
    );
    for (function, variables) in [
        ("ingest", ingest::config::ENVIRONMENT),
        ("score-api", score_api::config::ENVIRONMENT),
        ("audit", audit::config::ENVIRONMENT),
    ] {
        write!(page, "\n## `{function}`\n\n| variable | default | meaning |\n| --- | --- | --- |\n")
            .expect("writing to a string");
        for variable in variables {
            let default = match variable.default {
                None => "must be set".to_owned(),
                Some("") => "may be left out".to_owned(),
                Some(default) => format!("`{default}`"),
            };
            writeln!(page, "| `{}` | {default} | {} |", variable.name, variable.meaning).expect("writing to a string");
        }
    }
    check("environment.md", &page);
}

/// The page of formats is written by hand; it must name every preset and every reason to refuse a file or a row.
#[test]
fn the_page_of_formats_names_every_preset_and_code() {
    let page = std::fs::read_to_string(root().join("docs/formats.md")).expect("docs/formats.md is there");
    let mut sources = vec![root().join("shared/exports/src/error.rs"), root().join("shared/exports/src/formats/json/mod.rs")];
    for folder in
        ["shared/exports/src/presets", "shared/exports/src/formats", "shared/exports/src/formats/delimited", "shared/exports/src"]
    {
        let entries = std::fs::read_dir(root().join(folder)).expect("the folder is there");
        sources.extend(
            entries.map(|entry| entry.expect("it can be read").path()).filter(|path| path.extension().is_some_and(|e| e == "rs")),
        );
    }
    let mut missing = Vec::new();
    for source in sources {
        let text = std::fs::read_to_string(&source).expect("a source can be read");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for quoted in code.split('"').skip(1).step_by(2) {
            let is_code = quoted.starts_with("file.") || quoted.starts_with("row.");
            let is_preset = code.contains(&format!("name: \"{quoted}\""))
                && source.parent().is_some_and(|folder| folder.ends_with("presets"));
            if (is_code || is_preset) && !page.contains(&format!("`{quoted}`")) {
                missing.push(quoted.to_owned());
            }
        }
    }
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "docs/formats.md does not name {missing:?}");
}

/// What the README tells, apart from what changes with every edit of the policy and every run.
#[test]
fn the_answer_in_the_readme_is_the_answer() {
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).expect("the README is there");
    let (head, section) = readme.split_once("## What an answer looks like\n").expect("the heading is there");
    let title = section.split('`').nth(1).expect("the section begins with a title");
    let (before, rest) = section.split_once("```json\n").expect("the section has an answer");
    let (answer, after) = rest.split_once("```").expect("the answer ends");
    let told: ScoredListing = serde_json::from_str(answer).expect("the answer is JSON");
    let mut raw = RawListing::default();
    for (field, text) in [(Field::ListingId, "A-17"), (Field::Title, title), (Field::Price, "89"), (Field::Currency, "USD")] {
        raw.set(field, text);
    }
    let listing = raw.into_listing().expect("the title is no field that can be refused");
    let mut scored = Scorer::new(Policy::embedded()).score(&listing, &told.scored_at);
    if std::env::var_os("UPDATE").is_none() {
        scored.policy.clone_from(&told.policy);
    }
    let mut line = serde_json::to_string(&scored).expect("a result can be written");
    for (key, indent) in [("\"reasons\":", 1), ("{\"signal\":", 2), ("\"why\":", 3), ("\"issues\":", 1)] {
        line = line.replace(key, &format!("\n{}{key}", " ".repeat(indent)));
    }
    let written = format!("{head}## What an answer looks like\n{before}```json\n{line}\n```{after}");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &written).expect("the README can be written");
    } else {
        assert!(readme == written, "the README shows another answer: UPDATE=1 cargo test -p tests --test facts");
    }
}

#[test]
fn the_readme_promises_no_more_than_there_is() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README is there");
    let changelog = std::fs::read_to_string(root().join("CHANGELOG.md")).expect("the changelog is there");
    let there = [("signals", scoring::signals::ALL.len()), ("brands", Policy::embedded().size().brands)];
    for (page, name) in [(&readme, "README.md"), (&changelog, "CHANGELOG.md")] {
        for (what, count) in there {
            // "more than 140 signals", of which the word may be a link.
            let promises: Vec<usize> = page
                .split("ore than ")
                .skip(1)
                .filter_map(|rest| rest.split_once(' '))
                .filter(|(_, rest)| rest.trim_start_matches('[').starts_with(what))
                .filter_map(|(number, _)| number.parse().ok())
                .collect();
            assert!(!promises.is_empty(), "{name} does not say how many {what} there are");
            assert!(promises.iter().all(|promise| *promise < count), "{name}: {promises:?} {what}, there are {count}");
        }
    }
}
