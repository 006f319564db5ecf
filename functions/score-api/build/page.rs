//! How does the document of the API look to a person? One page of plain HTML: what there is, what goes in, what comes out.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use pulldown_cmark::{Options, Parser};
use serde_json::Value;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

pub(crate) fn render(document: &Value) -> Markup {
    let info = &document["info"];
    let operations = operations(document);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (text(&info["title"])) " API" }
                link rel="icon" href="/console/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/console/docs.css";
            }
            body {
                nav aria-label="Contents" {
                    p { b { (text(&info["title"])) " API" } " " (text(&info["version"])) }
                    @for tag in list(&document["tags"]) {
                        p { (text(&tag["name"])) }
                        ul { @for operation in operations.iter().filter(|operation| operation.tag() == text(&tag["name"])) {
                            li { a href={ "#" (operation.id()) } { code { (operation.method) } " " (operation.path) } }
                        } }
                    }
                    ul {
                        li { a href="#schemas" { "Schemas" } }
                        li { a href="#problems" { "Problems" } }
                        li { a href="/v1/openapi.json" { "This document as JSON" } }
                    }
                }
                main {
                    h1 { (text(&info["title"])) " API" }
                    p { (text(&info["summary"])) }
                    (markdown(&info["description"]))
                    @for tag in list(&document["tags"]) {
                        h2 { (text(&tag["name"])) }
                        (markdown(&tag["description"]))
                        @for operation in operations.iter().filter(|operation| operation.tag() == text(&tag["name"])) {
                            (operation.render(document))
                        }
                    }
                    h2 id="schemas" { "Schemas" }
                    @for (name, schema) in entries(&document["components"]["schemas"]) {
                        details id={ "schema-" (name) } { summary { code { (name) } } (schema_table(schema)) }
                    }
                    h2 id="problems" { "Problems" }
                    p { "The body of every answer that is no success, as " code { "application/problem+json" } "." }
                    div.wide tabindex="0" role="region" aria-label="Problems" { table {
                        thead { tr { th { "Code" } th { "Status" } th { "What it means, and what to do" } } }
                        tbody { @for problem in list(&document["x-touchstone-problems"]) {
                            tr id=(text(&problem["code"])) {
                                td { code { (text(&problem["code"])) } }
                                td { (problem["status"].to_string()) }
                                td { (text(&problem["title"])) (markdown(&problem["help"])) }
                            }
                        } }
                    } }
                }
            }
        }
    }
}

/// One method of one path.
struct Operation<'d> {
    method: String,
    path: &'d str,
    value: &'d Value,
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    entries(&document["paths"])
        .flat_map(|(path, item)| {
            METHODS.into_iter().filter_map(move |method| {
                let value = item.get(method)?;
                Some(Operation { method: method.to_uppercase(), path, value })
            })
        })
        .collect()
}

impl Operation<'_> {
    fn tag(&self) -> &str {
        list(&self.value["tags"]).next().map(text).unwrap_or_default()
    }

    fn id(&self) -> &str {
        text(&self.value["operationId"])
    }

    fn render(&self, document: &Value) -> Markup {
        let parameters: Vec<_> = list(&self.value["parameters"]).map(|parameter| resolved(document, parameter)).collect();
        let roles: Vec<_> = list(&self.value["x-touchstone-roles"]).map(text).collect();
        let body = &self.value["requestBody"]["content"]["application/json"];
        html! {
            article id=(self.id()) {
                h3 { code.method { (self.method) } " " code { (self.path) } }
                p { b { (text(&self.value["summary"])) "." } " "
                    @if roles.is_empty() { "Open to everybody." } @else { "Roles: " (roles.join(", ")) "." } }
                (markdown(&self.value["description"]))
                @if !parameters.is_empty() {
                    h4 { "Parameters" }
                    div.wide tabindex="0" role="region" aria-label={ "Parameters of " (self.id()) } { table {
                        thead { tr { th { "Name" } th { "In" } th { "Type" } th { "Meaning" } } }
                        tbody { @for parameter in parameters { tr {
                            td { code { (text(&parameter["name"])) } @if parameter["required"] == true { " required" } }
                            td { (text(&parameter["in"])) }
                            td { (kind(&parameter["schema"])) }
                            td { (markdown(&parameter["description"])) }
                        } } }
                    } }
                }
                @if !body.is_null() {
                    h4 { "Body" }
                    p { (kind(&body["schema"])) }
                    (examples(&body["examples"]))
                    @if let Some((_, example)) = entries(&body["examples"]).next() { (curl(self, &example["value"])) }
                } @else if !roles.is_empty() { (curl(self, &Value::Null)) }
                h4 { "Answers" }
                @for (status, answer) in entries(&self.value["responses"]) { (answer_of(document, status, answer)) }
            }
        }
    }
}

fn answer_of(document: &Value, status: &str, answer: &Value) -> Markup {
    let answer = resolved(document, answer);
    let contents: Vec<_> = entries(&answer["content"]).collect();
    let codes: Vec<_> =
        contents.iter().flat_map(|(_, content)| list(&content["schema"]["properties"]["code"]["enum"])).map(text).collect();
    let headers: Vec<_> = entries(&answer["headers"]).map(|(name, _)| name).collect();
    html! {
        details.answer {
            summary { code { (status) } " " (text(&answer["description"])) @for code in &codes { " " a href={ "#" (code) } { code { (code) } } } }
            @if !headers.is_empty() { p { "Headers: " @for name in headers { code { (name) } " " } } }
            @for (media_type, content) in contents {
                p { code { (media_type) } " " (kind(&content["schema"])) }
                (examples(&content["examples"]))
            }
        }
    }
}

/// A request as it can be typed, with the first example as its body.
fn curl(operation: &Operation<'_>, body: &Value) -> Markup {
    let mut line = format!("curl -H \"Authorization: Bearer $TOKEN\" \"$TOUCHSTONE{}\"", operation.path);
    if !body.is_null() {
        // A quotation mark inside is closed, escaped and opened again.
        let body = body.to_string().replace('\'', r"'\''");
        line.push_str(&format!(" \\\n  -H 'Content-Type: application/json' \\\n  -d '{body}'"));
    }
    if !["GET", "POST"].contains(&operation.method.as_str()) {
        line.push_str(&format!(" -X {}", operation.method));
    }
    html! { pre tabindex="0" { code { (line) } } }
}

fn examples(examples: &Value) -> Markup {
    html! {
        @for (name, example) in entries(examples) {
            details.example {
                summary { "Example: " (example.get("summary").map_or(name, text)) }
                pre tabindex="0" { code { (serde_json::to_string_pretty(&example["value"]).unwrap_or_default()) } }
            }
        }
    }
}

/// What a schema says of its members, or of itself.
fn schema_table(schema: &Value) -> Markup {
    let required: Vec<_> = list(&schema["required"]).map(text).collect();
    html! {
        (markdown(&schema["description"]))
        @if entries(&schema["properties"]).next().is_none() { p { (kind(schema)) } } @else {
            div.wide tabindex="0" role="region" aria-label="Members" { table {
                thead { tr { th { "Member" } th { "Type" } th { "Meaning" } } }
                tbody { @for (name, member) in entries(&schema["properties"]) { tr {
                    td { code { (name) } @if required.contains(&name) { " required" } }
                    td { (kind(member)) }
                    td { (markdown(&member["description"])) }
                } } }
            } }
        }
    }
}

/// A schema in a few words, with its ranges.
fn kind(schema: &Value) -> Markup {
    if let Some(name) = schema.get("$ref").and_then(|reference| text(reference).rsplit('/').next()) {
        return html! { a href={ "#schema-" (name) } { (name) } };
    }
    for (word, members) in [(" or ", &schema["anyOf"]), (" or ", &schema["oneOf"]), (" and ", &schema["allOf"])] {
        if members.is_array() {
            return html! { @for (at, member) in list(members).enumerate() { @if at > 0 { (word) } (kind(member)) } };
        }
    }
    let types = match &schema["type"] {
        Value::Array(types) => types.iter().map(text).collect::<Vec<_>>().join(" or "),
        one => text(one).to_owned(),
    };
    let ranges =
        ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "x-bytes-max", "pattern", "default", "const"]
            .into_iter()
            .filter_map(|name| {
                schema
                    .get(name)
                    .map(|value| format!("{name} {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
            });
    let ranges = ranges.collect::<Vec<_>>().join(", ");
    let values: Vec<_> =
        list(&schema["enum"]).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect();
    html! {
        (types)
        @if schema.get("items").is_some() { " of " (kind(&schema["items"])) }
        @if !values.is_empty() { ": " (values.join(", ")) }
        @if !ranges.is_empty() { small { " " (ranges) } }
    }
}

fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    match value.get("$ref").map(text).and_then(|reference| reference.strip_prefix('#')) {
        Some(pointer) => document.pointer(pointer).unwrap_or(value),
        None => value,
    }
}

/// The document is ours, so the HTML that its Markdown becomes is shown as it is.
fn markdown(value: &Value) -> Markup {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, Parser::new_ext(text(value), Options::ENABLE_TABLES));
    html! { (PreEscaped(out)) }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}
