//! Which statements of reasons are ready to be posted?

use super::parts::{STATEMENTS, file, none, section};
use auditing::report::StatementsSummary;
use maud::{Markup, html};
use pages::numbers::{counted, grouped};
use pages::seller_text::visible;

pub(super) fn statements(of: &StatementsSummary) -> Markup {
    let body = html! {
        @if of.statements_count == 0 && of.left_out.is_empty() {
            (none("No decision of this window confirmed a counterfeit."))
        } @else {
            p {
                strong { (counted(of.statements_count, "statement is", "statements are")) " ready to be posted" } ", in "
                (counted(of.batches_count, "batch", "batches")) " of at most 100: " (file(STATEMENTS)) "."
            }
        }
        @if !of.left_out.is_empty() {
            p { "Confirmed decisions without a statement, by reason:" }
            ul { @for (reason, count) in &of.left_out { li { (grouped(*count)) " × " code { (visible(reason)) } } } }
        }
    };
    section(
        "statements",
        "Statements of reasons",
        "What is owed to the sellers and to the EU's database of such statements (Digital Services Act, article 24(5))?",
        &body,
    )
}
