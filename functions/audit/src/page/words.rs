//! What do sellers of copies say now that they did not say before?

use super::figures::{hits, percentage, range};
use super::parts::{Table, behind, none, section};
use auditing::words::{Rising, RisingKey};
use maud::{Markup, html};
use pages::numbers::{counted, grouped};
use pages::seller_text::visible;

pub(super) fn words(report: &Rising) -> Markup {
    let body = html! {
        @if report.keys.is_empty() {
            (none(if report.watched_count == 0 { "No decision of this window stands on a listing whose words are at hand." } else { "No word rises together with confirmed decisions." }))
        } @else {
            (table().of(&report.keys, row))
        }
        @if report.watched_count > 0 {
            p.aside {
                (counted(report.watched_count, "word or contact", "words and contacts")) " of decided listings were compared"
                @if report.is_cut { " (there were more; which ones are missing is left to chance)" }
                @if report.rising_count > report.keys.len() as u64 { "; " (grouped(report.rising_count)) " rise, of which the first " (report.keys.len()) " are shown" }
                ". Counts of this window may be too high by " (grouped(report.count_error_max)) ", never too low."
            }
        }
    };
    section(
        "words",
        "Rising words",
        "What do sellers of copies say now that they did not say before? Words and contacts that rise together with confirmed decisions.",
        &body,
    )
}

fn table() -> Table<'static> {
    Table {
        caption: "Rising words, the most telling first",
        class: "plain",
        head: html! {
            th scope="col" { "Word or contact" } th.number scope="col" { "Listings now" } th.number scope="col" { "Before" } th scope="col" { "Confirmed, of those decided" }
        },
    }
}

fn row(of: &RisingKey) -> Markup {
    let share = |of: Option<f64>| of.map(percentage);
    html! {
        tr {
            th scope="row" {
                bdi { (visible(&of.key)) }
                span.below { @if of.is_known { "known to the policy" } @else { "not in the policy" } }
                (behind("Confirmed listings with it", &of.listings))
            }
            td.number { (grouped(of.now.hits_count)) @if let Some(share) = share(of.now.share) { span.below { (share) } } }
            td.number { (grouped(of.before.hits_count)) @if let Some(share) = share(of.before.share) { span.below { (share) } } }
            td {
                (range(of.confirmed))
                span.below { (hits(of.confirmed)) @if let Some(elsewhere) = share(of.confirmed_elsewhere) { "; without it " (elsewhere) } }
            }
        }
    }
}
