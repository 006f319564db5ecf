//! Which signals and rules keep their promise, and which should step down?

use super::figures::{Range, chance, hits, percentage, range};
use super::parts::{Table, behind, machine_name, none, section};
use super::whisker::{Look, Scale, axis, whisker};
use auditing::health::{HealthReport, Side, Standing, Track};
use maud::{Markup, html};
use pages::numbers::{counted, grouped};

pub(super) fn health(report: &HealthReport) -> Markup {
    let (proposed, others): (Vec<&Track>, Vec<&Track>) =
        report.tracks.iter().partition(|track| track.standing == Standing::StepDownProposed);
    let body = html! {
        @if report.tracks.is_empty() {
            (none("No signal fired in this window."))
        } @else {
            p {
                (counted(report.tested_count, "signal or rule has", "signals and rules have")) " the 20 decisions that a judgement needs. "
                @if proposed.is_empty() { "None of them breaks its promise beyond chance." } @else {
                    strong { (counted(report.proposed_count, "is", "are")) " proposed for counting less" }
                    "; of these, " (format!("{:.1}", report.false_proposals_expected_max)) " at most are expected to be false. Nothing changes by itself."
                }
                @if report.is_cut { " There were more than are counted; the last of the alphabet are missing." }
            }
            @if !proposed.is_empty() { (tracks("Proposed for counting less", &proposed)) }
            @if !others.is_empty() { (tracks("All others", &others)) }
            p.aside {
                "The stroke is the promise: what the bands of the listings say on which it fired, at least 40% counterfeits of those to review and 80% of the red flags. "
                "Of what speaks for the seller, right means honest. People mostly decide on what was flagged, so that this is the precision of flags that they looked at."
            }
        }
    };
    section(
        "health",
        "Rules and signals",
        "Is each rule as right as the risk that it leads to says, by what people decided?",
        &body,
    )
}

fn tracks(caption: &str, tracks: &[&Track]) -> Markup {
    let table = Table {
        caption,
        class: "drawn tracks",
        head: html! {
            th scope="col" { "Signal, rule" } th scope="col" { "Right " (axis(Scale::WHOLE)) } th.number scope="col" { "Promise" } th.number scope="col" { "Fired on" }
        },
    };
    table.of(tracks, |track| row(track))
}

fn row(track: &Track) -> Markup {
    let look = if track.standing == Standing::StepDownProposed { Look::Marked } else { Look::Plain };
    html! {
        tr {
            th scope="row" {
                (machine_name(&track.signal)) @if let Some(rule) = &track.rule { ", " (machine_name(rule)) }
                (standing(track))
                @if track.side == Side::Lowers { span.below { "speaks for the seller" } }
                (behind("Listings on which it was wrong", &track.wrong))
            }
            td {
                (whisker(track.judged, track.bar, Scale::WHOLE, look))
                @if Range::from(track.judged).value.is_some() { (range(track.judged)) span.below { (hits(track.judged)) " decided" } } @else { span.below { "no decision" } }
            }
            td.number {
                @if let Some(bar) = track.bar { (percentage(bar)) }
                @if let Some(expected) = track.expected { span.below { "by risk " (percentage(expected)) } }
            }
            td.number { (grouped(track.results_count)) @if track.sampled_count > 0 { span.below { (grouped(track.sampled_count)) " by draw" } } }
        }
    }
}

fn standing(track: &Track) -> Markup {
    html! {
        span.below {
            @match track.standing {
                Standing::StepDownProposed => { strong { "below its promise" } ", chance " (chance(track.adjusted_probability)) },
                Standing::Unproven => "not proven either way",
                Standing::Holds => "keeps its promise",
                Standing::TooFewDecisions => "too few decisions",
            }
        }
    }
}
