//! Do the tables of the model card and the README say what the committed run measured? Run with `UPDATE=1` to write them anew.
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_tables_are_those_of_the_committed_run() {
    let run = std::fs::read_to_string(root().join("tests/eval/baseline.json")).expect("the committed run is there");
    let run: Value = serde_json::from_str(&run).expect("the committed run is JSON");
    check("docs/model-card.md", &tables(&run));
    check("README.md", &[("readme", in_short(&run))]);
}

fn check(file: &str, tables: &[(&str, String)]) {
    let path = root().join(file);
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let written = tables.iter().fold(page.clone(), |page, (name, table)| with_table(&page, name, table));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &written).expect("docs can be written");
    } else {
        assert!(page == written, "{file} is out of date: UPDATE=1 cargo test -p eval --test model_card");
    }
}

/// The page with what stands between the two marks of a table replaced.
fn with_table(page: &str, name: &str, table: &str) -> String {
    let (begin, end) = (format!("<!-- generated: {name} -->\n"), "<!-- end -->");
    let (before, rest) = page.split_once(&begin).unwrap_or_else(|| panic!("no mark for {name}"));
    let (_, after) = rest.split_once(end).unwrap_or_else(|| panic!("no end of {name}"));
    assert!(!after.contains(&begin), "two marks for {name}");
    format!("{before}{begin}\n{table}\n{end}{after}")
}

/// Every generated table with the name of its place in the page.
fn tables(run: &Value) -> [(&'static str, String); 6] {
    [
        ("run", about(run)),
        ("systems", systems(run)),
        ("thresholds", thresholds(run)),
        ("slices", slices(run)),
        ("honest", honest(run)),
        ("counterfactuals", counterfactuals(run)),
    ]
}

fn about(run: &Value) -> String {
    let data = &run["data"];
    format!(
        "Policy `{}`; {} labelled listings of {} repositories, {} of them offered as replicas; seed {}.\n",
        text(&run["policy"]),
        data["rows"],
        data["repositories"],
        data["positives"],
        run["seed"],
    )
}

fn systems(run: &Value) -> String {
    const FIGURES: &[(&str, &str)] = &[
        ("auprc", "AUPRC"),
        ("roc_auc", "ROC-AUC"),
        ("recall_at_fpr_0.001", "recall at 0.1% FPR"),
        ("recall_at_fpr_0.01", "recall at 1% FPR"),
        ("ece", "ECE"),
        ("brier", "Brier"),
    ];
    let mut table = head(&["system"], FIGURES.iter().map(|(_, title)| *title));
    for system in list(&run["systems"]) {
        let cells = FIGURES.iter().map(|(name, _)| with_intervals(&system["figures"][*name]));
        row(&mut table, [text(&system["name"])], cells);
    }
    table
}

/// What a reader of the README needs: how well it ranks, beside what is simpler. Only the wider interval.
fn in_short(run: &Value) -> String {
    let figures = [("auprc", "average precision"), ("recall_at_fpr_0.01", "replicas found at 1% false positives")];
    let mut table = head(&["scored by"], figures.iter().map(|(_, title)| *title));
    for system in list(&run["systems"]) {
        let cells = figures.map(|(name, _)| {
            let figure = &system["figures"][name];
            let [low, high] = [0, 1].map(|end| number(&figure["repositories"][end]));
            format!("{} ({low} to {high})", number(&figure["value"]))
        });
        row(&mut table, [text(&system["name"])], cells);
    }
    table
}

fn thresholds(run: &Value) -> String {
    let mut table = head(&["system", "flag"], ["precision", "recall", "false-positive rate"]);
    for system in list(&run["systems"]) {
        for (band, title) in [("review", "review and above"), ("red_flag", "red flag")] {
            let figures =
                ["precision", "recall", "false_positive_rate"].map(|figure| &system["figures"][format!("{figure}_at_{band}")]);
            // A system that knows no bands has no figure here.
            if figures.iter().any(|figure| figure.is_object()) {
                row(&mut table, [text(&system["name"]), title.to_owned()], figures.iter().map(|figure| with_intervals(figure)));
            }
        }
    }
    table
}

fn slices(run: &Value) -> String {
    const FIGURES: &[(&str, &str)] = &[
        ("auprc", "AUPRC"),
        ("roc_auc", "ROC-AUC"),
        ("recall_at_review", "recall, review"),
        ("false_positive_rate_at_review", "FPR, review"),
        ("recall_at_red_flag", "recall, red flag"),
        ("false_positive_rate_at_red_flag", "FPR, red flag"),
    ];
    let mut table = head(&["slice"], ["rows", "replicas"].into_iter().chain(FIGURES.iter().map(|(_, title)| *title)));
    for slice in list(&run["slices"]).filter(|slice| slice["figures"].is_object()) {
        let counts = [slice["rows"].to_string(), slice["positives"].to_string()];
        let figures = FIGURES.iter().map(|(name, _)| number(&slice["figures"][*name]["value"]));
        row(&mut table, [text(&slice["slice"])], counts.into_iter().chain(figures));
    }
    table
}

fn honest(run: &Value) -> String {
    let found = &run["hard_negatives"];
    if found.is_null() {
        return "Not measured in this run.\n".to_owned();
    }
    let mut table = head(&["by", "value"], ["listings", "to review", "red flags", "false-positive rate (95%)"]);
    rate(&mut table, "all", "", &found["all"]);
    for (key, title) in
        [("language", "language"), ("ship_from", "ship-from region"), ("seller_age", "seller's age"), ("family", "family")]
    {
        for value in list(&found[key]) {
            rate(&mut table, title, &text(&value["value"]), value);
        }
    }
    table
}

fn rate(table: &mut String, by: &str, value: &str, counted: &Value) {
    let counts = ["rows", "review", "red_flag"].map(|key| counted[key].to_string());
    let interval = &counted["interval"];
    let share = format!("{} ({} to {})", percent(&counted["false_positive_rate"]), percent(&interval[0]), percent(&interval[1]));
    row(table, [by.to_owned(), value.to_owned()], counts.into_iter().chain([share]));
}

fn counterfactuals(run: &Value) -> String {
    let found = &run["counterfactuals"];
    let mut table =
        head(&["what is changed", "to"], ["false-positive rate", "other band than with the last value", "other score"]);
    for (key, title) in [("ship_from", "ship-from region"), ("seller_age", "seller's age")] {
        for value in list(&found[key]) {
            let shares = ["false_positive_rate", "band_changed", "score_changed"].map(|figure| percent(&value[figure]));
            row(&mut table, [title.to_owned(), text(&value["value"])], shares);
        }
    }
    format!("{} honest listings, each scored once for each value with nothing else changed.\n\n{table}", found["listings"])
}

/// The first two lines of a table: names at the left, numbers at the right.
fn head<'t>(names: &[&str], numbers: impl IntoIterator<Item = &'t str>) -> String {
    let (mut titles, mut rule) = (String::from("|"), String::from("|"));
    for name in names {
        write!(titles, " {name} |").unwrap();
        rule.push_str("---|");
    }
    for number in numbers {
        write!(titles, " {number} |").unwrap();
        rule.push_str("---:|");
    }
    format!("{titles}\n{rule}\n")
}

fn row(table: &mut String, names: impl IntoIterator<Item = String>, cells: impl IntoIterator<Item = String>) {
    table.push('|');
    for cell in names.into_iter().chain(cells) {
        write!(table, " {cell} |").unwrap();
    }
    table.push('\n');
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Text that cannot end a cell.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().replace('|', "\\|")
}

fn number(value: &Value) -> String {
    value.as_f64().map(|number| format!("{number:.3}")).unwrap_or_default()
}

fn percent(share: &Value) -> String {
    share.as_f64().map(|share| format!("{:.2}%", share * 100.0)).unwrap_or_default()
}

/// A figure with its intervals: of rows, then of repositories.
fn with_intervals(figure: &Value) -> String {
    let intervals: Vec<_> = ["rows", "repositories"]
        .iter()
        .filter(|kind| figure[**kind].is_array())
        .map(|kind| format!("{} to {}", number(&figure[*kind][0]), number(&figure[*kind][1])))
        .collect();
    let value = number(&figure["value"]);
    if intervals.is_empty() { value } else { format!("{value} ({})", intervals.join("; ")) }
}

#[test]
fn a_table_is_replaced_between_its_marks() {
    let page = "a\n<!-- generated: x -->\nold\n<!-- end -->\nb\n<!-- generated: y -->\n\n<!-- end -->\n";
    let replaced = with_table(page, "x", "new\n");
    assert_eq!(replaced, "a\n<!-- generated: x -->\n\nnew\n\n<!-- end -->\nb\n<!-- generated: y -->\n\n<!-- end -->\n");
    assert_eq!(with_table(&replaced, "x", "new\n"), replaced);
}

#[test]
fn a_figure_shows_the_intervals_that_it_has() {
    let check = |figure: &str, expected: &str| assert_eq!(with_intervals(&serde_json::from_str(figure).unwrap()), expected);
    check("null", "");
    check(r#"{"value": 0.5}"#, "0.500");
    check(r#"{"value": 0.5, "rows": [0.4, 0.6]}"#, "0.500 (0.400 to 0.600)");
    check(r#"{"value": 1, "rows": [0.4, 0.6], "repositories": [0.1, 0.9]}"#, "1.000 (0.400 to 0.600; 0.100 to 0.900)");
}
