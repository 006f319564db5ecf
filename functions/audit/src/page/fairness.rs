//! Is any kind of seller wronged more often than others? Error rates of groups side by side.

use super::figures::{Range, chance, percentage, range};
use super::limits::GROUPS_MAX;
use super::parts::{Table, none, section};
use super::whisker::{Look, Scale, axis, whisker};
use auditing::calibration::{CalibrationReport, Errors, Group, TraitGroups, WRONG_NAME_MAX};
use maud::{Markup, html};
use pages::numbers::{counted, grouped};
use pages::seller_text::visible;

pub(super) fn fairness(report: &CalibrationReport) -> Markup {
    let of_errors = |of: fn(&Errors) -> Range| {
        Scale::of(report.window_groups.iter().flat_map(|of| &of.groups).filter_map(|group| group.errors.as_ref()).map(of))
    };
    // One scale for all traits, so that they can be compared with the eye.
    let scales = [of_errors(|errors| errors.false_positives.into()), of_errors(|errors| errors.missed.into())];
    let shown: Vec<&TraitGroups> = report.window_groups.iter().filter(|of| !of.groups.is_empty()).collect();
    let body = html! {
        @if shown.is_empty() {
            (none("No group has the 30 decisions on listings drawn at random that a rate needs."))
        } @else {
            p.aside {
                (counted(report.tested_count, "difference was", "differences were")) " tested. That a group is named although nothing differs has a chance of at most "
                (percentage(WRONG_NAME_MAX)) " over all of them; that it is not named proves nothing while its interval is wide. The stroke is the rate of all other groups."
            }
            @for of in shown { (trait_table(of, scales)) }
        }
        (chosen(report))
    };
    section(
        "fairness",
        "Fairness",
        "Are honest sellers of one kind flagged more often than others, or counterfeits of one kind missed more often?",
        &body,
    )
}

fn trait_table(of: &TraitGroups, scales: [Scale; 2]) -> Markup {
    let table = Table {
        caption: title(&of.name),
        class: "drawn groups",
        head: html! {
            th scope="col" { "Group" } th scope="col" { "Honest and flagged " (axis(scales[0])) } th scope="col" { "Counterfeit and missed " (axis(scales[1])) }
        },
    };
    let cell = |own: Range, elsewhere: Range, probability: Option<f64>, scale: Scale| {
        let differs = probability.is_some_and(|probability| probability <= WRONG_NAME_MAX);
        html! {
            td {
                (whisker(own, elsewhere.value, scale, if differs { Look::Marked } else { Look::Plain }))
                (range(own))
                @if differs { span.below { strong { "unlike the others" } ", " (range(elsewhere)) "; chance " (chance(probability)) } }
            }
        }
    };
    let row = |group: &Group| {
        html! {
            tr {
                th scope="row" { bdi { (visible(&group.value.replace('_', " "))) } span.below { (counted(group.reliability.decisions_count, "decision", "decisions")) } }
                @match &group.errors {
                    Some(errors) => {
                        (cell(errors.false_positives.into(), errors.false_positives_elsewhere.into(), errors.false_positives_adjusted_probability, scales[0]))
                        (cell(errors.missed.into(), errors.missed_elsewhere.into(), errors.missed_adjusted_probability, scales[1]))
                    },
                    None => td colspan="2" { "cannot be known" },
                }
            }
        }
    };
    // What differs comes first, so that no fold hides it.
    let mut groups: Vec<&Group> = of.groups.iter().collect();
    groups.sort_by_key(|group| !group.errors.as_ref().is_some_and(|errors| errors.differs));
    groups.truncate(GROUPS_MAX);
    html! {
        (table.of(&groups, |group| row(group)))
        p.aside { (left_out(of, groups.len())) }
    }
}

fn left_out(of: &TraitGroups, shown: usize) -> Markup {
    html! {
        @if of.small_groups_count > 0 { (counted(of.small_groups_count, "group has", "groups have")) " too few decisions to be shown. " }
        @if of.groups.len() > shown { "The first " (shown) " of " (grouped(of.groups.len() as u64)) ". " }
        @if of.is_cut { "There were more groups than are counted; the last of the alphabet are missing." }
    }
}

/// Calibration by group among what was chosen for its risk.
fn chosen(report: &CalibrationReport) -> Markup {
    let groups: Vec<(&str, &Group)> =
        report.chosen_groups.iter().flat_map(|of| of.groups.iter().map(|group| (of.name.as_str(), group))).collect();
    let table = Table {
        caption: "Among listings chosen for their risk",
        class: "plain",
        head: html! {
            th scope="col" { "Group" } th.number scope="col" { "Decisions" } th.number scope="col" { "Distance from the diagonal" } th.number scope="col" { "By chance" }
        },
    };
    let row = |(name, group): &(&str, &Group)| {
        let text = |of: Option<f64>| of.map_or_else(|| "unknown".to_owned(), percentage);
        html! {
            tr {
                th scope="row" { (title(name)) ": " bdi { (visible(&group.value.replace('_', " "))) } }
                td.number { (grouped(group.reliability.decisions_count)) }
                td.number { (text(group.reliability.expected_calibration_error)) }
                td.number { (text(group.reliability.expected_calibration_error_by_chance)) }
            }
        }
    };
    html! {
        @if !groups.is_empty() {
            details.numbers {
                summary { "How well the risk of each group is calibrated among listings that were chosen for it" }
                (table.of(&groups, row))
                p.aside { "No error rates here: nobody looked at what is clear." }
            }
        }
    }
}

/// A trait, for people.
fn title(name: &str) -> &'static str {
    match name {
        "language" => "Language of the listing",
        "brand" => "Brand",
        "seller_age" => "Age of the seller's account",
        "ship_from" => "Ships from",
        _ => "Another trait",
    }
}
