//! Is everything as it was written?

use super::parts::{Table, none, section};
use auditing::integrity::{Finding, Findings, NotReplayed, Problem};
use maud::{Markup, html};
use pages::numbers::{counted, grouped};
use pages::seller_text::visible;

pub(super) fn integrity(of: &Findings) -> Markup {
    let problems = of.problems.values().fold(0_u64, |sum, count| sum.saturating_add(*count));
    let found: Vec<&Finding> = of.found.iter().collect();
    let body = html! {
        @if of.rows_checked == 0 && of.decisions_checked == 0 && of.is_sound() {
            (none("There was nothing to check."))
        } @else {
            p {
                @if of.is_sound() { strong { "Nothing is wrong. " } } @else { strong.alarm { (counted(problems, "thing is", "things are")) " not as written. " } }
                (grouped(of.rows_checked)) " results were looked at, " (grouped(of.rows_replayed)) " of them scored again from their listing, byte for byte; "
                (grouped(of.decisions_checked)) " decisions, " (grouped(of.days_checked)) " sealed days and " (grouped(of.files_checked)) " files were compared with their seals."
            }
        }
        @if !of.problems.is_empty() {
            ul { @for (problem, count) in &of.problems { li { (grouped(*count)) " × " (what(*problem)) } } }
        }
        @if !found.is_empty() { (table().of(&found, |finding| row(finding))) }
        @if problems > found.len() as u64 { p.aside { "The first " (grouped(found.len() as u64)) " of " (grouped(problems)) " are kept." } }
        (not_wrong(of))
    };
    section(
        "integrity",
        "Integrity",
        "Is every result what its listing gives, and every decision and file as it was sealed?",
        &body,
    )
}

fn table() -> Table<'static> {
    Table {
        caption: "What is not as written",
        class: "plain",
        head: html! { th scope="col" { "Where" } th scope="col" { "What" } th scope="col" { "Detail" } },
    }
}

fn row(finding: &Finding) -> Markup {
    html! {
        tr {
            th scope="row" { bdi { (visible(&finding.place)) } }
            td { (what(finding.problem)) }
            td { bdi { (visible(&finding.detail)) } }
        }
    }
}

/// What is no finding, and yet to be known.
fn not_wrong(of: &Findings) -> Markup {
    html! {
        @if !of.rows_not_replayed.is_empty() || of.decisions_withdrawn_since > 0 || of.decisions_expired > 0 {
            p.aside {
                @for (why, rows) in &of.rows_not_replayed {
                    (counted(*rows, "result was", "results were")) " not scored again: "
                    @match why {
                        NotReplayed::OtherPolicy => "their policy is not at hand. ",
                        NotReplayed::ListingNotAtHand => "their listing is not at hand. ",
                        NotReplayed::Unreadable => "they cannot be read. ",
                    }
                }
                @if of.decisions_withdrawn_since > 0 { (counted(of.decisions_withdrawn_since, "sealed decision was", "sealed decisions were")) " taken back since, as they may be. " }
                @if of.decisions_expired > 0 { (counted(of.decisions_expired, "sealed decision is", "sealed decisions are")) " gone because the time to keep them is over." }
            }
        }
    }
}

fn what(problem: Problem) -> &'static str {
    match problem {
        Problem::DecisionAltered => "a decision has other words than when it was sealed",
        Problem::DecisionMissing => "a sealed decision is gone",
        Problem::DecisionAdded => "a decision is on record on a day that was sealed without it",
        Problem::WithdrawalAltered => "a decision that was taken back stands again, or at another time",
        Problem::OrderBroken => "the decisions on a listing do not follow one another",
        Problem::QuotationDiffers => "a decision quotes another result than is on record",
        Problem::RowInconsistent => "the risk of a result does not follow from its reasons",
        Problem::RowAltered => "a result is another one than its listing gives",
        Problem::ListingChanged => "a result is about another text than its listing has now",
        Problem::Unreadable => "a record cannot be read",
        Problem::FileAltered => "a file has other bytes than when it was sealed",
        Problem::LinesMissingOrAdded => "a file has more or fewer lines than when it was sealed",
        Problem::SealAltered => "the seal of a day is another one than joined the chain",
        Problem::SealMissing => "the seal of a day is gone",
        Problem::SealAdded => "the seal of a day never joined the chain",
        Problem::SealsReordered => "the seals stand in another order than they joined the chain",
        Problem::ChainBroken => "the hashes of the chain do not follow one another",
    }
}
