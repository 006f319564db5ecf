//! Is the page safe whatever people write, does it say what the report says, and can everybody read it?

#[path = "../../../../shared/auditing/tests/reports/mod.rs"]
mod reports;

use super::parts::{CHANGES, REPORT, SAMPLE, STATEMENTS};
use super::*;
use auditing::estimate::{Figures, Headline};
use pages::reading::{HOSTILE, Tag, read, unseen};
use serde_json::Value;
use std::collections::BTreeSet;

/// Fields of a report that are names of our own, and so never anybody's words.
const OWN_NAMES: &[&str] = &["kind", "headline", "standing", "side", "stability", "shared", "problem", "band"];

/// The full report in which every text is this one.
fn written_by(text: &str) -> Report {
    fn write(value: &mut Value, text: &str) {
        match value {
            Value::String(own) => text.clone_into(own),
            Value::Array(items) => items.iter_mut().for_each(|item| write(item, text)),
            Value::Object(fields) => {
                fields
                    .iter_mut()
                    .filter(|(name, _)| !OWN_NAMES.contains(&name.as_str()))
                    .for_each(|(_, field)| write(field, text));
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(reports::full()).unwrap();
    write(&mut value, text);
    serde_json::from_value(value).unwrap()
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.1.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

#[test]
fn nothing_that_people_write_becomes_markup() {
    // Tokens and links come and go with the text, everything else must be there exactly as often.
    let shape = |tags: &[Tag]| -> Vec<String> {
        let fixed = |name: &&String| !["code", "wbr", "a"].contains(&name.as_str());
        tags.iter().map(|(name, _)| name).filter(fixed).cloned().collect()
    };
    let harmless = shape(&read(&render(&written_by("harmless"))).0);
    let names: BTreeSet<&String> = harmless.iter().collect();
    for text in HOSTILE {
        let page = render(&written_by(text));
        let (tags, seen) = read(&page);
        assert_eq!(shape(&tags), harmless, "{text:?}");
        for tag in &tags {
            assert!(names.contains(&tag.0) || ["code", "wbr", "a"].contains(&tag.0.as_str()), "<{}> by {text:?}", tag.0);
            for (name, value) in &tag.1 {
                assert!(!name.starts_with("on") && name != "style" && name != "src", "{name} by {text:?}");
                let is_ours = value.starts_with('#') || [SAMPLE, CHANGES, STATEMENTS, REPORT].contains(&value.as_str());
                assert!(name != "href" || is_ours, "{value:?} by {text:?}");
            }
        }
        assert!(unseen(&page).is_empty(), "{:?} by {text:?}", unseen(&page));
        if text.chars().all(|c| c.is_ascii_graphic() || c == ' ') && !text.contains('_') {
            assert!(seen.matches(text).count() > 50, "{text:?} is shown as it was written");
        }
    }
}

#[test]
fn nothing_comes_from_elsewhere() {
    let page = render(&reports::full());
    let (tags, _) = read(&page);
    let policy = tags.iter().find(|tag| attribute(tag, "http-equiv") == Some("Content-Security-Policy"));
    let policy = policy.and_then(|tag| attribute(tag, "content")).unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    for (name, _) in &tags {
        assert!(!["script", "link", "img", "iframe", "object", "embed", "form", "base", "use", "image"].contains(&name.as_str()));
    }
    for forbidden in ["url(", "@import", "@font-face", "</"] {
        assert!(!include_str!("style.css").contains(forbidden), "{forbidden}");
    }
}

#[test]
fn everybody_can_read_it() {
    for report in [reports::full(), reports::early(), reports::empty()] {
        let (tags, _) = read(&render(&report));
        let ids: Vec<&str> = tags.iter().filter_map(|tag| attribute(tag, "id")).collect();
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), known.len(), "no id twice");
        let mut level = 0;
        for tag in &tags {
            for name in ["aria-labelledby", "href"] {
                let target = attribute(tag, name).filter(|value| name != "href" || value.starts_with('#'));
                assert!(target.is_none_or(|target| known.contains(target.trim_start_matches('#'))), "{tag:?} leads nowhere");
            }
            match tag.0.as_str() {
                "svg" => {
                    let is_named = attribute(tag, "role") == Some("img") && attribute(tag, "aria-labelledby").is_some();
                    assert!(is_named || attribute(tag, "aria-hidden") == Some("true"), "{tag:?} has no words for it");
                }
                "th" => assert!(["col", "row", "colgroup"].contains(&attribute(tag, "scope").unwrap_or_default()), "{tag:?}"),
                "section" | "nav" => {
                    assert!(attribute(tag, "aria-labelledby").or(attribute(tag, "aria-label")).is_some(), "{tag:?}");
                }
                "h1" | "h2" | "h3" => {
                    let own = tag.0.trim_start_matches('h').parse::<i32>().unwrap();
                    assert!(own <= level + 1, "{tag:?} skips a level");
                    level = own;
                }
                _ => {}
            }
        }
        let count = |name: &str| tags.iter().filter(|tag| tag.0 == name).count();
        assert_eq!([count("main"), count("h1"), count("header"), count("footer")], [1, 1, 1, 1]);
        assert_eq!(count("table"), count("caption"), "every table says what it shows");
        assert!(SECTIONS.iter().all(|(id, _)| known.contains(id)), "every section is there, also an empty one");
    }
}

fn words(report: &Report) -> String {
    let (_, text) = read(&render(report));
    text.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_pages_in_words() {
    for (name, report) in [("full", reports::full()), ("early", reports::early()), ("empty", reports::empty())] {
        insta::assert_snapshot!(name, words(&report));
    }
}

#[test]
fn what_matters_stands_at_the_top() {
    let check = |report: &Report, expected: &[&str]| {
        let text = words(report);
        let top = text.split_once("\nMisses\n").unwrap().0;
        for sentence in expected {
            assert!(top.contains(sentence), "{sentence:?} in {top}");
        }
    };
    let full = reports::full();
    check(
        &full,
        &[
            "About 19 of 100 counterfeits are missed",
            "2.1% 1.8% to 2.3%",
            "18.6% 15.8% to 21.8%",
            "2 signals fire",
            "Find out who altered 2 records",
        ],
    );
    check(
        &reports::early(),
        &["Not yet known", "12 of 1,000 listings", "About 640 more reviews", "Review 988 listings drawn at random"],
    );
    check(&reports::empty(), &["No listing in this window", "Nothing: no step of this audit"]);
    // Where the answers contradict the model, the wider estimate leads, with the reviews that it needs.
    let mut poor = full.clone();
    poor.estimates.headline = Some(Headline::DesignPoorFit);
    check(&poor, &["About 24 of 100 counterfeits are missed", "24% 10% to 49%"]);
    assert!(words(&poor).contains("About 18,400 more reviews"));
    let none_found =
        |figures: Figures| Figures { review: auditing::estimate::AtThreshold { miss_rate: None, ..figures.review }, ..figures };
    poor.estimates.design = poor.estimates.design.map(none_found);
    check(&poor, &["No counterfeit was found"]);
}

#[test]
fn the_first_run_of_many_and_a_report_of_any_length_stay_readable() {
    let mut report = reports::full();
    let sources = report.reporters.sources.clone();
    report.reporters.sources = sources.iter().cycle().take(65_536).cloned().collect();
    report.past = report.past.iter().cycle().take(500).cloned().collect();
    let groups = report.networks.groups.clone();
    report.networks.groups = groups.iter().cycle().take(1_000).cloned().collect();
    report.networks.repeat_offenders[0].group = Some(999);
    let page = render(&report);
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    let text = words(&report);
    for sentence in
        ["The first 200 of 65,536; all of them are in report.json", "The first 200 of 501", "These are the 50 of 1,004 networks"]
    {
        assert!(text.contains(sentence), "{sentence}");
    }
    assert!(!text.contains("network 1000"), "no link to what is not on the page");
}

#[test]
fn numbers_that_are_none_disturb_no_drawing() {
    let mut report = reports::full();
    for odd in [f64::NAN, f64::INFINITY, f64::MIN] {
        let model = report.estimates.model.as_mut().unwrap();
        (model.figures.prevalence.value, model.figures.prevalence.interval.high) = (odd, odd);
        report.past[0].miss_rate.as_mut().unwrap().interval.high = odd;
        report.calibration.window.bins[0].predicted = odd;
        report.health.tracks[0].bar = Some(odd);
        let (tags, _) = read(&render(&report));
        for tag in tags.iter().filter(|tag| ["line", "circle", "rect", "text"].contains(&tag.0.as_str())) {
            for (name, value) in
                tag.1.iter().filter(|(name, _)| ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy"].contains(&name.as_str()))
            {
                let number = value.trim_end_matches('%').parse::<f64>().unwrap();
                assert!((0.0..=400.0).contains(&number), "{name}={value} of {tag:?}");
            }
        }
    }
}
