//! Does `touchstone policy check` tell an analyst everything about a policy folder, and a script the same?
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use scoring::embedded_files;
use serde_json::Value;
use tempfile::TempDir;

const BRAND: &str = r#"
name = "Zorkmid"
categories = ["shoes"]
aliases = ["Zorkmid"]
origin = "this test"

[[example]]
title = "Zorkmid running shoes replica 1:1"
category = "shoes"
expect = "flagged"
about = "zorkmid"

[[example]]
title = "Zorkmid running shoes"
category = "shoes"
expect = "clear"
about = "zorkmid"
"#;

/// A copy of the embedded policy in a folder `policy`.
fn policy() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    for (path, text) in embedded_files() {
        let path = home.path().join("policy").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    home
}

fn edit(home: &TempDir, file: &str, from: &str, to: &str) {
    let path = home.path().join("policy").join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from} does not stand in {file}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

fn add(home: &TempDir, file: &str, text: impl AsRef<[u8]>) {
    fs::write(home.path().join("policy").join(file), text).unwrap();
}

/// Exit status, standard output and error of a check of the folder `policy`.
fn check(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    command.current_dir(folder).args(["policy", "check"]).args(arguments).stdin(Stdio::null());
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn json(folder: &Path, arguments: &[&str]) -> (i32, Value) {
    let (code, out, err) = check(folder, &[arguments, &["--json"]].concat());
    assert_eq!(err, "");
    (code, serde_json::from_str(&out).unwrap())
}

/// Every one of `expected` is a line's beginning, in this order.
fn assert_lines(out: &str, expected: &[&str]) {
    let mut lines = out.lines();
    for expected in expected {
        assert!(lines.any(|line| line.trim_start().starts_with(expected)), "no line '{expected}' in its place in:\n{out}");
    }
}

#[test]
fn a_folder_without_changes_is_fine() {
    let home = policy();
    let (code, out, err) = check(home.path(), &["policy", "--strict"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(!out.contains('\u{1b}'), "{out}");
    assert_lines(
        &out,
        &["Policy", "Problems    none", "Examples    all", "Collisions  none that is new", "nothing changes", "Fine."],
    );
    let (code, said) = json(home.path(), &["policy", "--against", "policy"]);
    assert_eq!((code, &said["fine"]), (0, &Value::Bool(true)));
    assert!(said["verdicts"]["listings"].as_u64().unwrap() > 3_000, "{said}");
    assert_eq!(said["verdicts"]["changed"].as_array().unwrap().len(), 0);
}

#[test]
fn every_problem_is_named_with_its_line() {
    let home = policy();
    add(
        &home,
        "brands/zorkmid.toml",
        BRAND.replace("shoes\"]", "shoez\"]").replace("about = \"zorkmid\"\n\n", "abuot = \"\"\n\n"),
    );
    add(&home, "brands/Two.toml", BRAND.replace("shoes\"]", "shoez\"]"));
    add(&home, "brands/latin.toml", b"name = \"Zorkm\xefd\"");
    add(&home, "brands/notes.txt", "");
    add(&home, "brands/.zorkmid.toml.swp", "");
    edit(&home, "scoring.toml", "wink =", "winks =");
    // A learned weight would stand in for the one that is missing.
    fs::remove_file(home.path().join("policy/learned.toml")).unwrap();
    let (code, out, _) = check(home.path(), &["policy"]);
    assert_eq!(code, 1, "{out}");
    let expected = [
        "7 problems",
        "brands/latin.toml      is not UTF-8 from byte 13 on",
        "brands/notes.txt       is not read",
        "brands/Two.toml        a brand's file is named in small ASCII letters",
        "brands/Two.toml:3      there is no category 'shoez'",
        "brands/zorkmid.toml:11  unknown field `abuot`",
    ];
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (lines, expected): (Vec<_>, Vec<_>) = (out.lines().map(squeezed).collect(), expected.map(squeezed).into());
    assert_lines(&lines.join("\n"), &expected.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(lines.iter().any(|line| line.ends_with("there is no signal 'winks'")), "{out}");
    assert!(lines.iter().any(|line| line.ends_with("the signal 'wink' has no weight")), "{out}");
    assert!(out.contains("not compared before the problems are gone"), "{out}");
    let (code, said) = json(home.path(), &["policy"]);
    assert_eq!((code, said["problems"].as_array().unwrap().len()), (1, 7));
    assert_eq!((&said["policy"], &said["verdicts"]), (&Value::Null, &Value::Null));
}

#[test]
fn an_example_that_fails_and_a_collision_are_told_apart() {
    let home = policy();
    add(&home, "brands/zorkmid.toml", BRAND.replace("[\"Zorkmid\"]", "[\"Zorkmid\", \"Electricity\"]"));
    let (code, out, _) = check(home.path(), &["policy"]);
    assert_eq!(code, 0, "{out}");
    let reason = "brands/zorkmid.toml:4  'Electricity', an alias of zorkmid, is an ordinary word (place in the list: en ";
    assert_lines(&out, &["Collisions  1 new", reason, "Fine; look at the 1 new collision."]);
    assert_eq!(check(home.path(), &["policy", "--strict"]).0, 1);
    // Known to the other policy, it is no news.
    assert_eq!(check(home.path(), &["policy", "--strict", "--against", "policy"]).0, 0);
    let (_, all, _) = check(home.path(), &["policy", "--against", "policy", "--all"]);
    assert_lines(&all, &["Collisions  none that is new", "brands/zorkmid.toml:4", "Fine."]);

    add(&home, "brands/zorkmid.toml", BRAND.replace("\"clear\"", "\"flagged\""));
    let (code, out, _) = check(home.path(), &["policy"]);
    assert_eq!(code, 1, "{out}");
    let reason = "brands/zorkmid.toml:13  'Zorkmid running shoes' should be flagged about zorkmid, is clear (";
    assert_lines(&out, &["Examples", reason, "Collisions  none that is new", "Not fine: 1 example not as expected."]);
    let (code, said) = json(home.path(), &["policy"]);
    assert_eq!((code, &said["failing_examples"][0]["line"]), (1, &Value::from(13)));
}

#[test]
fn every_changed_verdict_is_counted_and_the_greatest_explained() {
    let home = policy();
    add(&home, "brands/zorkmid.toml", BRAND);
    let export = "listing_id,title,category\nA-1,Zorkmid running shoes,shoes\nA-2,Zorkmid shoes replica 1:1,shoes\n\
                  A-3,Garden hose,home\nA-4,,home\n";
    fs::write(home.path().join("export.csv"), export).unwrap();
    let (code, out, _) = check(home.path(), &["policy", "--listings", "export.csv", "--top", "1"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("over 3 listings of 1 export; 1 row rejected"), "{out}");
    assert_lines(&out, &["Another band: 1. Another brand alone: 1.", "Band or brand changes, the 1 greatest of 2"]);
    assert!(out.contains("A-2  'Zorkmid shoes replica 1:1'") && out.contains("no brand → brand zorkmid"), "{out}");

    edit(&home, "scoring.toml", "review = 40.0", "review = 0.1");
    let (_, said) = json(home.path(), &["policy", "--listings", "export.csv"]);
    let verdicts = &said["verdicts"];
    let bands = verdicts["bands_before_after"].as_object().unwrap().values();
    assert_eq!(bands.flat_map(|after| after.as_object().unwrap().values()).map(|n| n.as_u64().unwrap()).sum::<u64>(), 3);
    assert_eq!((&verdicts["listings"], &verdicts["bands_before_after"]["clear"]["review"]), (&3.into(), &2.into()));
    assert!(verdicts["mean_risk"]["after"].as_f64() > verdicts["mean_risk"]["before"].as_f64());
    let changed = &verdicts["changed"][0];
    assert!(changed["after"]["risk"].as_f64() > changed["before"]["risk"].as_f64(), "{changed}");
    assert!(changed["differences"][0]["after"].as_f64().unwrap() > 0.0, "{changed}");

    // Taken away again, it is missing on the other side.
    fs::rename(home.path().join("policy"), home.path().join("with")).unwrap();
    let plain = policy();
    let (_, said) = json(home.path(), &[plain.path().join("policy").to_str().unwrap(), "--against", "with"]);
    assert!(said["verdicts"]["bands_before_after"]["review"]["clear"].as_u64().unwrap() > 500, "{said}");
}

#[test]
fn what_cannot_be_read_is_one_line_and_two() {
    let home = policy();
    fs::create_dir(home.path().join("empty")).unwrap();
    fs::write(home.path().join("empty.csv"), "").unwrap();
    let check = |arguments: &[&str], expected: &str| {
        let (code, out, err) = check(home.path(), arguments);
        assert_eq!((code, out.as_str(), err.lines().count()), (2, "", 1), "{err}");
        assert!(err.starts_with(&format!("touchstone: {expected}")), "{err}");
    };
    check(&["nowhere"], "nowhere: cannot be read: ");
    check(&["empty"], "empty: is no policy folder: it holds none of scoring.toml, brands, lexicon");
    check(&["policy/scoring.toml"], "policy/scoring.toml: is no policy folder");
    check(&["policy", "--against", "empty"], "empty: is no policy folder");
    check(&["policy", "--listings", "nowhere.csv"], "nowhere.csv: cannot be read: ");
    check(&["policy", "--listings", "empty.csv"], "empty.csv: ");
    edit(&home, "scoring.toml", "base =", "bass =");
    check(&["policy", "--against", "policy"], "policy: is compared with and has problems itself: scoring.toml:");
}
