//! Would the database take this JSON?

use super::STATEMENTS_PER_BATCH_MAX;
use super::rules::{Check, RULES, Rule};
use crate::personal_data;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// The fields of which one must be there.
const DECISIONS: [&str; 4] = ["decision_visibility", "decision_monetary", "decision_provision", "decision_account"];
/// Longest part of a value that is told, in characters.
const TOLD_CHARS_MAX: usize = 60;

/// A rule that a statement breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The field.
    pub field: String,
    /// Name of the rule within its field (see [`Check::name`]); `object` when the JSON is no object, `unique` and `count` of a batch.
    pub rule: String,
    /// For a person. Personal data is named by its kind and never told.
    pub detail: String,
}

/// Every rule that a statement breaks, in the order of [`RULES`]; empty when the database would take it. Works on any JSON.
#[must_use]
pub fn validate(statement: &Value) -> Vec<Violation> {
    if !statement.is_object() {
        return vec![violation("statement", "object", "a statement is an object".to_owned())];
    }
    let broken = |rule: &Rule| problem(rule, statement).map(|detail| violation(rule.field, rule.check.name(), detail));
    RULES.iter().filter_map(broken).collect()
}

/// The same of a request, `{"statements":[...]}`: fields are named `statement_0.puid`, as the database names them.
#[must_use]
pub fn validate_batch(batch: &Value) -> Vec<Violation> {
    let Some(statements) = batch.get("statements").and_then(Value::as_array) else {
        return vec![violation("statements", "object", "a request is an object with a list of statements".to_owned())];
    };
    let mut violations = Vec::new();
    if !(1..=STATEMENTS_PER_BATCH_MAX).contains(&statements.len()) {
        let detail = format!("{} statements, not 1 to {STATEMENTS_PER_BATCH_MAX}", statements.len());
        violations.push(violation("statements", "count", detail));
    }
    let mut names = BTreeSet::new();
    for (at, statement) in statements.iter().enumerate() {
        violations.extend(
            validate(statement).into_iter().map(|found| Violation { field: format!("statement_{at}.{}", found.field), ..found }),
        );
        if let Some(name) = statement.get("puid").and_then(Value::as_str)
            && !names.insert(name)
        {
            violations.push(violation(&format!("statement_{at}.puid"), "unique", format!("'{}' is there twice", told(name))));
        }
    }
    violations
}

fn violation(field: &str, rule: &str, detail: String) -> Violation {
    Violation { field: field.to_owned(), rule: rule.to_owned(), detail }
}

/// What is wrong, if anything.
fn problem(rule: &Rule, statement: &Value) -> Option<String> {
    let value = present(statement, rule.field);
    match (rule.check, value) {
        (Check::Required, None) => Some("is missing".to_owned()),
        (Check::AnyDecision, _) => {
            let is_none = DECISIONS.iter().all(|field| present(statement, field).is_none());
            is_none.then(|| format!("one of {} is needed", DECISIONS.join(", ")))
        }
        (Check::RequiredWhen(field, wanted), None) => has(statement, field, wanted).then(|| format!("is needed with {wanted}")),
        (Check::AbsentUnless(field, wanted), Some(_)) => {
            (!has(statement, field, wanted)).then(|| format!("goes only with {wanted}"))
        }
        (Check::AbsentWhen(field, value), Some(_)) => has(statement, field, value).then(|| format!("does not go with {value}")),
        // What is absent breaks no rule about what it is.
        (_, None) | (Check::Required | Check::RequiredWhen(..), Some(_)) => None,
        (Check::ListOf(values), Some(value)) => unlisted(value, values),
        (Check::Ean13, Some(value)) => (!is_ean_13(value)).then(|| "is no {\"EAN-13\": \"13 digits\"}".to_owned()),
        (check, Some(value)) => match value.as_str() {
            Some(text) => wrong(check, text),
            None => Some("is no text".to_owned()),
        },
    }
}

/// What is wrong with a text.
fn wrong(check: Check, text: &str) -> Option<String> {
    match check {
        Check::CharsMax(max) => {
            let chars = text.chars().count();
            (chars > max).then(|| format!("has {chars} characters, more than {max}"))
        }
        Check::Charset => {
            let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            text.chars().find(|c| !is_allowed(*c)).map(|c| format!("holds '{}'", c.escape_debug()))
        }
        Check::OneOf(values) => (!values.contains(&text)).then(|| format!("'{}' is none of its values", told(text))),
        Check::Url => (!is_url(text)).then(|| format!("'{}' is no address on the web", told(text))),
        Check::LanguageCode => {
            let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
            (!is_code).then(|| format!("'{}' is no code of two capital letters", told(text)))
        }
        Check::Date => (!is_date(text)).then(|| format!("'{}' is no day", told(text))),
        Check::Between(first, last) => {
            (text < first || text > last).then(|| format!("'{}' is not from {first} to {last}", told(text)))
        }
        Check::NoPersonalData => {
            let kinds: BTreeSet<_> = personal_data::find(text).into_iter().map(|found| found.kind.label()).collect();
            (!kinds.is_empty()).then(|| format!("holds {}", kinds.into_iter().collect::<Vec<_>>().join(", ")))
        }
        Check::Required
        | Check::AnyDecision
        | Check::RequiredWhen(..)
        | Check::AbsentUnless(..)
        | Check::AbsentWhen(..)
        | Check::ListOf(_)
        | Check::Ean13 => None,
    }
}

/// A field that is there: neither `null` nor blank nor an empty list, which the database reads as absent.
fn present<'v>(statement: &'v Value, field: &str) -> Option<&'v Value> {
    let value = statement.get(field)?;
    let is_absent = match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    };
    (!is_absent).then_some(value)
}

/// Whether a field is, or its list holds, a value.
fn has(statement: &Value, field: &str, wanted: &str) -> bool {
    match statement.get(field) {
        Some(Value::String(text)) => text == wanted,
        Some(Value::Array(values)) => values.iter().any(|value| value == wanted),
        _ => false,
    }
}

fn unlisted(value: &Value, values: &[&str]) -> Option<String> {
    let Some(list) = value.as_array() else { return Some("is no list".to_owned()) };
    let unknown = list.iter().find(|value| !value.as_str().is_some_and(|text| values.contains(&text)))?;
    Some(format!("{} is none of its values", told(&unknown.to_string())))
}

fn is_ean_13(value: &Value) -> bool {
    let Some(object) = value.as_object() else { return false };
    let digits = object.get("EAN-13").and_then(Value::as_str);
    object.len() == 1 && digits.is_some_and(|digits| digits.len() == 13 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        !host.is_empty() && !host.starts_with(['.', '-']) && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

/// Whether a text is a day of the (Gregorian) calendar, `2026-11-24`.
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() });
    if !is_shaped {
        return false;
    }
    let number = |from: usize, to: usize| bytes[from..to].iter().fold(0_u32, |number, byte| number * 10 + u32::from(byte - b'0'));
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// A value, cut, for a person to read.
fn told(text: &str) -> String {
    text.chars().take(TOLD_CHARS_MAX).flat_map(char::escape_debug).collect()
}
