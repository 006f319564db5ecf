//! Is a policy that makes no sense refused, with the place to change? The build script passes on exactly these errors.

use scoring::{Policy, embedded_files};

#[test]
fn an_error_names_file_line_and_reason() {
    // The file, what stands there, what somebody writes instead, what the line of the error says, and the reason.
    let check = |file: &str, from: &str, to: &str, line: &str, reason: &str| {
        let mut files = embedded_files();
        let text = files[file].replacen(from, to, 1);
        assert_ne!(text, files[file], "{from} does not stand in {file}");
        let number = 1 + text.lines().position(|other| other.starts_with(line)).expect("the line is there");
        files.insert(file.to_owned(), text);
        let error = Policy::from_files(&files).err().expect("the policy is refused").to_string();
        let expected = format!("{file}:{number}: {reason}");
        assert!(error.starts_with(&expected), "{error}\nshould begin with\n{expected}");
    };
    let brand = "brands/gucci.toml";
    check(brand, "name =", "nmae =", "nmae", "unknown field `nmae`, expected one of `name`");
    check(brand, "name = \"Gucci\"", "name = \"Gucci", "name", "");
    check(brand, "[\"bags\",", "[\"bagz\",", "categories", "there is no category 'bagz'");
    check(brand, "any = 30", "any = -30", "any", "a floor is a price above 0");
    let lexicon = "lexicon/en.toml";
    check(lexicon, "language = \"en\"", "language = \"fr\"", "language", "the language is not that of the file's name");
    check(lexicon, "\"replica_term\"", "\"replicas\"", "signal = \"replicas\"", "no signal 'replicas' takes terms");
    check(lexicon, "strength = 3", "strength = 4", "strength = 4", "strength is 1, 2 or 3");
    check("scoring.toml", "base = -4.6", "base = -46", "base", "base is out of range");
    check("scoring.toml", "[-8.00, 0.03]", "[-7.00, 0.03]", "calibration", "calibration needs two or more pairs, rising");
    check("scoring.toml", "replica_term =", "replicas =", "replicas", "there is no signal 'replicas'");
    check("currencies.toml", "AUD = \"1.449\"", "AUD = \"0\"", "AUD", "the rate of AUD is not a positive decimal");
}

#[test]
fn a_policy_has_all_its_files_and_no_others() {
    let check = |removed: &str, added: &str, expected: &str| {
        let mut files = embedded_files();
        files.remove(removed);
        if !added.is_empty() {
            files.insert(added.to_owned(), String::new());
        }
        let error = Policy::from_files(&files).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some(expected));
    };
    check("scoring.toml", "", "scoring.toml: is missing");
    check("currencies.toml", "", "currencies.toml: is missing");
    check("", "notes.toml", "notes.toml: is not a file of a policy");
    check("", "brands/Two Words.toml", "brands/Two Words.toml:1: missing field `name`");
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let mut files = embedded_files();
    for (file, from, to) in [
        ("brands/gucci.toml", "[\"bags\",", "[\"bagz\","),
        ("brands/gucci.toml", "any = 30", "any = 0"),
        ("brands/prada.toml", "name =", "nmae ="),
        ("lexicon/en.toml", "\"replica_term\"", "\"replicas\""),
        ("lexicon/en.toml", "strength = 3", "strength = 4"),
        ("scoring.toml", "review = 40.0", "review = 400.0"),
        ("scoring.toml", "wink =", "winks ="),
    ] {
        let text = files[file].replacen(from, to, 1);
        assert_ne!(text, files[file], "{from} does not stand in {file}");
        files.insert(file.to_owned(), text);
    }
    files.remove("kinds.toml");
    // What was learned has a weight for every signal.
    files.remove("learned.toml");
    let problems = Policy::check_files(&files).err().expect("the policy is refused");
    let said: Vec<String> = problems.iter().map(|problem| format!("{}: {}", problem.file, problem.reason)).collect();
    let expected = [
        "kinds.toml: is missing",
        "brands/gucci.toml: a floor is a price above 0",
        "brands/gucci.toml: there is no category 'bagz'",
        "brands/prada.toml: unknown field `nmae`",
        "lexicon/en.toml: no signal 'replicas' takes terms",
        "lexicon/en.toml: strength is 1, 2 or 3",
        "scoring.toml: thresholds are risks above 0",
        "scoring.toml: there is no signal 'winks'",
        "scoring.toml: the signal 'wink' has no weight",
    ];
    // And nothing else: that there are no kinds is said once, not for every brand.
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.starts_with(expected), "{said}\nshould begin with\n{expected}");
    }
    assert_eq!(Policy::from_files(&files).err(), problems.first().cloned());
}
