//! How does a schema look? Its type and ranges in a few words, and its members as rows.

use crate::document::{Value, entries, list, text};
use crate::page::markdown;
use maud::{Markup, html};

/// Longest pattern that is shown, in characters; longer ones are lists of code points, which the description puts in words.
const PATTERN_CHARS_MAX: usize = 60;

/// What a schema says of itself and of its members.
pub(crate) fn schema(document: &Value, value: &Value) -> Markup {
    html! {
        (markdown(&value["description"]))
        @if value.get("properties").is_none() || value.get("$ref").is_some() { p { (kind(value)) } }
        (members(document, value))
    }
}

/// The members of an object, and theirs where they are written down in place.
fn members(document: &Value, value: &Value) -> Markup {
    let required: Vec<_> = list(&value["required"]).map(text).collect();
    let parts = [&value["items"]].into_iter().chain(list(&value["oneOf"])).filter(|part| part.get("properties").is_some());
    html! {
        @if value.get("properties").is_some() {
            dl { @for (name, member) in entries(&value["properties"]) {
                (row(document, name, required.contains(&name), "", member, &member["description"]))
            } }
            @if value["additionalProperties"] == false { p.faint { "Other members are refused." } }
        }
        @for part in parts { (members(document, part)) }
    }
}

/// One parameter or member. `place` says where a parameter stands.
pub(crate) fn row(document: &Value, name: &str, is_required: bool, place: &str, value: &Value, meaning: &Value) -> Markup {
    // A small type of its own says what it is for; where it is used that need not be said again.
    let of_type = crate::document::resolved(document, value);
    let meaning = if meaning.is_null() && of_type.get("properties").is_none() { &of_type["description"] } else { meaning };
    html! {
        dt {
            code { (name) } @if is_required { " " span.required { "required" } }
            " " span.faint { @if !place.is_empty() { (place) ", " } (kind(value)) }
        }
        dd { (markdown(meaning)) (members(document, value)) }
    }
}

/// Type and ranges in a few words; a type with a name as a link to it.
pub(crate) fn kind(value: &Value) -> Markup {
    let alternatives = ["anyOf", "oneOf"].into_iter().find_map(|name| value.get(name));
    let types: Vec<_> = match &value["type"] {
        Value::Sequence(types) => types.iter().map(text).collect(),
        one => Some(text(one)).filter(|one| !one.is_empty()).into_iter().collect(),
    };
    let values = list(&value["enum"]).chain(value.get("const")).map(plain).collect::<Vec<_>>();
    let reference = value.get("$ref").and_then(|reference| text(reference).rsplit('/').next());
    html! {
        @if let Some(name) = reference {
            a href={ "#schema-" (name) } { (name) }
        } @else if let Some(alternatives) = alternatives {
            @for (at, part) in list(alternatives).enumerate() { @if at > 0 { " or " } (kind(part)) }
        } @else if values.is_empty() {
            @if types.is_empty() { "anything" } @else { (types.join(" or ")) }
        }
        @if value.get("items").is_some() { " of " (kind(&value["items"])) }
        @for (at, value) in values.iter().enumerate() { @if at > 0 { " or " } code { (value) } }
        @for range in ranges(value) { ", " (range) }
        @if let Some(pattern) = value.get("pattern").map(text).filter(|pattern| pattern.chars().count() <= PATTERN_CHARS_MAX) {
            ", like " code { (pattern) }
        }
    }
}

fn ranges(value: &Value) -> Vec<String> {
    let number = |name: &str| value.get(name).map(|number| grouped(&plain(number)));
    let range = |least: &str, most: &str, unit: &str| match (number(least), number(most)) {
        (Some(least), Some(most)) => Some(format!("{least} to {most}{unit}")),
        (Some(least), None) => Some(format!("{least}{unit} or more")),
        (None, Some(most)) => Some(format!("at most {most}{unit}")),
        (None, None) => None,
    };
    let characters = match (number("minLength"), number("maxLength")) {
        (Some(least), None) if least == "1" => Some("not empty".to_owned()),
        _ => range("minLength", "maxLength", " characters"),
    };
    let bytes = number("x-bytes-max").map(|most| format!("at most {most} bytes"));
    let format = value.get("format").map(|format| text(format).to_owned());
    let default =
        value.get("default").map(plain).filter(|default| !default.is_empty()).map(|default| format!("default {default}"));
    [format, range("minimum", "maximum", ""), characters, range("minItems", "maxItems", " items"), bytes, default]
        .into_iter()
        .flatten()
        .collect()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| serde_json::to_string(value).unwrap_or_default(), str::to_owned)
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
