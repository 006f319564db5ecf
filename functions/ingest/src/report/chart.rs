//! How are numbers drawn? As inline SVG that fits any width, with the numbers beside it as text.
//!
//! Lengths along the width are percentages, so one drawing serves a telephone and a desk. Nothing here comes from a seller.

use super::summary::{Bands, Thresholds};
use super::tally::BINS;
use maud::{Markup, html};
use pages::drawing::{as_f64, percent, pixels, share};
use pages::numbers::{compact, grouped};
use scoring::{Band, Risk};

/// A threshold without a needless decimal: `80`, `37.5`.
pub(super) fn short(risk: Risk) -> String {
    let text = risk.to_string();
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// What a person calls the band.
pub(super) fn band_title(band: Band) -> &'static str {
    match band {
        Band::Clear => "clear",
        Band::Review => "review",
        Band::RedFlag => "red flag",
    }
}

/// The bands as one stacked bar.
pub(super) fn band_bar(bands: Bands) -> Markup {
    let parts = [(Band::RedFlag, bands.red_flag), (Band::Review, bands.review), (Band::Clear, bands.clear)];
    let label = parts.map(|(band, listings)| format!("{} {}", grouped(listings), band_title(band))).join(", ");
    html! {
        svg.bands width="100%" height="18" role="img" aria-label=(label) { (stacked(&parts, bands.clear + bands.flagged())) }
    }
}

/// A bar of the flagged listings of one brand or seller, to the scale of the largest.
pub(super) fn flagged_bar(red_flag: u64, review: u64, largest: u64) -> Markup {
    html! {
        svg.bar width="100%" height="10" aria-hidden="true" { (stacked(&[(Band::RedFlag, red_flag), (Band::Review, review)], largest)) }
    }
}

fn stacked(parts: &[(Band, u64)], whole: u64) -> Markup {
    let mut start = 0.0;
    let parts = parts.iter().filter(|(_, listings)| *listings > 0).map(|&(band, listings)| {
        // One in a million must still be seen.
        let part = (band.name(), start, share(listings, whole).max(0.4));
        start += part.2;
        part
    });
    html! {
        @for (class, start, width) in parts {
            rect.(class) x=(percent(start)) y="0" width=(percent(width)) height="100%" {}
        }
    }
}

/// Per cent of the width that the bars take; the rest is for the numbers of the grid, which must not lie on the bars.
const PLOT_WIDTH: f64 = 92.0;
const TOP: f64 = 44.0; // room for the names of the thresholds
const PLOT: f64 = 150.0;
const BOTTOM: f64 = TOP + PLOT;
const HEIGHT: f64 = BOTTOM + 22.0;

/// Listings by risk, one bar for each whole point. The scale is logarithmic: nearly all listings are clear, and the few others matter.
pub(super) fn distribution(bins: &[u64; BINS], thresholds: Thresholds) -> Markup {
    let most = bins.iter().copied().max().unwrap_or(0).max(9);
    let height = |listings: u64| PLOT * logarithm(listings) / logarithm(most);
    let width = PLOT_WIDTH / as_f64(BINS as u64);
    let place = |risk: Risk| f64::from(risk.0) / 10.0 * width;
    let band = |bin: usize| band_of(bin, thresholds);
    let grid: Vec<u64> =
        std::iter::successors(Some(10_u64), |line| line.checked_mul(10)).take_while(|line| *line <= most).collect();
    html! {
        figure.distribution {
            svg width="100%" height=(HEIGHT) role="img" aria-labelledby="distribution-title" {
                title id="distribution-title" {
                    "Listings by risk. Review begins at " (short(thresholds.review)) ", red flag at " (short(thresholds.red_flag)) "."
                }
                @for line in grid {
                    @let y = BOTTOM - height(line);
                    line.grid x1="0" x2="100%" y1=(pixels(y)) y2=(pixels(y)) {}
                    text.grid x="100%" y=(pixels(y)) dy="-3" text-anchor="end" { (compact(line)) }
                }
                @for (bin, &listings) in bins.iter().enumerate().filter(|(_, listings)| **listings > 0) {
                    @let bar = height(listings).max(1.5);
                    rect.(band(bin).name()) x=(percent(as_f64(bin as u64) * width + 0.08)) width=(percent(width - 0.16))
                        y=(pixels(BOTTOM - bar)) height=(pixels(bar)) {
                        title { "risk " (bin) ": " (pages::numbers::listings(listings)) }
                    }
                }
                line.axis x1="0" x2="100%" y1=(BOTTOM) y2=(BOTTOM) {}
                // The names stand on lines of their own, because on a telephone they would meet.
                @for (band, risk, y) in [(Band::Review, thresholds.review, 12.0), (Band::RedFlag, thresholds.red_flag, 30.0)] {
                    @let right = risk.0 > 500;
                    line.threshold.(band.name()) x1=(percent(place(risk))) x2=(percent(place(risk))) y1=(pixels(y - 9.0)) y2=(BOTTOM) {}
                    text.threshold.(band.name()) x=(percent(place(risk))) y=(y) dx=(if right { -6 } else { 6 })
                        text-anchor=(if right { "end" } else { "start" }) { (band_title(band)) " from " (short(risk)) }
                }
                @for tick in [0_u64, 20, 40, 60, 80, 100] {
                    @let anchor = if tick == 0 { "start" } else { "middle" };
                    text.tick x=(percent(as_f64(tick) * width)) y=(BOTTOM + 16.0) text-anchor=(anchor) { (tick) }
                }
            }
            figcaption { "Listings by risk, 0 to 100. Each line upwards is ten times as many." }
            details.numbers {
                summary { "The same as a table" }
                table {
                    thead { tr { th scope="col" { "Risk" } th.number scope="col" { "Listings" } } }
                    tbody {
                        @for (n, tens) in bins[..100].chunks(10).enumerate() {
                            // The single bin of 100 belongs to the last row.
                            @let sum = tens.iter().sum::<u64>() + if n == 9 { bins[100] } else { 0 };
                            tr { th scope="row" { (n * 10) " to " (if n == 9 { "100".into() } else { format!("{}.9", n * 10 + 9) }) } td.number { (grouped(sum)) } }
                        }
                    }
                }
            }
        }
    }
}

fn band_of(bin: usize, thresholds: Thresholds) -> Band {
    let risk = bin * 10;
    if risk >= usize::from(thresholds.red_flag.0) {
        Band::RedFlag
    } else if risk >= usize::from(thresholds.review.0) {
        Band::Review
    } else {
        Band::Clear
    }
}

/// 0 for 0, so that one listing has a height.
fn logarithm(listings: u64) -> f64 {
    as_f64(listings).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_have_no_needless_decimal() {
        assert_eq!([Risk(800), Risk(375)].map(short), ["80", "37.5"]);
    }

    #[test]
    fn every_bin_with_listings_has_a_bar_of_its_band() {
        let thresholds = Thresholds { review: Risk(400), red_flag: Risk(800) };
        let mut bins = [0; BINS];
        (bins[0], bins[40], bins[80], bins[100]) = (1_000_000, 1, 20, u64::MAX);
        let drawing = distribution(&bins, thresholds).into_string();
        assert_eq!(drawing.matches("<rect class=\"clear\"").count(), 1);
        assert_eq!(drawing.matches("<rect class=\"review\"").count(), 1);
        assert_eq!(drawing.matches("<rect class=\"red_flag\"").count(), 2);
        assert!(!drawing.contains("NaN") && !drawing.contains("inf"));
        let empty = distribution(&[0; BINS], Thresholds::default()).into_string();
        assert!(!empty.contains("<rect") && !empty.contains("NaN"));
    }

    #[test]
    fn a_stacked_bar_is_full_and_a_small_part_is_seen() {
        let bar = band_bar(Bands { clear: 999_999, review: 0, red_flag: 1 }).into_string();
        assert!(bar.contains("aria-label=\"1 red flag, 0 review, 999,999 clear\""));
        assert!(bar.contains("width=\"0.40%\"") && bar.contains("width=\"100.00%\""));
    }
}
