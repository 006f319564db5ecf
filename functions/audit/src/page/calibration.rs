//! Is a risk of 70 a counterfeit in 70 of 100 cases? A reliability diagram, and the same as a table.

use super::figures::{Range, percentage, range, rounded};
use super::parts::{Table, none, section};
use super::whisker::{Look, Scale, axis, whisker};
use auditing::calibration::{Bin, CalibrationReport, Reliability};
use maud::{Markup, html};
use pages::drawing::{percent, pixels};
use pages::numbers::grouped;

pub(super) fn calibration(report: &CalibrationReport) -> Markup {
    let body = html! {
        @if report.window.bins.is_empty() && report.chosen.bins.is_empty() {
            (none("No decision stands on a result of this window."))
        } @else {
            (part("window", "Over all listings, by those drawn at random", &report.window))
            (part("chosen", "Only among listings that were chosen for their risk or price", &report.chosen))
        }
    };
    section(
        "calibration",
        "Calibration",
        "Is a risk of 70 a counterfeit in 70 of 100 cases? On the diagonal it is; above it the risk is too low, below it too high.",
        &body,
    )
}

fn part(id: &str, title: &str, of: &Reliability) -> Markup {
    html! {
        h3 { (title) }
        @if of.bins.is_empty() {
            (none("No such decision in this window."))
        } @else {
            div.columns.wide-first {
                (diagram(id, title, of))
                div {
                    dl.facts {
                        @for (name, explained, value) in [
                            ("Mean distance from the diagonal", "Expected calibration error: the distance between risk and truth, averaged over the ranges of risk", of.expected_calibration_error),
                            ("By chance alone it would be", "What the distance would be on average if all risks were right: with few answers it never reaches 0", of.expected_calibration_error_by_chance),
                            ("Mean squared error", "Brier score: the squared distance between risk and truth, averaged over listings", of.brier_score),
                        ] {
                            @if let Some(value) = value { div { dt { abbr title=(explained) { (name) } } dd { (percentage(value)) } } }
                        }
                        div { dt { "Decisions" } dd { (grouped(of.decisions_count)) } }
                    }
                }
            }
            (table(of))
        }
    }
}

fn table(of: &Reliability) -> Markup {
    let table = Table {
        caption: "Risk and truth",
        class: "drawn",
        head: html! {
            th scope="col" { "Risk" } th scope="col" { "Counterfeits found " (axis(Scale::WHOLE)) } th.number scope="col" { "Expected" } th.number scope="col" { "Decisions" }
        },
    };
    let row = |bin: &Bin| {
        let off = bin.observed.share.is_some() && !(bin.observed.low..=bin.observed.high).contains(&bin.predicted);
        html! {
            tr {
                th scope="row" { (risks(bin)) }
                td { (whisker(bin.observed, Some(bin.predicted), Scale::WHOLE, if off { Look::Marked } else { Look::Plain })) (range(bin.observed)) }
                td.number { (percentage(bin.predicted)) }
                td.number { (grouped(bin.observed.decisions_count)) span.below { "for " (rounded(bin.listings)) } }
            }
        }
    };
    html! {
        details.numbers {
            summary { "The same as a table" }
            (table.of(&of.bins, row))
            p.aside { "The stroke is what the risk says. Decisions stand for so many listings." }
        }
    }
}

fn risks(bin: &Bin) -> String {
    format!("{} to {}", bin.risk_min, bin.risk_below)
}

const TOP: f64 = 8.0;
const PLOT: f64 = 240.0;
const BOTTOM: f64 = TOP + PLOT;
const HEIGHT: f64 = BOTTOM + 36.0;
const PLOT_WIDTH: f64 = 88.0;

fn diagram(id: &str, title: &str, of: &Reliability) -> Markup {
    let x = |share: f64| percent(PLOT_WIDTH * Scale::WHOLE.part(share));
    let y = |share: f64| pixels(BOTTOM - PLOT * Scale::WHOLE.part(share));
    let label = format!("reliability-{id}");
    html! {
        figure.reliability {
            svg width="100%" height=(HEIGHT) role="img" aria-labelledby=(label) {
                title id=(label) { (title) ": share of counterfeits that was found, by risk, with 95% intervals, for " (of.bins.len()) " ranges of risk." }
                @for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
                    line.grid x1="0" x2=(percent(PLOT_WIDTH)) y1=(y(tick)) y2=(y(tick)) {}
                    text.grid x="100%" y=(y(tick)) dy="4" text-anchor="end" { (percentage(tick)) }
                    text.tick x=(x(tick)) y=(pixels(BOTTOM + 16.0)) text-anchor=(if tick == 0.0 { "start" } else { "middle" }) { (format!("{:.0}", tick * 100.0)) }
                }
                line.diagonal x1=(x(0.0)) y1=(y(0.0)) x2=(x(1.0)) y2=(y(1.0)) {}
                text.tick x=(x(0.5)) y=(pixels(BOTTOM + 32.0)) text-anchor="middle" { "risk" }
                @for bin in &of.bins {
                    @if let Range { value: Some(value), low, high } = Range::from(bin.observed) {
                        line.interval x1=(x(bin.predicted)) x2=(x(bin.predicted)) y1=(y(low)) y2=(y(high)) {}
                        circle.point cx=(x(bin.predicted)) cy=(y(value)) r="4" { title { "risk " (risks(bin)) ": " (percentage(value)) " counterfeits" } }
                    }
                }
            }
            figcaption { "Share of counterfeits by risk. Each point is a range of risk." }
        }
    }
}
