//! How does an example look? As a request that can be typed, and the answer to it: examples of one name belong together.

use crate::document::{Operation, Value, entries, text};
use maud::{Markup, html};
use std::fmt::Write;

/// Longest line of JSON that is not broken, in characters: what fits beside the contents on a laptop.
const LINE_CHARS_MAX: usize = 88;

/// Every example of an operation, the first one open.
pub(crate) fn examples(operation: &Operation<'_>) -> Markup {
    let names = names(operation);
    html! {
        @if !names.is_empty() {
            h4 { "Examples" }
            @for (at, name) in names.iter().enumerate() {
                details.example open[at == 0] {
                    summary { (title(operation, name)) }
                    pre tabindex="0" aria-label="Request" { code { (curl(operation, name)) } }
                    @for (status, example) in answers(operation, name) {
                        pre.answer tabindex="0" aria-label="Answer" { code { b { (status) } "\n" (json(&example["value"])) } }
                    }
                }
            }
        }
    }
}

/// Those of the body first, then those of parameters that an answer is shown for.
fn names<'d>(operation: &Operation<'d>) -> Vec<&'d str> {
    let of_body = entries(&operation.body()["examples"]).map(|(name, _)| name);
    let of_answers = operation.answers.iter().flat_map(|(_, answer)| entries(&answer["content"]));
    let of_answers = of_answers.flat_map(|(_, content)| entries(&content["examples"])).map(|(name, _)| name);
    let mut names = Vec::new();
    for name in of_body.chain(of_answers) {
        // An answer that several operations share shows examples of each.
        if !names.contains(&name) && can_be_asked(operation, name) {
            names.push(name);
        }
    }
    names
}

fn can_be_asked(operation: &Operation<'_>, name: &str) -> bool {
    let has_body = operation.body().is_null() || operation.body()["examples"].get(name).is_some();
    has_body && operation.parameters.iter().all(|parameter| parameter["required"] != true || given(parameter, name).is_some())
}

/// What the example of a name gives for a parameter.
fn given<'d>(parameter: &'d Value, name: &str) -> Option<&'d Value> {
    let only = || parameter.get("example").filter(|_| parameter["required"] == true);
    parameter["examples"].get(name).map(|example| &example["value"]).or_else(only)
}

fn answers<'d>(operation: &Operation<'d>, name: &str) -> Vec<(&'d str, &'d Value)> {
    let mut found = Vec::new();
    for (status, answer) in &operation.answers {
        for (_, content) in entries(&answer["content"]) {
            found.extend(content["examples"].get(name).map(|example| (*status, example)));
        }
    }
    found
}

fn title(operation: &Operation<'_>, name: &str) -> String {
    let of_body = operation.body()["examples"].get(name);
    let of_parameter = operation.parameters.iter().find_map(|parameter| parameter["examples"].get(name)?.get("summary"));
    let of_answer = answers(operation, name).into_iter().find_map(|(_, example)| example.get("summary"));
    let summary = of_body.and_then(|example| example.get("summary")).or(of_answer).or(of_parameter);
    summary.map_or_else(|| sentence(name), |summary| text(summary).to_owned())
}

/// `no_such_day` becomes `No such day`.
fn sentence(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The request, for a shell in which `TOUCHSTONE` is the address and `TOKEN` the token.
fn curl(operation: &Operation<'_>, name: &str) -> String {
    let (mut path, mut query, mut headers) = (operation.path.to_owned(), Vec::new(), String::new());
    for parameter in &operation.parameters {
        let Some(value) = given(parameter, name) else { continue };
        let parameter_name = text(&parameter["name"]);
        let value = value.as_str().map_or_else(|| json(value), str::to_owned);
        match text(&parameter["in"]) {
            "path" => path = path.replace(&format!("{{{parameter_name}}}"), &encoded(&value)),
            "query" => query.push(format!("{parameter_name}={}", encoded(&value))),
            _ => headers.push_str(&format!(" \\\n  -H {}", quoted(&format!("{parameter_name}: {value}")))),
        }
    }
    let mut line = String::from("curl ");
    if !["GET", "POST"].contains(&operation.method.as_str()) {
        line.push_str(&format!("-X {} ", operation.method));
    }
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    line.push_str(&format!("\"$TOUCHSTONE{path}{query}\""));
    if !operation.roles().is_empty() {
        line.push_str(" \\\n  -H \"Authorization: Bearer $TOKEN\"");
    }
    line.push_str(&headers);
    if let Some(body) = operation.body()["examples"].get(name) {
        line.push_str(&format!(" \\\n  -H 'Content-Type: application/json' \\\n  -d {}", quoted(&json(&body["value"]))));
    }
    line
}

/// For a shell: a quotation mark inside is closed, escaped and opened again.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// For a URL, in percent-encoded UTF-8.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}"); // writing to a string cannot fail
        }
    }
    out
}

/// JSON with short values on one line, in the order of the document.
fn json(value: &Value) -> String {
    let mut out = String::new();
    write_json(value, 0, &mut out);
    out
}

fn write_json(value: &Value, indent: usize, out: &mut String) {
    let compact = compact(value);
    let members: Vec<(String, &Value)> = match value {
        Value::Sequence(items) => items.iter().map(|item| (String::new(), item)).collect(),
        Value::Mapping(_) => entries(value).map(|(name, member)| (format!("{}: ", compact_text(name)), member)).collect(),
        _ => Vec::new(),
    };
    if members.is_empty() || indent + compact.chars().count() <= LINE_CHARS_MAX {
        out.push_str(&compact);
        return;
    }
    let (open, close) = if value.is_sequence() { ('[', ']') } else { ('{', '}') };
    out.push(open);
    for (at, (name, member)) in members.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&" ".repeat(indent + 2));
        out.push_str(name);
        write_json(member, indent + 2, out);
    }
    out.push('\n');
    out.push_str(&" ".repeat(indent));
    out.push(close);
}

fn compact(value: &Value) -> String {
    match value {
        Value::Sequence(items) => format!("[{}]", items.iter().map(compact).collect::<Vec<_>>().join(", ")),
        Value::Mapping(members) if members.is_empty() => "{}".to_owned(),
        Value::Mapping(_) => {
            let members = entries(value).map(|(name, member)| format!("{}: {}", compact_text(name), compact(member)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        simple => serde_json::to_string(simple).unwrap_or_default(),
    }
}

fn compact_text(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
