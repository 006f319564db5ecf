//! Whose reports are right?

use super::figures::{percentage, range};
use super::parts::{Table, behind, none, section};
use super::whisker::{Look, Scale, axis, whisker};
use auditing::reporters::{CONFIRMED_SHARE_MIN, OVERTURNED_SHARE_MAX, ReportersReport, Source, SourceStanding};
use maud::{Markup, html};
use pages::numbers::{counted, grouped};
use pages::seller_text::visible;

pub(super) fn reporters(report: &ReportersReport) -> Markup {
    let body = html! {
        @if report.sources.is_empty() {
            (none("No decision of this window names who reported the listing."))
        } @else {
            p {
                (counted(report.sources.len() as u64, "source", "sources")) @if report.is_cut { " (there were more than are counted)" } ". "
                @if report.below_count == 0 { "None is surely below a bar. " } @else {
                    strong { (counted(report.below_count, "is", "are")) " surely below a bar" } "; of those with too few right reports, about "
                    (format!("{:.2}", report.below_wrongly_expected)) " would be named wrongly. "
                }
                "Nothing follows for anybody without a person."
            }
            (table().of(&report.sources, row))
            p.aside {
                "The bars are the strokes: at least " (percentage(CONFIRMED_SHARE_MIN)) " of the reports right, at most " (percentage(OVERTURNED_SHARE_MAX))
                " of the confirmations taken back. Shares and intervals are what to believe after these decisions, knowing nothing before."
            }
        }
    };
    section("reporters", "Reporters", "Whose reports of listings are right, and whose confirmations are taken back later?", &body)
}

fn table() -> Table<'static> {
    Table {
        caption: "Sources, those surely below a bar first",
        class: "drawn",
        head: html! {
            th scope="col" { "Source" } th scope="col" { "Right " (axis(Scale::WHOLE)) } th scope="col" { "Taken back " (axis(Scale::WHOLE)) } th.number scope="col" { "Reports" }
        },
    }
}

fn row(source: &Source) -> Markup {
    let look = if source.standing == SourceStanding::Below { Look::Marked } else { Look::Plain };
    html! {
        tr {
            th scope="row" {
                bdi { (visible(&source.source)) }
                span.below {
                    @match source.standing {
                        SourceStanding::Below => strong { "below a bar" },
                        SourceStanding::Unclear => "too little is known",
                        SourceStanding::Above => "above both bars",
                    }
                }
                (behind("Reports that were rejected", &source.rejected))
            }
            td { (whisker(source.right, Some(CONFIRMED_SHARE_MIN), Scale::WHOLE, look)) (range(source.right)) }
            td { (whisker(source.overturned, Some(OVERTURNED_SHARE_MAX), Scale::WHOLE, look)) (range(source.overturned)) }
            td.number {
                (grouped(source.confirmed_count)) span.below { "confirmed" }
                (grouped(source.rejected_count)) span.below { "rejected" }
                @if source.confirmations_overturned_count > 0 { span.below { (grouped(source.confirmations_overturned_count)) " of these confirmed at first" } }
                @if source.rejections_overturned_count > 0 { span.below { (grouped(source.rejections_overturned_count)) " of those rejected at first" } }
            }
        }
    }
}
