//! What was gone over, what was left out, and how was it done?

use super::parts::{REPORT, Table, file, section};
use auditing::report::{Report, Unread};
use maud::{Markup, html};
use pages::numbers::{counted, grouped};
use pages::seller_text::visible;

pub(super) fn covered(report: &Report) -> Markup {
    let of = &report.covered;
    let window = format!("{} up to {}", report.window.from, report.window.to);
    let body = html! {
        p {
            (counted(of.jobs_count, "job", "jobs")) " with " (counted(of.rows_count, "row", "rows")) " were read: " (counted(of.results_count, "result", "results")) " and "
            (counted(of.rejects_count, "row that is no listing", "rows that are no listing")) ". " (counted(of.decisions_count, "decision stands", "decisions stand")) " on these results."
        }
        @let left_out = [
            (of.jobs_superseded_count, "jobs, because a newer export of the same name is in the window and their listings would count twice"),
            (of.jobs_running_count, "jobs that had not ended"),
            (of.jobs_unread.len() as u64, "jobs that could not be read"),
            (of.decisions_elsewhere_count, "decisions about results outside of the window"),
            (of.decisions_left_out_count, "decisions, because there are more than an audit holds"),
        ];
        @if left_out.iter().any(|(count, _)| *count > 0) {
            p { "Left out:" }
            ul { @for (count, what) in left_out.iter().filter(|(count, _)| *count > 0) { li { (grouped(*count)) " " (what) } } }
        } @else {
            p { "Nothing was left out." }
        }
        @if !of.jobs_unread.is_empty() { (unread(&of.jobs_unread)) }
        dl.facts {
            @for (name, value) in [
                ("Run", report.run_id.as_str()), ("Window", &window), ("Policy", &report.policy), ("Started", &report.started_at), ("Finished", &report.finished_at),
            ] {
                div { dt { (name) } dd { (visible(value)) } }
            }
            div { dt { "For programs" } dd { (file(REPORT)) } }
        }
    };
    section("covered", "What was covered", "Which results and decisions does all of this rest on, and what was left out?", &body)
}

fn unread(jobs: &[Unread]) -> Markup {
    let table = Table {
        caption: "Jobs that could not be read",
        class: "plain",
        head: html! { th scope="col" { "Job" } th scope="col" { "Code" } th scope="col" { "Detail" } },
    };
    table.of(jobs, |job| html! { tr { th scope="row" { bdi { (visible(&job.job_id)) } } td { code { (visible(&job.code)) } } td { bdi { (visible(&job.detail)) } } } })
}
