//! What does `report.html` of an audit look like? One page that says in ten seconds how many counterfeits there are, how many are missed, what
//! changed and what to do, and below it everything that this rests on.
//!
//! The page needs nothing from elsewhere and runs nothing. Whatever sellers, reviewers or reporters wrote stays text.

mod calibration;
mod candidate;
mod covered;
mod drift;
mod fairness;
mod figures;
mod health;
mod integrity;
mod lane;
mod limits;
mod misses;
mod networks;
mod opening;
mod parts;
mod reporters;
mod sellers;
mod statements;
#[cfg(test)]
mod tests;
mod trend;
mod whisker;
mod words;

use auditing::report::Report;
use maud::{Markup, html};
use pages::seller_text::visible;

/// Sections in their order: anchor, name in the list of contents.
const SECTIONS: [(&str, &str); 16] = [
    ("misses", "Misses"),
    ("trend", "Trend"),
    ("calibration", "Calibration"),
    ("fairness", "Fairness"),
    ("drift", "Drift"),
    ("health", "Rules"),
    ("lane", "Without a person"),
    ("candidate", "Candidate policy"),
    ("networks", "Networks"),
    ("offenders", "Repeat offenders"),
    ("relisted", "Relisted"),
    ("reporters", "Reporters"),
    ("words", "Rising words"),
    ("integrity", "Integrity"),
    ("statements", "Statements"),
    ("covered", "Coverage"),
];

/// Makes the page of an audit: self-contained, without scripts, with everything that people wrote escaped.
///
/// It links to the files that stand beside it: `report.json`, `sample.jsonl`, `changes.jsonl.zst` and `statements.jsonl`.
#[must_use]
pub(crate) fn render(report: &Report) -> String {
    let body = html! {
        a.skip href="#misses" { "Skip to the findings" }
        header {
            (pages::brand())
            p.source { "Audit of " (visible(figures::day(&report.window.from))) " to " (visible(figures::day(&report.window.to))) }
        }
        main {
            (opening::opening(report))
            (contents())
            (misses::misses(report))
            (trend::trend(report))
            (calibration::calibration(&report.calibration))
            (fairness::fairness(&report.calibration))
            (drift::drift(report))
            (health::health(&report.health))
            (lane::lane(&report.lane))
            (candidate::candidate(report.candidate.as_ref()))
            (networks::networks(&report.networks))
            (sellers::offenders(&report.networks))
            (sellers::relisted(&report.networks))
            (reporters::reporters(&report.reporters))
            (words::words(&report.rising))
            (integrity::integrity(&report.integrity))
            (statements::statements(&report.statements))
            (covered::covered(report))
        }
        footer {
            p {
                "Intervals hold the truth in 95 of 100 audits, if reviewers are right: what a reviewer mistakes is in no interval. "
                "Nothing here is a finding about a seller; it orders the work of people."
            }
        }
    };
    pages::document(&opening::answer(report), include_str!("style.css"), &body)
}

fn contents() -> Markup {
    html! {
        nav.contents aria-label="Sections" {
            ul { @for (id, name) in SECTIONS { li { a href={ "#" (id) } { (name) } } } }
        }
    }
}
