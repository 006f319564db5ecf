//! How is a share drawn with its interval? A dot on a line, to a scale that all rows of a table have in common.

use super::figures::Range;
use maud::{Markup, html};
use pages::drawing::percent;

/// From 0 to the end of the scale, a share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale(f64);

/// Ends that people read easily.
const ENDS: [f64; 16] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0];

impl Scale {
    /// The smallest scale that holds all of these.
    pub(super) fn of(ranges: impl IntoIterator<Item = Range>) -> Self {
        let known = ranges.into_iter().filter(|range| range.value.is_some());
        let most = known.fold(0.0_f64, |most, range| most.max(range.high));
        Self(ENDS.into_iter().find(|end| *end >= most).unwrap_or(1.0))
    }

    /// Of shares that may be anything.
    pub(super) const WHOLE: Self = Self(1.0);

    /// The end, for people.
    pub(super) fn end(self) -> String {
        super::figures::percentage(self.0)
    }

    /// 0 at the start, 1 at the end and beyond. What is no number stands at the start.
    pub(super) fn part(self, share: f64) -> f64 {
        let part = share / self.0;
        if part > 0.0 { part.min(1.0) } else { 0.0 }
    }

    /// The share at this part of the scale.
    pub(super) fn share(self, part: f64) -> f64 {
        self.0 * part
    }

    /// Per cent of the width. The dot must not be cut off at the ends.
    fn place(self, share: f64) -> f64 {
        2.0 + 96.0 * self.part(share)
    }
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    /// Somebody should look.
    Marked,
}

/// The drawing of one row. `mark` is what it is compared with: a bar that must be reached, or all others. The numbers stand beside it as text.
pub(super) fn whisker(of: impl Into<Range>, mark: Option<f64>, scale: Scale, look: Look) -> Markup {
    let of = of.into();
    let at = |share: f64| percent(scale.place(share));
    html! {
        svg.whisker.marked[look == Look::Marked] width="100%" height="16" aria-hidden="true" {
            line.track x1=(at(0.0)) x2=(at(scale.0)) y1="8" y2="8" {}
            @if let Some(mark) = mark { line.mark x1=(at(mark)) x2=(at(mark)) y1="0" y2="16" {} }
            @if let Some(value) = of.value {
                line.interval x1=(at(of.low)) x2=(at(of.high)) y1="8" y2="8" {}
                circle cx=(at(value)) cy="8" r="4" {}
            }
        }
    }
}

/// The head of a column of drawings: from 0 to the end of their scale.
pub(super) fn axis(scale: Scale) -> Markup {
    html! { span.axis aria-hidden="true" { span { "0%" } span { (scale.end()) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_holds_every_interval_and_nothing_is_drawn_outside() {
        let range = |value, low, high| Range { value: Some(value), low, high };
        for (high, end) in [(0.0, "0.1%"), (0.013, "2%"), (0.5, "50%"), (0.51, "75%"), (7.0, "100%")] {
            assert_eq!(Scale::of([range(0.0, 0.0, high)]).end(), end);
        }
        // What is not known takes no room.
        let unknown = Range { value: None, low: 0.0, high: 1.0 };
        assert_eq!(Scale::of([unknown, range(0.01, 0.0, 0.05)]).end(), "5%");
        let drawing = whisker(range(9.0, -1.0, f64::INFINITY), Some(f64::MAX), Scale(0.5), Look::Marked).into_string();
        assert!(drawing.contains("x1=\"2.00%\" x2=\"98.00%\"") && !drawing.contains("inf"), "{drawing}");
        assert!(!whisker(range(f64::NAN, f64::NAN, f64::NAN), None, Scale::WHOLE, Look::Plain).into_string().contains("NaN"));
        assert!(!whisker(unknown, None, Scale(0.5), Look::Plain).into_string().contains("circle"));
    }
}
