//! What does a person see in ten seconds? How many counterfeits there are, how many are missed, what changed, what to do.

use super::figures::{Range, range, rounded};
use super::misses::still_missing;
use super::whisker::{Look, Scale, whisker};
use auditing::drift::{Drift, Stability};
use auditing::estimate::{ANSWERS_MIN, Estimate, Figures};
use auditing::report::{Action, ActionKind, PastRun, Report};
use maud::{Markup, html};
use pages::numbers::{counted, grouped, listings};

/// The answer in one line.
pub(super) fn answer(report: &Report) -> String {
    let Some(figures) = report.estimates.leading() else {
        return match report.covered.results_count {
            0 => "No listing in this window".to_owned(),
            _ => "Not yet known how many counterfeits are missed".to_owned(),
        };
    };
    match figures.review.miss_rate.map(|of| of.value * 100.0) {
        None => "No counterfeit was found".to_owned(),
        Some(missed) if missed < 0.5 => "Fewer than 1 of 100 counterfeits is missed".to_owned(),
        Some(missed) if missed < 1.5 => "About 1 of 100 counterfeits is missed".to_owned(),
        Some(missed) => format!("About {missed:.0} of 100 counterfeits are missed"),
    }
}

pub(super) fn opening(report: &Report) -> Markup {
    html! {
        section.opening aria-labelledby="answer" {
            h1 id="answer" { (answer(report)) }
            div.glance {
                div.known {
                    @match report.estimates.leading() {
                        Some(figures) => { (tiles(report, figures)) },
                        None => p.lead { (not_yet(report)) },
                    }
                    div.changed {
                        h2 { "Since the last run" }
                        (changed(report))
                    }
                }
                div.todo {
                    h2 { "What to do" }
                    @if report.actions.is_empty() {
                        p.none { "Nothing: no step of this audit found anything that waits for a person." }
                    } @else {
                        ol { @for action in &report.actions { li { (sentence(*action)) } } }
                    }
                }
            }
        }
    }
}

fn tiles(report: &Report, figures: &Figures) -> Markup {
    let last = report.past.first();
    html! {
        dl.tiles {
            (tile("Counterfeits among all listings", figures.prevalence, last, |run| run.prevalence, &html! {
                "about " (rounded(figures.counterfeits.value)) " of " (listings(report.covered.results_count))
            }))
            @if let Some(miss_rate) = figures.review.miss_rate {
                (tile("Counterfeits that are missed", miss_rate, last, |run| run.miss_rate, &html! {
                    "about " (rounded(figures.review.missed.value)) ", " a href="#misses" { "not sent to review" }
                }))
            }
        }
    }
}

fn tile(name: &str, of: Estimate, last: Option<&PastRun>, before: fn(&PastRun) -> Option<Estimate>, note: &Markup) -> Markup {
    let before = last.and_then(before);
    let scale = Scale::of(std::iter::once(of).chain(before).map(Range::from));
    let (value, interval) = Range::from(of).texts().unwrap_or_default();
    html! {
        div {
            dt { (name) }
            dd {
                span.figure { (value) }
                " " span.interval { (interval) }
                (whisker(of, before.map(|before| before.value), scale, Look::Plain))
                span.aside { (note) }
                @if let Some(before) = before { span.aside.before { "last run " (range(before)) } }
            }
        }
    }
}

fn not_yet(report: &Report) -> Markup {
    let estimates = &report.estimates;
    html! {
        @if report.covered.results_count == 0 {
            "No job ended in these days, so that there is nothing to estimate."
        } @else if estimates.drawn == 0 {
            "No listing was drawn at random, without which nothing is known of what is missed."
        } @else {
            (grouped(estimates.answered)) " of " (listings(estimates.drawn)) " that were drawn at random are answered, and nothing is estimated from fewer than " (ANSWERS_MIN) ". " (still_missing(report))
        }
    }
}

/// In two short sentences, with links to the sections.
fn changed(report: &Report) -> Markup {
    let Some(compared) = &report.since_last else {
        return html! { p { "There was none: nothing to compare with yet." } };
    };
    let drift = &compared.drift;
    html! {
        ul {
            li { (scores(drift)) }
            li {
                @match drift.changed_signals_count {
                    0 => "No signal fires more or less often than before.",
                    changed => {
                        a href="#drift" { (counted(changed, "signal", "signals")) }
                        @if changed == 1 { " fires" } @else { " fire" } " more or less often than in the last run."
                    },
                }
            }
        }
    }
}

fn scores(drift: &Drift) -> Markup {
    html! {
        @match drift.risk.stability {
            Stability::Unknown => "The scores cannot be compared: one of the two windows is empty.",
            Stability::WithinNoise => "The scores are spread as in the last run, but for chance.",
            Stability::Slight => { "The scores " a href="#drift" { "moved slightly" } ": more than by chance, too little to matter." },
            Stability::Moderate => { "The scores " a href="#drift" { "moved" } ": enough to look at." },
            Stability::Large => { "The scores " a href="#drift" { "moved far" } "." },
        }
    }
}

/// An action as a sentence, with its count linked to where it is about.
fn sentence(action: Action) -> Markup {
    let of = |before: &str, one: &str, several: &str, after: &str, section: &str| {
        html! { (before) a href={ "#" (section) } { (counted(action.count, one, several)) } (after) }
    };
    match action.kind {
        ActionKind::LookIntoIntegrity => of("Find out who altered ", "record", "records", "", "integrity"),
        ActionKind::LookIntoUnread => of("See why ", "job", "jobs", " could not be read", "covered"),
        ActionKind::StepDownRules => of("Step down ", "rule", "rules", ", or keep them", "health"),
        ActionKind::LookAtGroups => of("Look at ", "group", "groups", " treated unlike others", "fairness"),
        ActionKind::ReviewSample => of("Review ", "listing", "listings", " drawn at random", "misses"),
        ActionKind::LookAtNetworks => of("Look at ", "network", "networks", " of sellers", "networks"),
        ActionKind::LookAtDrift => of("See why ", "signal", "signals", " fired otherwise", "drift"),
        ActionKind::LookAtWords => of("Decide on ", "rising word", "rising words", "", "words"),
        ActionKind::RepairStatements => of("Repair ", "statement", "statements", " of reasons", "statements"),
    }
}
