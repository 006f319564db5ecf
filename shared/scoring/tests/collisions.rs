//! Are words found that will be found where they mean something else, and only those?

use scoring::{CollisionSort, OrdinaryWords, Policy, embedded_files};
use std::collections::BTreeMap;

const LISTS: [(&str, &str); 4] = [
    ("en", "the\nbag\ntarget\ncoach\nneedle\nneedlework"),
    ("fr", "le\nété\ncible"),
    ("ja", "する\nインストール\n水鬼子"),
    ("ko", "사과\n애플리케이션"),
];

/// The smallest policy there is, with what a case is about.
fn policy(brands: &[(&str, &str)], terms: &[&str]) -> BTreeMap<String, String> {
    let mut files = embedded_files();
    files.retain(|path, _| !path.starts_with("brands/") && !path.starts_with("lexicon/"));
    let goods = "[[category]]\nid = \"bags\"\nwords = [\"bag\"]\n[[category]]\nid = \"shoes\"\nwords = [\"shoe\"]\n";
    files.insert("categories.toml".into(), goods.into());
    let kinds =
        "origin = \"\"\n[[kind]]\nid = \"tote\"\ncategory = \"bags\"\ntypical_usd = 9\ncopy_usd = 4\nwords = [\"tote\"]\n";
    files.insert("kinds.toml".into(), kinds.into());
    let house = ("house", "aliases = [\"Zzyzx House\"]");
    for (id, words) in brands.iter().copied().chain([house]) {
        let text = format!("name = \"Zzyzx {id}\"\ncategories = [\"bags\"]\norigin = \"\"\n{words}\n");
        files.insert(format!("brands/{id}.toml"), text);
    }
    let mut lexicon = "language = \"en\"\n".to_owned();
    for term in terms {
        lexicon.push_str(&format!("[[term]]\nstrength = 2\nmeaning = \"\"\nsource = \"M\"\n{term}\n"));
    }
    files.insert("lexicon/en.toml".into(), lexicon);
    files
}

#[test]
fn a_word_that_means_something_else_is_found_and_an_honest_one_is_not() {
    use CollisionSort::{HarmlessElsewhere, InsideName, InsideOrdinaryWord, InsidePhrase, NameOfGoods, OrdinaryWord, TwoOwners};
    let check = |brands: &[(&str, &str)], terms: &[&str], expected: &[(CollisionSort, &str, usize, &str)]| {
        let review = Policy::review(&policy(brands, terms), &OrdinaryWords::of(LISTS));
        assert_eq!(review.problems, [], "{brands:?} {terms:?}");
        let found: Vec<_> =
            review.collisions.iter().map(|found| (found.sort, found.file.as_str(), found.line, found.reason.as_str())).collect();
        assert_eq!(found, expected);
    };
    let (acme, bolt) = ("brands/acme.toml", "brands/bolt.toml");
    let lexicon = "lexicon/en.toml";

    // Words that honest sellers use; a short form needs a context and may be one.
    let reason = "'Target', an alias of acme, is an ordinary word (place in the list: en 3)";
    check(&[("acme", "aliases = [\"Target\"]")], &[], &[(OrdinaryWord, acme, 4, reason)]);
    check(&[("acme", "aliases = [\"Acme\"]\nshort = [\"Target\"]")], &[], &[]);
    let reason = "'Été', a model of acme, is an ordinary word (place in the list: fr 2)";
    check(&[("acme", "aliases = [\"Acme\"]\nmodels = [\"Été\"]")], &[], &[(OrdinaryWord, acme, 5, reason)]);
    check(&[("acme", "aliases = [\"Acme\", \"Target Sport\"]")], &[], &[]);

    // Scripts in which a word is found inside a longer one, or at its beginning; never in an alphabet.
    let reason = "'水鬼', a nickname of acme, is found inside 水鬼子 (ja)";
    check(&[("acme", "aliases = [\"Acme\"]\nnicknames = [\"水鬼\"]")], &[], &[(InsideOrdinaryWord, acme, 5, reason)]);
    check(&[("acme", "aliases = [\"Acme\"]\nnicknames = [\"水鬼\"]\ntraps = [\"水鬼子\"]")], &[], &[]);
    let reason = "'애플', a short form of acme, is found inside 애플리케이션 (ko)";
    check(&[("acme", "aliases = [\"Acme\"]\nshort = [\"애플\"]")], &[], &[(InsideOrdinaryWord, acme, 5, reason)]);
    let reason = "'ストール', a word of en.a, is found inside インストール (ja)";
    let term = "id = \"en.a\"\nsignal = \"wink\"\nwords = [\"ストール\"]";
    check(&[], &[term], &[(InsideOrdinaryWord, lexicon, 8, reason)]);
    check(&[], &[&format!("{term}\nunless = [\"インストール\"]")], &[]);
    check(&[("acme", "aliases = [\"Needl\"]")], &[], &[]);

    // One word, two owners; a brand's display name alone decides nothing.
    let reason = "'Zork', a misspelling of bolt, is also an alias of acme (brands/acme.toml:4)";
    let brands = [("acme", "aliases = [\"Zork\"]"), ("bolt", "aliases = [\"Bolt\"]\nmisspellings = [\"Zork\"]")];
    check(&brands, &[], &[(TwoOwners, bolt, 5, reason)]);
    check(&[("acme", "aliases = [\"Zzyzx bolt\"]"), ("bolt", "aliases = [\"Bolt\"]")], &[], &[]);
    let reason = "'tote', a model of acme, is also a word of the kind tote (kinds.toml:7)";
    check(&[("acme", "aliases = [\"Acme\"]\nmodels = [\"tote\"]")], &[], &[(NameOfGoods, acme, 5, reason)]);

    // Terms inside of names and of phrases.
    let reps = "id = \"en.reps\"\nsignal = \"replica_term\"\nwords = [\"reps\"]";
    let reason = "'Crinkle Reps', a model of acme, holds 'reps', a word of en.reps (lexicon/en.toml:8)";
    let crinkle = [("acme", "aliases = [\"Acme\"]\nmodels = [\"Crinkle Reps\"]")];
    check(&crinkle, &[reps], &[(InsideName, acme, 5, reason)]);
    check(&crinkle, &[&format!("{reps}\nunless = [\"crinkle reps\"]")], &[]);
    let grade = "id = \"en.grade\"\nsignal = \"copy_grade\"\nwords = [\"best reps\"]";
    let reason = "'best reps', a word of en.grade, holds 'reps', a word of en.reps (lexicon/en.toml:8): both count";
    check(&[], &[reps, grade], &[(InsidePhrase, lexicon, 15, reason)]);
    let same = "id = \"en.more\"\nsignal = \"replica_term\"\nwords = [\"best reps\"]";
    check(&[], &[reps, same], &[]);
    let excepted = format!("{reps}\nunless = [\"best reps\"]");
    let reason = "'best reps', an exception of en.reps, counts as a word of en.more (lexicon/en.toml:16)";
    check(&[], &[&excepted, same], &[(HarmlessElsewhere, lexicon, 9, reason)]);
}

#[test]
fn a_policy_with_problems_is_searched_as_far_as_it_can_be_read() {
    let mut files = policy(&[("acme", "aliases = [\"Target\"]"), ("bolt", "aliases = [\"Bolt\"]\nnmae = \"\"")], &[]);
    files.remove("scoring.toml");
    let review = Policy::review(&files, &OrdinaryWords::of(LISTS));
    assert!(review.policy.is_none());
    assert_eq!(review.problems.len(), 2);
    assert_eq!(review.collisions.len(), 1);
}
