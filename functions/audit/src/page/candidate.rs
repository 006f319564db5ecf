//! What would another policy change: which bands, how right, at what cost?

use super::figures::{percentage, range};
use super::parts::{CHANGES, file, none, scrolling, section};
use auditing::report::Candidate;
use auditing::rescoring::{Quality, RescoringReport};
use maud::{Markup, html};
use pages::numbers::{grouped, listings};
use pages::seller_text::visible;

const BANDS: [&str; 3] = ["clear", "review", "red flag"];

pub(super) fn candidate(candidate: Option<&Candidate>) -> Markup {
    let body = html! {
        @match candidate {
            None => { (none("No candidate policy was set for this run.")) },
            Some(Candidate { policy, rescoring }) => {
                p {
                    "Under " code { bdi { (visible(policy)) } } ", " strong { (listings(rescoring.band_changes_count)) } " of " (grouped(rescoring.listings_count))
                    " would be in another band. Each of them is in " (file(CHANGES)) ", with its reasons before and after. "
                    (cost(rescoring))
                }
                (matrix(rescoring))
                (beside(rescoring))
                p.aside {
                    (listings(rescoring.brand_changes_count)) " would keep the band and be about another brand, " (listings(rescoring.score_changes_count)) " would only have another score. "
                    (listings(rescoring.newly_flagged_undecided_count)) " would be flagged that nobody decided on, so that nothing is known of them; "
                    (listings(rescoring.no_longer_flagged_undecided_count)) " would leave the queue undecided."
                }
            },
        }
    };
    section("candidate", "Candidate policy", "What would change if the policy that is proposed scored these listings?", &body)
}

fn cost(of: &RescoringReport) -> Markup {
    let (before, after) = (of.reviews_stored_count, of.reviews_candidate_count);
    html! {
        "People would be asked to look at " (listings(after)) ", now " (grouped(before)) ": "
        strong {
            @if after > before { (grouped(after - before)) " more" } @else if before > after { (grouped(before - after)) " fewer" } @else { "as many" }
        } "."
    }
}

fn matrix(of: &RescoringReport) -> Markup {
    let table = html! {
            table.matrix {
                caption { "From the band now to the band then" }
                thead {
                    tr { th scope="col" { "Now" } @for band in BANDS { th.number scope="col" { "then " (band) } } }
                }
                tbody {
                    @for (row, from) in BANDS.iter().enumerate() {
                        tr {
                            th scope="row" { (from) }
                            @for (column, listings) in of.bands[row].iter().enumerate() {
                                td.number.same[row == column].changed[row != column && *listings > 0] { (grouped(*listings)) }
                            }
                        }
                    }
                }
            }
    };
    scrolling("Changes of band", &table)
}

fn beside(of: &RescoringReport) -> Markup {
    let row = |name: &str, explained: &str, of_one: &dyn Fn(&Quality) -> Markup| {
        html! { tr { th scope="row" { (name) span.below { (explained) } } td { (of_one(&of.stored)) } td { (of_one(&of.candidate)) } } }
    };
    let mean = |of: Option<f64>| of.map_or_else(|| "unknown".to_owned(), percentage);
    let table = html! {
            table.plain {
                caption { "How right each of them is" }
                thead { tr { th scope="col" { "Where people decided" } th scope="col" { "Now" } th scope="col" { "Then" } } }
                tbody {
                    (row("Right when it flags", "among all listings, by those drawn at random", &|of| range(of.precision_weighted)))
                    (row("Counterfeits that it flags", "among all listings, by those drawn at random", &|of| range(of.recall_weighted)))
                    (row("Right when it flags", "among all that was decided, most of it chosen", &|of| range(of.precision)))
                    (row("Counterfeits that it flags", "likewise, which favours the policy of now", &|of| range(of.recall)))
                    tr { th scope="row" { "Mean risk" } td { (mean(of.mean_risk_stored)) } td { (mean(of.mean_risk_candidate)) } }
                }
            }
    };
    scrolling("How right each policy is", &table)
}
