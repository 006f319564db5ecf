//! How are estimates written for people? With as many digits as their interval warrants, and never without it.

use auditing::estimate::Estimate;
use auditing::networks::Rate;
use auditing::reporters::Posterior;
use auditing::{Share, calibration};
use maud::{Markup, html};
use pages::numbers::grouped;
use scoring::Harm;

/// A share, 0 to 1, with its 95% interval; no value where it would be a share of nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) value: Option<f64>,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl From<Estimate> for Range {
    fn from(of: Estimate) -> Self {
        Self { value: Some(of.value), low: of.interval.low, high: of.interval.high }
    }
}

impl From<Share> for Range {
    fn from(of: Share) -> Self {
        Self { value: of.share, low: of.low, high: of.high }
    }
}

impl From<calibration::Estimate> for Range {
    fn from(of: calibration::Estimate) -> Self {
        Self { value: of.share, low: of.low, high: of.high }
    }
}

impl From<Rate> for Range {
    fn from(of: Rate) -> Self {
        Self { value: Some(of.estimate), low: of.interval.low, high: of.interval.high }
    }
}

impl From<Posterior> for Range {
    fn from(of: Posterior) -> Self {
        Self { value: Some(of.mean), low: of.low, high: of.high }
    }
}

impl Range {
    /// `19%`, `16% to 22%`; the digits follow the width of the interval.
    pub(super) fn texts(self) -> Option<(String, String)> {
        let decimals = decimals(self.high - self.low);
        let text = |share: f64| format!("{:.decimals$}%", share * 100.0);
        self.value.map(|value| (text(value), format!("{} to {}", text(self.low), text(self.high))))
    }
}

/// Decimals of a percentage, so that a fifth of `width` is seen and a hundredth is not.
fn decimals(width: f64) -> usize {
    match width * 100.0 {
        10.0.. => 0,
        0.5.. => 1,
        0.05.. => 2,
        0.005.. => 3,
        _ => 4,
    }
}

/// A share with its interval: `2.1% (1.8% to 2.3%)`.
pub(super) fn range(of: impl Into<Range>) -> Markup {
    html! {
        @match of.into().texts() {
            Some((value, interval)) => { span.value { (value) } " " span.interval { "(" (interval) ")" } },
            None => span.interval { "not known" },
        }
    }
}

/// The same, where there may be none.
pub(super) fn range_or_none(of: Option<impl Into<Range>>) -> Markup {
    html! { @match of { Some(of) => (range(of)), None => span.interval { "not known" } } }
}

/// A number of things with its interval, to three digits: `3,850 (3,120 to 4,750)`.
pub(super) fn count(of: Estimate) -> Markup {
    html! {
        span.value { (rounded(of.value)) } " " span.interval { "(" (rounded(of.interval.low)) " to " (rounded(of.interval.high)) ")" }
    }
}

/// A share that was counted and is no estimate, to two digits: `0.31%`, `3.1%`, `31%`, `99.75%`.
pub(super) fn percentage(share: f64) -> String {
    if share > 0.0 && share < 0.000_01 {
        return "under 0.001%".to_owned();
    }
    let decimals = match share.min(1.0 - share).abs() * 100.0 {
        9.95.. => 0,
        0.995.. => 1,
        0.0995.. => 2,
        _ => 3,
    };
    let text = format!("{:.decimals$}", share * 100.0);
    let text = if decimals > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}%")
}

/// Hits of so many, in words: `41 of 96`.
pub(super) fn hits(of: Share) -> String {
    format!("{} of {}", grouped(of.hits_count), grouped(of.of_count))
}

/// A number to three digits: `3,850`; small ones to one decimal.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` saturates, and counts are no negative numbers
pub(super) fn rounded(number: f64) -> String {
    if number < 10.0 {
        let text = format!("{number:.1}");
        return text.strip_suffix(".0").map_or(text.clone(), str::to_owned);
    }
    let step = 10_f64.powf((number.log10().floor() - 2.0).max(0.0));
    grouped(((number / step).round() * step) as u64)
}

/// A whole number of things that is kept as a fraction because plans are.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // as above
pub(super) fn whole(number: f64) -> String {
    grouped(number.round() as u64)
}

/// The chance of a difference if there was none: `under 0.1%`, `4.2%`.
pub(super) fn chance(probability: Option<f64>) -> String {
    match probability {
        None => "too little to say".to_owned(),
        Some(probability) if probability < 0.001 => "under 0.1%".to_owned(),
        Some(probability) => format!("{:.1}%", probability * 100.0),
    }
}

/// An expected loss in whole dollars: `$19,034`.
pub(super) fn dollars(harm: Harm) -> String {
    format!("${}", grouped(harm.0 / 100))
}

/// The day of a time: `2026-11-24`. Anything else as it is.
pub(super) fn day(time: &str) -> &str {
    let is_day = |day: &&str| {
        day.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
    };
    time.get(..10).filter(is_day).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use auditing::intervals::Interval;

    #[test]
    fn digits_follow_the_interval() {
        let check = |value, low, high, expected: (&str, &str)| {
            let texts = Range { value: Some(value), low, high }.texts().unwrap();
            assert_eq!((texts.0.as_str(), texts.1.as_str()), expected);
        };
        check(0.186, 0.158, 0.218, ("18.6%", "15.8% to 21.8%"));
        check(0.241, 0.099, 0.489, ("24%", "10% to 49%"));
        check(0.0207, 0.0183, 0.0234, ("2.1%", "1.8% to 2.3%"));
        check(0.96875, 0.96841, 0.96909, ("96.88%", "96.84% to 96.91%"));
        check(0.5, 0.0, 1.0, ("50%", "0% to 100%"));
        check(0.25, 0.25, 0.25, ("25.0000%", "25.0000% to 25.0000%"));
        assert_eq!(Range { value: None, low: 0.0, high: 1.0 }.texts(), None);
    }

    #[test]
    fn counts_chances_days_and_money() {
        for (number, text) in [(0.0, "0"), (2.44, "2.4"), (38.2, "38"), (3_851.0, "3,850"), (1_234_567.0, "1,230,000")] {
            assert_eq!(rounded(number), text);
        }
        let estimate = Estimate { value: 20_712.0, interval: Interval { low: 18_310.0, high: 23_402.0 } };
        assert!(count(estimate).into_string().contains("20,700</span> <span class=\"interval\">(18,300 to 23,400)"));
        for (share, text) in [
            (0.0, "0%"),
            (0.0031, "0.31%"),
            (0.031, "3.1%"),
            (0.31, "31%"),
            (0.9975, "99.75%"),
            (0.9, "90%"),
            (0.05, "5%"),
            (1e-6, "under 0.001%"),
            (1.0, "100%"),
        ] {
            assert_eq!(percentage(share), text);
        }
        assert_eq!([Some(0.000_2), Some(0.042), None].map(chance), ["under 0.1%", "4.2%", "too little to say"]);
        assert_eq!(dollars(Harm(1_903_499)), "$19,034");
        for (time, expected) in
            [("2026-11-24T02:00:04Z", "2026-11-24"), ("yesterday, or so", "yesterday, or so"), ("驴驴驴驴", "驴驴驴驴")]
        {
            assert_eq!(day(time), expected);
        }
    }
}
