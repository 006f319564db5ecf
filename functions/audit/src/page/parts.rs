//! Of which parts are all sections made? A title with the question that it answers, long tables of which the rest is folded, and rows behind a number.

use super::figures::day;
use super::limits::{LISTINGS_MAX, ROWS_IN_SIGHT, ROWS_MAX};
use auditing::Behind;
use maud::{Markup, html};
use pages::numbers::{counted, grouped};
use pages::seller_text::visible;

/// The files beside the page.
pub(super) const SAMPLE: &str = "sample.jsonl";
pub(super) const CHANGES: &str = "changes.jsonl.zst";
pub(super) const STATEMENTS: &str = "statements.jsonl";
pub(super) const REPORT: &str = "report.json";

/// A section; `question` says in one sentence what it answers.
pub(super) fn section(id: &str, title: &str, question: &str, body: &Markup) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (title) }
            p.question { (question) }
            (body)
        }
    }
}

/// Why there is nothing to show.
pub(super) fn none(why: &str) -> Markup {
    html! { p.none { (why) } }
}

/// A link to a file beside the page.
pub(super) fn file(name: &str) -> Markup {
    html! { a href=(name) { code { (name) } } }
}

/// A table of any length: the first rows in sight, more on a click, the rest in `report.json`.
pub(super) struct Table<'t> {
    /// What it shows.
    pub(super) caption: &'t str,
    /// For its style.
    pub(super) class: &'t str,
    /// The heads of its columns.
    pub(super) head: Markup,
}

impl Table<'_> {
    /// With a row for each of `all`.
    pub(super) fn of<T>(&self, all: &[T], row: impl Fn(&T) -> Markup) -> Markup {
        let shown = &all[..all.len().min(ROWS_MAX)];
        // A fold for one or two more is a click for nothing.
        let in_sight = if shown.len() <= ROWS_IN_SIGHT + 2 { shown.len() } else { ROWS_IN_SIGHT };
        let (first, folded) = shown.split_at(in_sight);
        html! {
            (self.part(self.caption, first, &row))
            @if !folded.is_empty() {
                details.more {
                    summary { "The next " (folded.len()) }
                    (self.part(&format!("{}, continued", self.caption), folded, &row))
                }
            }
            @if all.len() > shown.len() {
                p.aside { "The first " (shown.len()) " of " (grouped(all.len() as u64)) "; all of them are in " (file(REPORT)) "." }
            }
        }
    }

    fn part<T>(&self, caption: &str, rows: &[T], row: &impl Fn(&T) -> Markup) -> Markup {
        let table = html! {
            table.(self.class) {
                caption { (caption) }
                thead { tr { (self.head) } }
                tbody { @for one in rows { (row(one)) } }
            }
        };
        // Tables with drawings fit any width; the others scroll by themselves, with the keyboard too, and never the whole page.
        if self.class.starts_with("drawn") {
            html! { div.scroll { (table) } }
        } else {
            scrolling(caption, &table)
        }
    }
}

/// A table that may be wider than a telephone.
pub(super) fn scrolling(label: &str, table: &Markup) -> Markup {
    html! { div.scroll role="region" aria-label=(label) tabindex="0" { (table) } }
}

/// The decisions behind a number, folded.
pub(super) fn behind(what: &str, decisions: &[Behind]) -> Markup {
    html! {
        @if !decisions.is_empty() {
            details.behind {
                summary { (what) " (" (decisions.len()) ")" }
                ul {
                    @for one in decisions {
                        li { (listing_id(&one.listing_id)) ", " (visible(day(&one.decided_at))) span.aside { " decision " bdi { (visible(&one.review_id)) } } }
                    }
                }
            }
        }
    }
}

/// Listing ids in a line, those that are not shown counted.
pub(super) fn listing_ids(ids: &[String], not_shown: u64) -> Markup {
    let shown = &ids[..ids.len().min(LISTINGS_MAX)];
    let more = not_shown.saturating_add((ids.len() - shown.len()) as u64);
    html! {
        span.ids {
            @for (at, id) in shown.iter().enumerate() { @if at > 0 { ", " } (listing_id(id)) }
            @if more > 0 { " and " (counted(more, "other", "others")) }
        }
    }
}

/// The id of a listing, as its marketplace wrote it.
pub(super) fn listing_id(id: &str) -> Markup {
    html! { code { bdi { (visible(id)) } } }
}

/// A machine name that may break behind its underscores.
pub(super) fn machine_name(name: &str) -> Markup {
    html! { code { @for part in name.split_inclusive('_') { (visible(part)) wbr; } } }
}
