//! What does `report.html` look like? One page that says in ten seconds how many listings, how many need eyes, and which first.

use super::cards::{Open, card};
use super::chart::{band_bar, distribution, flagged_bar, short};
use super::counter::Counter;
use super::frequent::Frequent;
use super::limits::{BARS_MAX, CARDS_IN_SIGHT, TOP_LISTINGS_MAX};
use super::summary::Summary;
use super::tally::{Fired, Tally};
use maud::{Markup, html};
use pages::drawing::bar;
use pages::numbers::{grouped, listings};
use pages::seller_text::visible;
use scoring::Policy;

/// Makes the page of a job: self-contained, without scripts, with everything of the seller's escaped.
///
/// `policy` is the one that the listings were scored with; it gives the base of the sums and the names of brands.
#[must_use]
pub fn render(tally: &Tally, summary: &Summary, policy: &Policy) -> String {
    let body = html! {
        a.skip href="#first" { "Skip to the listings" }
        header { (masthead(summary)) }
        main {
            (opening(tally, summary))
            (first(tally, summary, policy))
            (who(tally, policy))
            (signals(&tally.signals))
            (unread(tally, summary))
            (facts(summary))
        }
        footer {
            p {
                "Risk is 100 times the calibrated probability that a reviewer would confirm the listing as counterfeit. It orders the work of people; "
                "it is no finding about a seller."
            }
        }
    };
    pages::document(&title(tally, summary), include_str!("style.css"), &body)
}

/// The answer in one line.
fn title(tally: &Tally, summary: &Summary) -> String {
    let flagged = tally.bands().flagged();
    match (tally.scored(), flagged) {
        (0, _) if summary.failure.is_some() => "The file could not be read".into(),
        (0, _) => "No listing in this file".into(),
        (scored, 0) => format!("None of {} needs eyes", listings(scored)),
        (scored, 1) => format!("1 of {} needs eyes", listings(scored)),
        (scored, flagged) => format!("{} of {} need eyes", grouped(flagged), listings(scored)),
    }
}

fn masthead(summary: &Summary) -> Markup {
    html! {
        (pages::brand())
        p.source { (visible(&summary.source)) }
    }
}

fn opening(tally: &Tally, summary: &Summary) -> Markup {
    let bands = tally.bands();
    html! {
        section.opening aria-labelledby="answer" {
            @if let Some(failure) = &summary.failure {
                div.failure role="alert" {
                    p { strong { "This file could not be read to its end: " } (visible(&failure.reason)) "." }
                    p.aside {
                        code { (visible(&failure.code)) } " · "
                        @if summary.rows == 0 { "no row was read." } @else { "what stands below is true of the " (grouped(summary.rows)) " rows before that point." }
                    }
                }
            }
            h1 id="answer" { (title(tally, summary)) }
            @if bands.red_flag > 0 {
                p.lead { (listings(bands.red_flag)) @if bands.red_flag == 1 { " is a red flag. " } @else { " are red flags. " } a href="#first" { "Begin with these" } "." }
            } @else if bands.review > 0 {
                p.lead { "No red flag. " a href="#first" { "Look at " @if bands.review == 1 { "one" } @else { (grouped(bands.review)) } " in doubt" } "." }
            } @else if let Some(highest) = tally.highest_risk() {
                p.lead { "The highest risk is below " (highest + 1) "; review begins at " (short(summary.thresholds.review)) "." }
            }
            @if tally.scored() > 0 { (band_bar(bands)) }
            dl.tiles {
                (tile("red_flag", bands.red_flag, "red flag", &html! { "look first" }))
                (tile("review", bands.review, "review", &html! { "a person should look" }))
                (tile("clear", bands.clear, "clear", &html! { "nothing to do" }))
                (tile("rejected", summary.rejected, "not read", &html! { @if summary.rejected > 0 { a href="#unread" { "which and why" } } @else { "every row was a listing" } }))
            }
            @if tally.scored() > 0 { (distribution(&tally.risk.0, summary.thresholds)) }
        }
    }
}

fn tile(class: &str, number: u64, name: &str, note: &Markup) -> Markup {
    html! { div.(class) { dt { (name) } dd { span.figure { (grouped(number)) } span.aside { (note) } } } }
}

fn first(tally: &Tally, summary: &Summary, policy: &Policy) -> Markup {
    let top = tally.top.listings();
    let (in_sight, folded) = top.split_at(CARDS_IN_SIGHT.min(top.len()));
    html! {
        section aria-labelledby="first" {
            h2 id="first" { "Look at these first" }
            @if top.is_empty() {
                p { "No listing reached the risk of " (short(summary.thresholds.review)) " at which review begins." }
            } @else {
                p.aside {
                    @if tally.bands().flagged() > TOP_LISTINGS_MAX as u64 {
                        "The " (TOP_LISTINGS_MAX) " with the highest scores of " (grouped(tally.bands().flagged())) ", highest first. All of them, with their reasons, are in " code { "scored.jsonl" } ". "
                    } @else {
                        "All that need eyes, highest score first. "
                    }
                    mark { "Marked" } " words speak against the listing, " mark.for { "underlined" } " ones for it. Open a line to see why."
                }
                @for (n, listing) in in_sight.iter().enumerate() { (card(listing, policy, if n == 0 { Open::Yes } else { Open::No })) }
                @if !folded.is_empty() {
                    details.more {
                        summary { "The next " (folded.len()) }
                        @for listing in folded { (card(listing, policy, Open::No)) }
                    }
                }
            }
        }
    }
}

fn who(tally: &Tally, policy: &Policy) -> Markup {
    if tally.bands().flagged() == 0 {
        return html! {};
    }
    html! {
        section.who aria-labelledby="who" {
            h2 id="who" { "Brands and sellers" }
            div.columns {
                (flagged_table("Brands", "Brand", &tally.brands, tally.without_brand, |key, _| html! { (visible(policy.brand_name(key).unwrap_or(key))) }))
                (flagged_table("Sellers", "Seller", &tally.sellers, tally.without_seller, seller))
            }
        }
    }
}

fn seller(id: &str, name: &str) -> Markup {
    html! { bdi dir="auto" { (visible(name)) } @if id != name { " " span.aside { (visible(id)) } } }
}

fn flagged_table<const N: usize>(
    caption: &str,
    column: &str,
    counts: &Frequent<N>,
    without: u64,
    name: impl Fn(&str, &str) -> Markup,
) -> Markup {
    let top = counts.top(BARS_MAX);
    let Some(largest) = top.first().map(|(_, flagged)| flagged.total()) else {
        return html! { div { p { strong { (caption) } } p.aside { "No listing that needs eyes names a " (column.to_lowercase()) "." } } };
    };
    html! {
        div {
            table.flagged {
                caption { (caption) }
                thead { tr {
                    th scope="col" { (column) } th.number scope="col" { "Red flag" } th.number scope="col" { "Review" }
                } }
                tbody {
                    @for (key, flagged) in &top {
                        tr {
                            th scope="row" { (name(key, &flagged.label)) (flagged_bar(flagged.red_flag, flagged.review, largest)) }
                            td.number { (grouped(flagged.red_flag)) } td.number { (grouped(flagged.review)) }
                        }
                    }
                }
            }
            p.aside {
                @if counts.len() > top.len() { "The first " (top.len()) " of " (grouped(counts.len() as u64)) ". " }
                @if counts.floor() > 0 { "There were too many to count all: each number may be low by up to " (grouped(counts.floor())) ". " }
                @if without > 0 { (listings(without)) " that need eyes " @if without == 1 { "names" } @else { "name" } " no " (column.to_lowercase()) "." }
            }
        }
    }
}

fn signals<const N: usize>(signals: &Counter<Fired, N>) -> Markup {
    let mut fired: Vec<_> = signals.iter().collect();
    fired.sort_by_key(|(_, fired)| (std::cmp::Reverse(fired.flagged), std::cmp::Reverse(fired.listings)));
    let largest = fired.iter().map(|(_, fired)| fired.listings).max().unwrap_or(0);
    html! {
        @if !fired.is_empty() {
            section aria-labelledby="signals" {
                h2 id="signals" { "Signals" }
                table.signals {
                    caption.aside { "What spoke about listings, first what spoke most about those that need eyes. Points below zero speak for the listing." }
                    thead { tr {
                        th scope="col" { "Signal" } th.number scope="col" { "Listings" } th.number scope="col" { "Need eyes" } th.number scope="col" { "Points each" }
                    } }
                    tbody {
                        @for (name, fired) in &fired {
                            tr {
                                th scope="row" { div { span { (breakable(name)) } (bar(if fired.points < 0 { "for" } else { "against" }, fired.listings, largest)) } }
                                td.number { (grouped(fired.listings)) } td.number { (grouped(fired.flagged)) } td.number { (mean(fired)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A machine name that may break behind its underscores.
fn breakable(name: &str) -> Markup {
    html! { @for part in name.split_inclusive('_') { (visible(part)) wbr; } }
}

/// Mean points with two decimals.
#[allow(clippy::cast_precision_loss)] // two decimals of a sum of thousandths
fn mean(fired: &Fired) -> String {
    let mean = if fired.listings == 0 { 0.0 } else { fired.points as f64 / fired.listings as f64 / 1000.0 };
    if mean < 0.0 { format!("−{:.2}", -mean) } else { format!("+{mean:.2}") }
}

fn unread(tally: &Tally, summary: &Summary) -> Markup {
    let (by_code, issues) = (tally.rejects(), tally.issues());
    if by_code.is_empty() && issues.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="unread" {
            h2 id="unread" { "What could not be read" }
            div.columns {
                @if !by_code.is_empty() { (codes("Rows that are no listing", "Rows", &by_code)) }
                @if !issues.is_empty() { (codes("Fields left out of the score", "Listings", &issues)) }
            }
            @if !tally.rejects.is_empty() {
                details {
                    summary { "Rejected rows, line by line" }
                    table.rejects {
                        thead { tr { th.number scope="col" { "Line" } th scope="col" { "Code" } th scope="col" { "Detail" } } }
                        tbody {
                            @for reject in &tally.rejects {
                                tr { td.number { (reject.line) } td { code { (visible(&reject.code)) } } td { bdi dir="auto" { (visible(&reject.detail)) } } }
                            }
                        }
                    }
                    @if summary.rejected > tally.rejects.len() as u64 {
                        p.aside { "The first " (tally.rejects.len()) " of " (grouped(summary.rejected)) "; all of them are in " code { "rejects.jsonl" } "." }
                    }
                }
            }
        }
    }
}

fn codes(caption: &str, column: &str, counts: &std::collections::BTreeMap<String, u64>) -> Markup {
    html! {
        div { table {
            caption { (caption) }
            thead { tr { th scope="col" { "Code" } th.number scope="col" { (column) } } }
            tbody { @for (code, count) in counts { tr { th scope="row" { code { (visible(code)) } } td.number { (grouped(*count)) } } } }
        } }
    }
}

fn facts(summary: &Summary) -> Markup {
    let ignored = summary.ignored_columns.join(", ");
    let thresholds =
        format!("review from {}, red flag from {}", short(summary.thresholds.review), short(summary.thresholds.red_flag));
    let rows =
        format!("{} read, {} scored, {} rejected", grouped(summary.rows), grouped(summary.scored), grouped(summary.rejected));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` saturates, and a rate is no negative number
    let time = format!("{:.2} s, {} rows a second", summary.seconds, grouped(summary.rows_per_second as u64));
    html! {
        section aria-labelledby="run" {
            h2 id="run" { "About this run" }
            dl.facts {
                @for (name, value) in [
                    ("Source", summary.source.as_str()), ("Format", &summary.format), ("Rows", &rows), ("Columns not used", &ignored), ("Policy", &summary.policy),
                    ("Thresholds", &thresholds), ("Started", &summary.started_at), ("Finished", &summary.finished_at), ("Time", &time), ("Job", &summary.job_id),
                ] {
                    @if !value.is_empty() { div { dt { (name) } dd { (visible(value)) } } }
                }
            }
        }
    }
}
