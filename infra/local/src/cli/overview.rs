//! What does the page of several exports show? Their counts, and the way to the page of each.

use ingest::report::Summary;
use maud::{DOCTYPE, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::results::{REPORT, Scored};
use super::words::{HumanCount, plain};

const STYLE: &str = "\
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse;width:100%}th,td{text-align:right;padding:.4rem .6rem;border-bottom:1px solid #8884}\
th:first-child,td:first-child{text-align:left;overflow-wrap:anywhere}";

/// One self-contained page without scripts.
pub(super) fn page(all: &[Scored], sum: &Summary) -> String {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    let numbers = |summary: &Summary| {
        let bands = summary.bands;
        let numbers = [summary.rows, bands.red_flag, bands.review, bands.clear, summary.rejected];
        html! { @for number in numbers { td { (HumanCount(number)) } } }
    };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy);
                title { "Touchstone: " (HumanCount(sum.files)) " exports" }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                h1 { (HumanCount(sum.rows)) " rows of " (HumanCount(sum.files)) " exports" }
                table {
                    thead { tr { th { "Export" } th { "Rows" } th { "Red flags" } th { "To review" } th { "Clear" } th { "Rejected" } } }
                    tbody {
                        @for one in all {
                            @let folder = utf8_percent_encode(&one.name, NON_ALPHANUMERIC);
                            tr { td { a href={ (folder) "/" (REPORT) } { (plain(&one.name)) } } (numbers(&one.summary)) }
                        }
                        tr { td { "All" } (numbers(sum)) }
                    }
                }
            }
        }
    }
    .into_string()
}
