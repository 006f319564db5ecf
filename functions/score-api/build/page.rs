//! How does the document of the API look to a person? One page of plain HTML: what there is, what goes in, what comes out.

use crate::document::{Operation, Value, entries, list, operations, text};
use crate::example::examples;
use crate::schema::{kind, row, schema};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use pulldown_cmark::{Options, Parser};

pub(crate) fn render(document: &Value) -> Markup {
    let info = &document["info"];
    let operations = operations(document);
    let of_tag = |tag: &Value| {
        let tag = text(&tag["name"]).to_owned();
        operations.iter().filter(move |operation| operation.tag() == tag)
    };
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
                a.skip href="#content" { "Skip to the text" }
                nav aria-label="Contents" { details {
                    summary { "Contents" }
                    div {
                        @for tag in list(&document["tags"]) {
                            p { (text(&tag["name"])) }
                            ul { @for operation in of_tag(tag) {
                                li { a href={ "#" (operation.id()) } { (text(&operation.value["summary"])) } }
                            } }
                        }
                        p { "Reference" }
                        ul {
                            li { a href="#schemas" { "Schemas" } }
                            li { a href="#problems" { "Problems" } }
                            li { a href="/v1/openapi.json" { "This document as JSON" } }
                            li { a href="/" { "Review console" } }
                        }
                    }
                } }
                main id="content" {
                    h1 { (text(&info["title"])) " API" }
                    p.lead { (text(&info["summary"])) }
                    (markdown(&info["description"]))
                    p { "The examples are lines for a shell in which " code { "TOUCHSTONE" } " is the address of the endpoint and " code { "TOKEN" } " is your token." }
                    @for tag in list(&document["tags"]) {
                        h2 { (text(&tag["name"])) }
                        (markdown(&tag["description"]))
                        @for operation in of_tag(tag) { (article(document, operation)) }
                    }
                    h2 id="schemas" { "Schemas" }
                    @for (name, value) in entries(&document["components"]["schemas"]) {
                        // A link to what is inside opens it; a link to the element itself would not.
                        details.schema { summary { code { (name) } } div id={ "schema-" (name) } { (schema(document, value)) } }
                    }
                    h2 id="problems" { "Problems" }
                    p { "The body of every answer that is no success, sent as " code { "application/problem+json" } "." }
                    dl { @for problem in list(&document["x-touchstone-problems"]) {
                        dt id=(text(&problem["code"])) { code { (text(&problem["code"])) } " " span.faint { (problem["status"].as_u64().unwrap_or_default()) } }
                        dd { b { (text(&problem["title"])) } (markdown(&problem["help"])) }
                    } }
                }
            }
        }
    }
}

fn article(document: &Value, operation: &Operation<'_>) -> Markup {
    let roles = operation.roles();
    html! {
        article id=(operation.id()) {
            h3 { (text(&operation.value["summary"])) }
            p.line { code class={ "method " (operation.method) } { (operation.method) } " " code.path { (operation.path) } }
            p.faint { @if roles.is_empty() { "Open to everybody" } @else { "For " (alternatives(&roles)) } }
            (markdown(&operation.value["description"]))
            @if !operation.parameters.is_empty() {
                h4 { "Parameters" }
                dl { @for parameter in &operation.parameters {
                    (row(document, text(&parameter["name"]), parameter["required"] == true, text(&parameter["in"]), &parameter["schema"], &parameter["description"]))
                } }
            }
            @if !operation.body().is_null() {
                h4 { "Body" }
                p { (kind(&operation.body()["schema"])) }
                (markdown(&operation.value["requestBody"]["description"]))
            }
            (examples(operation))
            h4 { "Answers" }
            dl.answers { @for (status, answer) in &operation.answers { (answer_row(status, answer)) } }
        }
    }
}

fn answer_row(status: &str, answer: &Value) -> Markup {
    let contents: Vec<_> = entries(&answer["content"]).collect();
    let codes = contents.iter().flat_map(|(_, content)| list(&content["schema"]["properties"]["code"]["enum"])).map(text);
    let codes: Vec<_> = codes.collect();
    // Every answer has the name of the request.
    let headers: Vec<_> = entries(&answer["headers"]).map(|(name, _)| name).filter(|name| *name != "X-Request-Id").collect();
    html! {
        dt { code { (status) } }
        dd {
            (markdown(&answer["description"]))
            @if codes.is_empty() {
                @for (media_type, content) in &contents {
                    p { code { (media_type) } @if content.get("schema").is_some() { " " (kind(&content["schema"])) } }
                }
            } @else {
                p { @for code in &codes { a href={ "#" (code) } { code { (code) } } " " } }
            }
            @if !headers.is_empty() { p.faint { "With " @for name in &headers { code { (name) } " " } } }
        }
    }
}

/// `score, review or admin`.
fn alternatives(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.concat(),
    }
}

/// The document is ours, so the HTML that its Markdown becomes is shown as it is.
pub(crate) fn markdown(value: &Value) -> Markup {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, Parser::new_ext(text(value), Options::ENABLE_TABLES));
    html! { (PreEscaped(out)) }
}
