//! Does every example of every brand and term come out as its author expects?

use scoring::{Policy, embedded_files};
use std::sync::Arc;

#[test]
fn every_example_of_the_policy_holds() {
    let policy = Policy::embedded();
    let failures: Vec<_> =
        policy.failing_examples().iter().map(|failed| format!("{failed}: {:#?}", failed.scored.reasons)).collect();
    let examples = policy.examples().count();
    assert!(failures.is_empty(), "{} of {examples} examples fail:\n{}", failures.len(), failures.join("\n"));
    assert!(examples >= 120, "only {examples} examples");
}

#[test]
fn an_example_that_fails_is_named_with_its_place_and_both_verdicts() {
    let check = |file: &str, before: &str, example: &str, expected: &str| {
        let mut files = embedded_files();
        let text = files.get_mut(file).expect("the file is there");
        let at = text.find(before).expect("the place is there");
        let line = 1 + text[..at].lines().count();
        text.insert_str(at, example);
        let failing = Arc::new(Policy::from_files(&files).expect("the policy is sound")).failing_examples();
        let said: Vec<_> =
            failing.iter().map(|failed| (failed.example.file.as_str(), failed.example.line, failed.to_string())).collect();
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!((said[0].0, said[0].1), (file, line));
        assert!(said[0].2.starts_with(expected), "{}", said[0].2);
    };
    let example = "[[example]]\ntitle = \"Gucci Marmont replica 1:1\"\nexpect = \"clear\"\n\n";
    check("brands/gucci.toml", "[[example]]", example, "'Gucci Marmont replica 1:1' should be clear, is red_flag (");
    let example = "[[term.example]]\ntitle = \"Linen shirt\"\nexpect = \"flagged\"\nabout = \"gucci\"\n\n";
    // Behind the first term, whose example it is.
    check("lexicon/en.toml", "[[term]]\nid = \"en.replica\"", example, "'Linen shirt' should be flagged about gucci, is clear (");
}
