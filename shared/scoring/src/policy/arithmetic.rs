//! How do the files that hold only numbers become part of a policy: weights, calibration, thresholds, exchange rates, GS1 prefixes?

use super::calibration::Calibration;
use super::problems::Problems;
use super::schema::{CurrenciesFile, LearnedFile, PrefixesFile, ScoringFile, WeightEntry};
use super::{Prefix, Thresholds};
use crate::signals;
use crate::{Amount, Currency, Milli, Risk};
use std::collections::BTreeMap;

/// The one file that may be missing: a policy whose weights nobody has learned yet.
pub(super) const LEARNED: &str = "learned.toml";
const SCORING: &str = "scoring.toml";
/// Largest absolute weight, in log odds: anything larger is a slip of the pen, not evidence.
const WEIGHT_MAX: f64 = 20.0;

/// What a score is computed with.
pub(super) struct Arithmetic {
    pub(super) base: Milli,
    pub(super) thresholds: Thresholds,
    pub(super) calibration: Calibration,
    /// By position in the registry of signals, then by level.
    pub(super) weights: Vec<Vec<Milli>>,
}

/// Reads `scoring.toml`, and `learned.toml` where there is one.
pub(super) fn read(has_learned: bool, problems: &mut Problems<'_>) -> Option<Arithmetic> {
    let (scoring, learned) =
        (problems.read::<ScoringFile>(SCORING), if has_learned { problems.read::<LearnedFile>(LEARNED) } else { None });
    let scoring = scoring?;
    let thresholds = thresholds(&scoring, problems);
    let mut all = weights(SCORING, &scoring.weights, problems);
    let mut numbers = numbers(SCORING, scoring.base, &scoring.calibration, problems);
    if let Some(learned) = learned {
        for (at, levels) in weights(LEARNED, &learned.weights, problems).into_iter().enumerate() {
            all[at] = levels.or(all[at].take());
        }
        numbers = self::numbers(LEARNED, learned.base, &learned.calibration, problems);
    }
    for (signal, levels) in signals::ALL.iter().zip(&all) {
        if levels.is_none() && !scoring.weights.contains_key(signal.name) {
            problems.at_text(SCORING, "[weights]", format!("the signal '{}' has no weight", signal.name));
        }
    }
    let weights = all.into_iter().collect::<Option<Vec<_>>>();
    let (base, calibration) = numbers;
    Some(Arithmetic { base: base?, thresholds: thresholds?, calibration: calibration?, weights: weights? })
}

/// The base and the calibration of one file.
fn numbers(
    path: &str,
    base: f64,
    calibration: &[(f64, f64)],
    problems: &mut Problems<'_>,
) -> (Option<Milli>, Option<Calibration>) {
    let (base, calibration) = (milli(base), Calibration::new(calibration));
    if calibration.is_none() {
        let reason = "calibration needs two or more pairs, rising, with risks from 0 to 100";
        problems.at_text(path, "calibration", reason);
    }
    if base.is_none() {
        problems.at_text(path, "base", "base is out of range");
    }
    (base, calibration)
}

fn thresholds(scoring: &ScoringFile, problems: &mut Problems<'_>) -> Option<Thresholds> {
    let risk =
        |value: f64| milli(value / 100.0).and_then(|risk| u16::try_from(risk.0).ok()).filter(|risk| *risk <= 1000).map(Risk);
    match (risk(scoring.thresholds.review), risk(scoring.thresholds.red_flag)) {
        (Some(review), Some(red_flag)) if Risk(0) < review && review < red_flag => Some(Thresholds { review, red_flag }),
        _ => {
            let reason = "thresholds are risks above 0 and up to 100, review below red_flag";
            problems.at_text(SCORING, "[thresholds]", reason);
            None
        }
    }
}

/// By position in the registry of signals: a weight for each level, none where the file says nothing that can be used.
fn weights(path: &str, entries: &BTreeMap<String, WeightEntry>, problems: &mut Problems<'_>) -> Vec<Option<Vec<Milli>>> {
    let mut weights = vec![None; signals::ALL.len()];
    for (name, entry) in entries {
        match signals::position(name) {
            None => problems.at_text(path, name, format!("there is no signal '{name}'")),
            Some(at) => match levels(name, signals::ALL[at].levels, entry) {
                Ok(levels) => weights[at] = Some(levels),
                Err(reason) => problems.at_text(path, name, reason),
            },
        }
    }
    weights
}

fn levels(name: &str, levels: u8, entry: &WeightEntry) -> Result<Vec<Milli>, String> {
    let given = match entry {
        WeightEntry::One(weight) => std::slice::from_ref(weight),
        WeightEntry::Levels(weights) => weights.as_slice(),
    };
    if given.len() != usize::from(levels) {
        return Err(format!("'{name}' has {levels} levels and needs as many weights"));
    }
    // A higher level is more of the same, so it never weighs less.
    if !given.is_sorted_by(|lower, higher| lower.abs() <= higher.abs() && lower * higher >= 0.0) {
        return Err(format!("the weights of '{name}' grow with its levels, all on one side of 0"));
    }
    let levels = given.iter().map(|weight| milli(*weight)).collect::<Option<_>>();
    levels.ok_or_else(|| format!("the weight of '{name}' is out of range"))
}

/// Units of a currency for one US dollar, in millionths.
pub(super) fn rates(problems: &mut Problems<'_>) -> BTreeMap<Currency, i64> {
    let path = "currencies.toml";
    let mut rates = BTreeMap::new();
    for (code, rate) in problems.read::<CurrenciesFile>(path).map(|file| file.per_usd).unwrap_or_default() {
        match (Currency::parse(&code), millionths(&rate).filter(|rate| *rate > 0)) {
            (Ok(currency), Some(micros)) => {
                rates.insert(currency, micros);
            }
            (Err(_), _) => problems.at_text(path, &code, format!("'{code}' is not a currency code")),
            (_, None) => problems.at_text(path, &code, format!("the rate of {code} is not a positive decimal")),
        }
    }
    rates
}

pub(super) fn prefixes(problems: &mut Problems<'_>) -> Vec<Prefix> {
    let path = "gs1_prefixes.toml";
    let entries = problems.read::<PrefixesFile>(path).map(|file| file.prefixes).unwrap_or_default();
    for entry in &entries {
        if entry.from > entry.to || entry.to > 999 {
            problems.at_text(path, &entry.purpose, "a range of prefixes runs upwards from 0 to 999");
        }
    }
    entries.into_iter().map(|entry| Prefix { from: entry.from, to: entry.to, purpose: entry.purpose }).collect()
}

/// Log odds from a decimal; rounding a decimal of three places is exact.
#[allow(clippy::cast_possible_truncation)] // the range is checked
fn milli(value: f64) -> Option<Milli> {
    (value.abs() <= WEIGHT_MAX).then(|| Milli((value * 1000.0).round() as i32))
}

/// A price of US dollars.
#[allow(clippy::cast_possible_truncation)] // the range is checked
pub(super) fn amount(usd: f64) -> Option<Amount> {
    (usd > 0.0 && usd < 1e9).then(|| Amount((usd * 10_000.0).round() as i64))
}

/// A decimal in millionths; digits beyond the sixth are cut.
fn millionths(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = decimals.chars().chain(std::iter::repeat('0')).take(6).collect();
    let number = format!("{whole}{digits}");
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok()).flatten()
}
