//! What changed since the last run and against the reference, beyond chance and enough to matter?

use super::figures::{chance, percentage, range};
use super::parts::{Table, machine_name, none, section};
use super::whisker::{Look, Scale, axis, whisker};
use auditing::drift::{Drift, LARGE_PSI_MIN, MODERATE_PSI_MIN, RateChange, Stability};
use auditing::report::{Compared, Report};
use maud::{Markup, html};
use pages::numbers::{counted, listings};
use pages::seller_text::visible;

pub(super) fn drift(report: &Report) -> Markup {
    let body = html! {
        (against("Since the last run", "There is no run before this one.", report.since_last.as_ref()))
        (against("Against the reference", "No reference run is set.", report.since_reference.as_ref()))
    };
    section(
        "drift",
        "Drift",
        "Do the scores, or what they are made of, behave otherwise than before? Told without any decision, so that it shows first.",
        &body,
    )
}

fn against(title: &str, why_not: &str, compared: Option<&Compared>) -> Markup {
    html! {
        h3 { (title) }
        @match compared {
            None => { (none(why_not)) },
            Some(compared) => {
                p {
                    (risk(&compared.drift)) " "
                    span.aside {
                        (listings(compared.drift.results_count)) " now, " (listings(compared.drift.results_before_count)) " in run " bdi { (visible(&compared.run_id)) } "."
                    }
                }
                (rates("Bands", &compared.drift.bands, false))
                p {
                    @match compared.drift.changed_signals_count {
                        0 => "No signal changed beyond chance and by a quarter or more.",
                        changed => { (counted(changed, "signal", "signals")) " changed beyond chance and by a quarter or more; these stand first." },
                    }
                }
                (rates("Signals", &compared.drift.signals, true))
            },
        }
    }
}

fn risk(drift: &Drift) -> Markup {
    let shift = &drift.risk;
    let index = |number: f64| if number < 0.001 { format!("{number:.5}") } else { format!("{number:.3}") };
    html! {
        strong {
            @match shift.stability {
                Stability::Unknown => "Nothing to compare: one of the windows is empty.",
                Stability::WithinNoise => "The risk is spread as before, as far as chance lets us tell.",
                Stability::Slight => "The spread of the risk moved beyond chance, and too little to matter.",
                Stability::Moderate => "The spread of the risk moved enough to look at.",
                Stability::Large => "The spread of the risk moved far.",
            }
        }
        @if let Some(found) = shift.stability_index {
            " Its " abbr title="Population stability index (PSI): 0 when two distributions are the same, larger the more they differ" { "stability index" } " is "
            strong { (index(found)) } "; without any change it would be about " (index(shift.expected_by_chance)) " and above " (index(shift.noise_floor))
            " once in a thousand runs (the noise floor). By custom " (MODERATE_PSI_MIN) " is moderate and " (LARGE_PSI_MIN) " large."
        }
        @if let (Some(now), Some(before)) = (drift.mean_risk, drift.mean_risk_before) {
            " The mean risk is " (percentage(now)) ", before " (percentage(before)) "."
        }
    }
}

fn rates(caption: &str, changes: &[RateChange], are_machine_names: bool) -> Markup {
    let scale = Scale::of(changes.iter().flat_map(|change| [change.now.into(), change.before.into()]));
    let table = Table {
        caption,
        class: "drawn rates",
        head: html! {
            th scope="col" { "Name" } th scope="col" { "Share of listings now " (axis(scale)) } th scope="col" { "Before" } th.number scope="col" { "Chance" }
        },
    };
    let row = |change: &RateChange| {
        html! {
            tr {
                th scope="row" {
                    @if are_machine_names { (machine_name(&change.name)) } @else { (visible(&change.name.replace('_', " "))) }
                    @if change.is_changed { span.below { strong { (direction(change)) } } }
                }
                td { (whisker(change.now, change.before.share, scale, if change.is_changed { Look::Marked } else { Look::Plain })) (range(change.now)) }
                td { (range(change.before)) }
                td.number { (chance(change.adjusted_probability)) }
            }
        }
    };
    html! {
        @if !changes.is_empty() {
            (table.of(changes, row))
            p.aside { "The stroke is the share before. Chance: how likely such a difference is if nothing changed, corrected for the number of comparisons." }
        }
    }
}

/// `1.7 times as often`, `new`, `gone`.
fn direction(change: &RateChange) -> String {
    match (change.now.share, change.before.share) {
        (Some(now), Some(before)) if before > 0.0 && now > 0.0 => format!("{:.1} times as often", now / before),
        (Some(now), _) if now > 0.0 => "new".to_owned(),
        _ => "gone".to_owned(),
    }
}
