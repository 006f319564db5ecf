//! What does a person see in ten seconds? How many counterfeits there are, how many are missed, what changed, what to do.

use super::figures::{Range, day, percentage, range, rounded};
use super::misses::still_missing;
use super::whisker::{Look, Scale, whisker};
use auditing::drift::{Drift, Stability};
use auditing::estimate::{Estimate, Figures};
use auditing::report::{Action, ActionKind, PastRun, Report};
use maud::{Markup, html};
use pages::numbers::{counted, grouped, listings};
use pages::seller_text::visible;

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
                        h2 { "What changed" }
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
                "about " (rounded(figures.counterfeits.value)) " of " (grouped(report.covered.results_count))
            }))
            @if let Some(miss_rate) = figures.review.miss_rate {
                (tile("Counterfeits that are missed", miss_rate, last, |run| run.miss_rate, &html! {
                    "about " (rounded(figures.review.missed.value)) ", below the risk at which " a href="#misses" { "review begins" }
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
                @if let Some(before) = before { span.aside { "last run " (range(before)) } }
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
            (grouped(estimates.answered)) " of " (listings(estimates.drawn)) " that were drawn at random are answered. " (still_missing(report))
        }
    }
}

/// In two or three short sentences, with links to the sections.
fn changed(report: &Report) -> Markup {
    let Some(compared) = &report.since_last else {
        return html! { p { "This is the first run, with nothing to compare it with." } };
    };
    let drift = &compared.drift;
    html! {
        ul {
            li { (scores(drift)) }
            li {
                @match drift.changed_signals_count {
                    0 => "No signal fires more or less often than in the last run.",
                    changed => {
                        a href="#drift" { (counted(changed, "signal", "signals")) }
                        @if changed == 1 { " fires" } @else { " fire" } " more or less often than in the last run."
                    },
                }
            }
            @if let Some(last) = report.past.first() {
                li { "The last run went over " (listings(last.results_count)) ", up to " (visible(day(&last.window.to))) "." }
            }
        }
    }
}

fn scores(drift: &Drift) -> Markup {
    let review = drift.bands.iter().filter(|band| band.name != "clear" && band.is_changed).count();
    html! {
        @match drift.risk.stability {
            Stability::Unknown => "The scores cannot be compared: one of the two windows is empty.",
            Stability::WithinNoise => "The scores are spread as in the last run, as far as chance lets us tell.",
            Stability::Slight => { "The scores " a href="#drift" { "moved slightly" } ": more than by chance, too little to matter." },
            Stability::Moderate => { "The scores " a href="#drift" { "moved" } ": enough to look at." },
            Stability::Large => { "The scores " a href="#drift" { "moved far" } "." },
        }
        @if let (true, Some(now), Some(before)) = (review > 0, drift.mean_risk, drift.mean_risk_before) {
            " Mean risk " (percentage(now)) ", before " (percentage(before)) "."
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
        ActionKind::LookIntoUnread => of("Find out why ", "job", "jobs", " could not be read", "covered"),
        ActionKind::StepDownRules => of("Decide whether ", "rule", "rules", " should count for less", "health"),
        ActionKind::LookAtGroups => of("Look at ", "group of listings", "groups of listings", " treated unlike others", "fairness"),
        ActionKind::ReviewSample => of("Review ", "listing", "listings", " drawn at random", "misses"),
        ActionKind::LookAtNetworks => of("Look at ", "network", "networks", " of sellers", "networks"),
        ActionKind::LookAtDrift => of("Find out why ", "signal", "signals", " fire otherwise than before", "drift"),
        ActionKind::LookAtWords => of("Decide on ", "word", "words", " that rise with counterfeits", "words"),
        ActionKind::RepairStatements => of("Repair ", "statement", "statements", " of reasons", "statements"),
    }
}
