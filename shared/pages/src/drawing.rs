//! How are lengths drawn, so that one drawing serves a telephone and a desk? Along the width in per cent, along the height in pixels.

use maud::{Markup, html};

/// A plain bar to the scale of the largest one. One in a million is still seen.
#[must_use]
pub fn bar(class: &str, value: u64, largest: u64) -> Markup {
    html! {
        svg.bar width="100%" height="8" aria-hidden="true" {
            rect.(class) x="0" y="0" width=(percent(share(value, largest).max(0.4))) height="100%" rx="2" {}
        }
    }
}

/// Per cent, 0 to 100.
#[must_use]
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { (as_f64(part) / as_f64(whole) * 100.0).min(100.0) }
}

/// Exact up to 2^53, far above any number of listings.
#[allow(clippy::cast_precision_loss)]
#[must_use]
pub fn as_f64(number: u64) -> f64 {
    number as f64
}

/// A length along the width: `12.50%`.
#[must_use]
pub fn percent(value: f64) -> String {
    format!("{value:.2}%")
}

/// A length along the height: `12.5`.
#[must_use]
pub fn pixels(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_to_scale_and_a_small_part_is_seen() {
        for (value, largest, width) in
            [(1, 2, "50.00%"), (2, 2, "100.00%"), (1, 1_000_000, "0.40%"), (3, 2, "100.00%"), (0, 0, "0.40%")]
        {
            let drawing = bar("against", value, largest).into_string();
            assert!(drawing.contains(&format!("width=\"{width}\"")), "{value} of {largest}: {drawing}");
        }
    }
}
