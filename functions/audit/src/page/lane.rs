//! May anything happen to a listing without a person, and why not?

use super::figures::{Range, hits, percentage, range};
use super::parts::{Table, behind, none, section};
use super::whisker::{Look, Scale, axis, whisker};
use auditing::health::{LaneReport, Segment};
use maud::{Markup, html};
use pages::seller_text::visible;
use scoring::Risk;

pub(super) fn lane(report: &LaneReport) -> Markup {
    let body = html! {
        @if report.segments.is_empty() {
            (none("Nothing was looked at."))
        } @else {
            p {
                @if report.is_open {
                    strong { "Open in part. " } "Where it is open, at least " (percentage(report.precision_min)) " of the red flags are proven to be counterfeits."
                } @else {
                    strong { "Closed. " } "Nowhere do the decisions prove that " (percentage(report.precision_min)) " of the red flags are counterfeits, which is what acting without a person asks."
                }
            }
            (segments(report))
            p.aside { "Proven is the lower end of the 95% interval. The stroke is what is asked." }
        }
    };
    section(
        "lane",
        "Without a person",
        "Is any kind of red flag so surely right that a listing may be acted on before a person looks?",
        &body,
    )
}

fn segments(report: &LaneReport) -> Markup {
    let table = Table {
        caption: "Red flags by risk and by brand",
        class: "drawn lane",
        head: html! {
            th scope="col" { "Red flags" } th scope="col" { "Confirmed " (axis(Scale::WHOLE)) } th.why scope="col" { "State, and why" }
        },
    };
    let row = |segment: &Segment| {
        let known = Range::from(segment.confirmed).value.is_some();
        html! {
            tr {
                th scope="row" { (name(segment)) (behind("Red flags that were rejected", &segment.rejected)) }
                td {
                    (whisker(segment.confirmed, Some(report.precision_min), Scale::WHOLE, Look::Plain))
                    @if known { (range(segment.confirmed)) span.below { (hits(segment.confirmed)) } }
                }
                td.why { (visible(&segment.why)) }
            }
        }
    };
    table.of(&report.segments, row)
}

fn name(segment: &Segment) -> Markup {
    html! {
        @if let Some(brand) = &segment.brand { bdi { (visible(brand)) } ", " }
        @if segment.risk_min > Risk(0) { "risk from " (segment.risk_min) } @else { "all" }
    }
}
