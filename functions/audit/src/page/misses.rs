//! How many counterfeits are missed, by which estimate, and what did each part of the sample say?

use super::figures::{Range, count, percentage, range, range_or_none, rounded, whole};
use super::parts::{SAMPLE, Table, file, none, scrolling, section};
use auditing::estimate::{AtThreshold, Figures, Headline, Model, StratumAnswered};
use auditing::report::Report;
use auditing::sample::Share;
use maud::{Markup, html};
use pages::drawing::as_f64;
use pages::numbers::{counted, grouped, listings};
use scoring::Milli;

pub(super) fn misses(report: &Report) -> Markup {
    let estimates = &report.estimates;
    let body = html! {
        @if estimates.drawn == 0 && estimates.design.is_none() {
            (none("No listing was drawn at random in this window."))
        } @else {
            p {
                (grouped(estimates.answered)) " of " (grouped(estimates.drawn)) " listings drawn at random are answered; " (grouped(estimates.unsure))
                " could not be told, and " (grouped(estimates.waiting)) " wait. They are in " (file(SAMPLE)) ". "
                (still_missing(report))
            }
            @if estimates.design.is_some() || estimates.model.is_some() { (beside(report)) }
            (strata(report))
        }
    };
    section(
        "misses",
        "Misses",
        "How many counterfeits are there, and how many does nobody see? Told from listings drawn at random, whatever their risk.",
        &body,
    )
}

/// How many reviews are missing for which width, in one sentence.
pub(super) fn still_missing(report: &Report) -> Markup {
    let further = &report.further;
    let by_model = matches!(report.estimates.headline, None | Some(Headline::Model));
    let reviews = if by_model { further.model.as_ref().or(further.design.as_ref()) } else { further.design.as_ref() };
    let width = rounded(further.half_width * 100.0);
    html! {
        @match reviews.map(|reviews| reviews.reviews) {
            Some(0) => { "The share that is missed is known to within " (width) " percentage points." },
            Some(reviews) => {
                "About " strong { (counted(reviews, "more review", "more reviews")) }
                " will tell the share that is missed to within " (width) " percentage points."
            },
            None => { "No number of reviews that anybody makes would tell the share that is missed to within " (width) " percentage points." },
        }
    }
}

/// Both estimates, the leading one first.
fn beside(report: &Report) -> Markup {
    let estimates = &report.estimates;
    let by_model = estimates.model.as_ref().map(|model| ("From the recalibrated risk", &model.figures));
    let by_design = estimates.design.as_ref().map(|figures| ("From the draw alone", figures));
    let leads_model = estimates.headline == Some(Headline::Model);
    let both = if leads_model { [by_model, by_design] } else { [by_design, by_model] };
    let both: Vec<(&str, &Figures)> = both.into_iter().flatten().collect();
    let row = |name: &str, of: &dyn Fn(&Figures) -> Markup| html! { tr { th scope="row" { (name) } @for (_, figures) in &both { td { (of(figures)) } } } };
    let at = |name: &str, of: fn(&Figures) -> &AtThreshold| {
        html! {
            tr.part { th scope="colgroup" colspan=(both.len() + 1) { (name) } }
            (row("Listings at or above it", &|figures| html! { (whole(of(figures).listings)) }))
            (row("Counterfeits below it", &|figures| count(of(figures).missed)))
            (row("Share missed", &|figures| range_or_none(of(figures).miss_rate)))
            (row("Share found", &|figures| range_or_none(of(figures).recall)))
            (row("Right among those at or above it", &|figures| range_or_none(of(figures).precision)))
        }
    };
    let table = html! {
            table.beside {
                caption { "Two estimates from the same answers" }
                thead { tr {
                    td {}
                    @for (at, (name, _)) in both.iter().enumerate() { th scope="col" { (name) @if at == 0 { " (leads)" } } }
                } }
                tbody {
                    (row("Counterfeits among all listings", &|figures| range(figures.prevalence)))
                    (row("Counterfeits", &|figures| count(figures.counterfeits)))
                    (at("Where review begins", |figures| &figures.review))
                    (at("Where red flags begin", |figures| &figures.red_flag))
                }
            }
    };
    html! {
        (scrolling("Two estimates", &table))
        p.aside { (why(report)) }
    }
}

fn why(report: &Report) -> Markup {
    html! {
        "The draw alone assumes nothing of the risk. The other estimate assumes that the risk orders listings rightly, up to two numbers that are fitted to the answers; it is mostly narrower. "
        @match report.estimates.headline {
            Some(Headline::Model) => "It leads because the answers agree with it.",
            Some(Headline::DesignPoorFit) => "The draw alone leads because the answers contradict the other.",
            Some(Headline::DesignFewAnswers) => "The draw alone leads because there are too few counterfeits, or too few others, among the answers.",
            None => "",
        }
        @if let Some(Model { fit_test, recalibration, clear_listings_alone, .. }) = &report.estimates.model {
            @if *clear_listings_alone {
                " People had decided flagged listings before the draw, so that the other estimate speaks of clear listings alone and takes the draw for the rest."
            }
            " If the risk ordered rightly, a fit as poor as this would be seen with a chance of "
            (percentage(fit_test.strata_p)) " over all parts and of " (percentage(fit_test.low_end_p)) " at the low end; below 0.5% it is given up. The log odds are read as "
            (signed(recalibration.intercept)) " plus " (signed(recalibration.slope)) " times what the score says."
            @match fit_test.noticed_counterfeits {
                Some(noticed) => { " Of counterfeits spread evenly over the listings of the lowest risk, " (rounded(noticed)) " would be noticed in 95 of 100 audits; fewer may not be, and then its intervals are too narrow." },
                None => " Nothing of the lowest risk is answered, so that any number of counterfeits there would go unnoticed.",
            }
        }
    }
}

fn strata(report: &Report) -> Markup {
    let expected_by_model = report.estimates.strata.iter().any(|of| of.expected_by_model.is_some());
    let drawn = |id: u8| report.sample.strata.iter().find(|share| share.stratum == id);
    let table = Table {
        caption: "What each part of the range of risk said",
        class: "wide",
        head: html! {
            th scope="col" { "Part" } th.number scope="col" { "Listings" } th.number scope="col" { "Decided before" } th.number scope="col" { "Drawn" }
            th.number scope="col" { "Answered" } th.number scope="col" { "Counterfeits" } th.number scope="col" { "Expected by the risk" }
            @if expected_by_model { th.number scope="col" { "By the refitted risk" } }
        },
    };
    let row = |of: &StratumAnswered| {
        let share = drawn(of.stratum);
        html! {
            tr {
                th scope="row" { @match share { Some(share) => { (part(share)) }, None => { "part " (of.stratum) } } }
                td.number { @if let Some(share) = share { (grouped(share.decided.saturating_add(share.undecided))) } }
                td.number { @if let Some(share) = share { (grouped(share.decided)) @if share.decided > 0 { span.below { (grouped(share.confirmed)) " confirmed" } } } }
                td.number { (grouped(of.drawn)) }
                td.number { (grouped(of.answered)) @if of.unsure > 0 { span.below { (grouped(of.unsure)) " unsure" } } }
                td.number { (grouped(of.counterfeits)) }
                td { (range(found(of))) }
                td.number { (rounded(of.expected)) }
                @if expected_by_model { td.number { @if let Some(expected) = of.expected_by_model { (rounded(expected)) } } }
            }
        }
    };
    html! {
        @if !report.estimates.strata.is_empty() {
            (table.of(&report.estimates.strata, row))
            p.aside {
                "Parts are cut by " dfn { "log odds" } ", the sum of a listing's points: 0 is as likely as not. At most " (listings(u64::from(report.sample.budget)))
                " were to be drawn; the draw follows from the seed " code { (report.sample.seed) } ", so that it can be repeated."
            }
        }
    }
}

/// The share of counterfeits among those of a part that nobody had decided.
fn found(of: &StratumAnswered) -> Range {
    let value = (of.answered > 0).then(|| as_f64(of.counterfeits) / as_f64(of.answered));
    Range { value, low: of.share.low, high: of.share.high }
}

/// With two decimals and a real minus.
fn signed(number: f64) -> String {
    format!("{number:.2}").replace('-', "−")
}

/// `clear, below −8`, `review, 0 to 1`.
fn part(share: &Share) -> Markup {
    let band = share.band.name().replace('_', " ");
    let at = |log_odds: Milli| format!("{}", f64::from(log_odds.0) / 1_000.0).replace('-', "−");
    html! {
        (band) ", "
        @match (share.from, share.to) {
            (Some(from), Some(to)) => { (at(from)) " to " (at(to)) },
            (Some(from), None) => { "from " (at(from)) },
            (None, Some(to)) => { "below " (at(to)) },
            (None, None) => "all",
        }
    }
}
