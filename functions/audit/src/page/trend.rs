//! How do prevalence and misses move from run to run? Two drawings to one time scale, and the same as a table.

use super::figures::{Range, day, percentage, range_or_none};
use super::limits::TREND_RUNS_MAX;
use super::parts::{Table, none, section};
use super::whisker::Scale;
use auditing::estimate::Estimate;
use auditing::report::{PastRun, Report};
use maud::{Markup, html};
use pages::drawing::{as_f64, percent, pixels};
use pages::numbers::grouped;
use pages::seller_text::visible;

pub(super) fn trend(report: &Report) -> Markup {
    let runs: Vec<PastRun> = std::iter::once(report.in_short()).chain(report.past.iter().cloned()).collect();
    let mut drawn: Vec<&PastRun> = runs.iter().take(TREND_RUNS_MAX).collect();
    drawn.reverse();
    let table = Table {
        caption: "All runs, latest first",
        class: "runs",
        head: html! {
            th scope="col" { "Up to" } th scope="col" { "Counterfeits among all" } th scope="col" { "Missed" }
            th.number scope="col" { "Listings" } th.number scope="col" { "Records altered" }
        },
    };
    let body = html! {
        @if report.past.is_empty() {
            (none("This is the first run; a line begins with the second."))
        } @else {
            div.columns {
                (line("prevalence", "Counterfeits among all listings", &drawn, |run| run.prevalence))
                (line("miss-rate", "Share of counterfeits that is missed", &drawn, |run| run.miss_rate))
            }
            (table.of(&runs, |run| row(run, run.run_id == report.run_id)))
        }
    };
    section(
        "trend",
        "Trend",
        "Is it getting better or worse? Each point is a run, each line up and down its 95% interval.",
        &body,
    )
}

fn row(run: &PastRun, is_this: bool) -> Markup {
    html! {
        tr {
            th scope="row" {
                @match address(&run.run_id) {
                    Some(address) if !is_this => a href=(address) { (visible(day(&run.window.to))) },
                    _ => { (visible(day(&run.window.to))) @if is_this { span.below { "this run" } } },
                }
            }
            td { (range_or_none(run.prevalence)) } td { (range_or_none(run.miss_rate)) }
            td.number { (grouped(run.results_count)) } td.number { (grouped(run.integrity_problems_count)) }
        }
    }
}

/// Of the page of another run, which stands in a folder beside this one. Only plain names become part of an address.
fn address(run_id: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (!run_id.is_empty() && run_id.chars().all(is_plain)).then(|| format!("../{run_id}/report.html"))
}

const TOP: f64 = 8.0;
const PLOT: f64 = 120.0;
const BOTTOM: f64 = TOP + PLOT;
const HEIGHT: f64 = BOTTOM + 22.0;
/// Per cent of the width that points take; the numbers of the grid stand right of them.
const PLOT_WIDTH: f64 = 86.0;

fn line(id: &str, title: &str, runs: &[&PastRun], of: fn(&PastRun) -> Option<Estimate>) -> Markup {
    let scale = Scale::of(runs.iter().filter_map(|run| of(run)).map(Range::from));
    let y = |share: f64| pixels(BOTTOM - PLOT * scale.part(share));
    let step = if runs.len() > 1 { (PLOT_WIDTH - 4.0) / as_f64(runs.len() as u64 - 1) } else { 0.0 };
    let x = |at: usize| percent(2.0 + step * as_f64(at as u64));
    let known: Vec<(usize, Estimate)> = runs.iter().enumerate().filter_map(|(at, run)| Some((at, of(run)?))).collect();
    let label = format!("trend-{id}");
    let (first, last) = (runs.first().map_or("", |run| day(&run.window.to)), runs.last().map_or("", |run| day(&run.window.to)));
    html! {
        figure.trend {
            figcaption id=(label) { (title) }
            @if known.is_empty() {
                (none("No run had enough answers."))
            } @else {
                svg width="100%" height=(HEIGHT) role="img" aria-labelledby=(label) {
                    title { (summary(title, &known)) }
                    @for part in [0.0, 0.5, 1.0] {
                        line.grid x1="0" x2="100%" y1=(y(scale.share(part))) y2=(y(scale.share(part))) {}
                        text.grid x="100%" y=(y(scale.share(part))) dy=(if part > 0.9 { 12 } else { -3 }) text-anchor="end" { (percentage(scale.share(part))) }
                    }
                    @for pair in known.windows(2) {
                        line.run x1=(x(pair[0].0)) x2=(x(pair[1].0)) y1=(y(pair[0].1.value)) y2=(y(pair[1].1.value)) {}
                    }
                    @for (at, estimate) in &known {
                        line.interval x1=(x(*at)) x2=(x(*at)) y1=(y(estimate.interval.low)) y2=(y(estimate.interval.high)) {}
                        circle.point cx=(x(*at)) cy=(y(estimate.value)) r=(if *at + 1 == runs.len() { 5 } else { 3 }) {}
                    }
                    text.tick x="0" y=(pixels(BOTTOM + 16.0)) text-anchor="start" { (visible_text(first)) }
                    text.tick x=(percent(PLOT_WIDTH)) y=(pixels(BOTTOM + 16.0)) text-anchor="end" { (visible_text(last)) }
                }
            }
        }
    }
}

/// A day within a drawing, where no markup may stand; anything else is left out.
fn visible_text(day: &str) -> &str {
    if day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') { day } else { "" }
}

fn summary(title: &str, known: &[(usize, Estimate)]) -> String {
    let text = |(_, estimate): &(usize, Estimate)| percentage(estimate.value);
    match known {
        [] => String::new(),
        [only] => format!("{title}: {} in one run.", text(only)),
        [first, .., last] => format!("{title}: from {} in the first of {} runs to {} now.", text(first), known.len(), text(last)),
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn only_a_plain_name_leads_to_another_run() {
        assert_eq!(address("2026-11-24T00-00-00Z-5d0c").as_deref(), Some("../2026-11-24T00-00-00Z-5d0c/report.html"));
        for hostile in ["", "..", "a/b", "a:b", "javascript:alert(1)", "a b", "\u{202e}", "%2e%2e"] {
            assert_eq!(address(hostile), None, "{hostile:?}");
        }
    }
}
