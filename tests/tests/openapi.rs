//! Do the document of the API and the code say the same, in both directions? And does every example do what it shows?
#![allow(clippy::unwrap_used, clippy::panic)]

use axum::Router;
use axum::body::Body;
use http::{Method, Request, StatusCode};
use jsonschema::Validator;
use local::{Stack, Storage, Tokens, endpoint};
use score_api::problem::CODES;
use score_api::{OPENAPI, ROUTES, limits};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tower::ServiceExt;

fn document() -> Value {
    serde_json::from_str(OPENAPI).unwrap()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(&reference[1..]).unwrap_or_else(|| panic!("{reference} leads nowhere")),
        None => value,
    }
}

/// (method, path) -> operation.
fn operations(document: &Value) -> BTreeMap<(String, String), &Value> {
    entries(&document["paths"])
        .flat_map(|(path, item)| entries(item).map(move |(method, operation)| ((method.to_uppercase(), path.clone()), operation)))
        .filter(|((method, _), _)| method != "PARAMETERS")
        .collect()
}

#[test]
fn every_route_is_documented_with_its_roles_and_nothing_else_is() {
    let document = document();
    let documented: BTreeMap<_, BTreeSet<_>> = operations(&document)
        .into_iter()
        .map(|(key, operation)| {
            (key, list(&operation["x-touchstone-roles"]).map(|role| role.as_str().unwrap().to_owned()).collect())
        })
        .collect();
    let served: BTreeMap<_, BTreeSet<_>> = ROUTES
        .iter()
        .map(|route| {
            let roles = route.roles.names().into_iter().map(str::to_owned).collect();
            // The router's way of saying that a part may hold slashes.
            ((route.method.to_owned(), route.path.replace("{*", "{")), roles)
        })
        .collect();
    assert_eq!(documented, served);
}

#[test]
fn every_problem_is_documented_and_nothing_else_is() {
    let document = document();
    let documented: BTreeSet<_> = list(&document["x-touchstone-problems"])
        .map(|problem| {
            (problem["code"].as_str().unwrap(), problem["status"].as_u64().unwrap(), problem["title"].as_str().unwrap())
        })
        .collect();
    let known: BTreeSet<_> = CODES.iter().map(|code| (code.name, u64::from(code.status), code.title)).collect();
    assert_eq!(documented, known);
    // Each stands under a status of its own kind.
    let by_name: BTreeMap<_, _> = CODES.iter().map(|code| (code.name, code.status)).collect();
    for ((method, path), operation) in operations(&document) {
        for (status, response) in entries(&operation["responses"]) {
            let content = &resolved(&document, response)["content"]["application/problem+json"]["schema"];
            for code in list(&content["properties"]["code"]["enum"]) {
                let expected = by_name.get(code.as_str().unwrap()).map(ToString::to_string);
                assert_eq!(expected.as_ref(), Some(status), "{method} {path}: {code}");
            }
        }
    }
}

#[test]
fn limits_are_those_of_the_code() {
    let document = document();
    let text = document["info"]["description"].as_str().unwrap();
    let grouped = |number: usize| {
        let digits = number.to_string();
        let (head, tail) = digits.split_at(digits.len().saturating_sub(3));
        if head.is_empty() { tail.to_owned() } else { format!("{head},{tail}") }
    };
    for (what, said) in [
        ("depth", format!("nested at most {} levels", limits::JSON_DEPTH_MAX)),
        ("query", format!("at most {} bytes", grouped(limits::QUERY_BYTES_MAX))),
        ("time", format!("after {} seconds", limits::REQUEST_TIME_MAX.as_secs())),
        ("in flight", format!("{} requests at once", limits::REQUESTS_IN_FLIGHT_MAX)),
        ("keys", format!("within {} hours", limits::IDEMPOTENCY_LIFETIME.as_secs() / 3_600)),
    ] {
        let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain.contains(&said), "{what}: '{said}' is not in the document");
    }
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["ManyListings"]["properties"]["listings"]["maxItems"], json!(limits::LISTINGS_MAX));
    let parameter = |operation: &Value, name: &str| {
        let all = list(&operation["parameters"]).map(|parameter| resolved(&document, parameter));
        all.into_iter().find(|parameter| parameter["name"] == name).unwrap()["schema"].clone()
    };
    let operation = |method: &str, path: &str| operations(&document)[&(method.to_owned(), path.to_owned())].clone();
    let queue = operation("GET", "/v1/queue");
    assert_eq!(parameter(&queue, "limit")["maximum"], json!(limits::QUEUE_GROUPS_MAX));
    assert_eq!(parameter(&queue, "limit")["default"], json!(limits::QUEUE_GROUPS_DEFAULT));
    assert_eq!(parameter(&operation("GET", "/v1/jobs"), "limit")["maximum"], json!(limits::JOBS_MAX));
    assert_eq!(parameter(&operation("GET", "/v1/listings/{listing_id}"), "history")["maximum"], json!(limits::HISTORY_MAX));
    assert_eq!(
        parameter(&operation("POST", "/v1/score"), "Idempotency-Key")["maxLength"],
        json!(limits::IDEMPOTENCY_KEY_BYTES_MAX)
    );
}

/// An answer, with the schemas of its status to hold it against.
struct World {
    document: Value,
    router: Router,
    token: String,
    stack: Stack,
}

impl World {
    async fn new() -> Self {
        let stack = Stack::start(Storage::Memory).await.unwrap();
        let tokens = Tokens::of_folder(stack.home()).unwrap();
        let token = tokens.admin.clone();
        Self { document: document(), router: endpoint::router(&stack, tokens), token, stack }
    }

    async fn call(
        &self,
        method: &str,
        target: &str,
        headers: &[(String, String)],
        body: Option<&Value>,
    ) -> (StatusCode, http::HeaderMap, Vec<u8>) {
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(target);
        request = request.header("Authorization", format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        if body.is_some() {
            request = request.header("Content-Type", "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let answer = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        (parts.status, parts.headers, axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }

    /// Runs an operation as its examples of one name say, and holds the answer against the document.
    async fn run(&self, method: &str, path: &str, name: &str, replace: &[(&str, &str)]) -> StatusCode {
        let operation = operations(&self.document)[&(method.to_owned(), path.to_owned())];
        let (mut target, mut query, mut headers) = (path.to_owned(), Vec::new(), Vec::new());
        let of_path = &self.document["paths"][path]["parameters"];
        for parameter in list(of_path).chain(list(&operation["parameters"])).map(|parameter| resolved(&self.document, parameter))
        {
            let parameter_name = parameter["name"].as_str().unwrap();
            let given = replace.iter().find(|(of, _)| *of == parameter_name).map(|(_, value)| json!(value));
            let example = parameter["examples"].get(name).map(|example| example["value"].clone());
            let only = parameter.get("example").cloned().filter(|_| parameter["required"] == true);
            let Some(value) = given.or(example).or(only) else { continue };
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let encoded = percent_encoding::utf8_percent_encode(&value, percent_encoding::NON_ALPHANUMERIC).to_string();
            match parameter["in"].as_str().unwrap() {
                // A tilde may stand in a path, and leads ids in base64.
                "path" => target = target.replace(&format!("{{{parameter_name}}}"), &encoded.replace("%7E", "~")),
                "query" => query.push(format!("{parameter_name}={encoded}")),
                _ => headers.push((parameter_name.to_owned(), value)),
            }
        }
        assert!(!target.contains('{'), "{method} {path} '{name}' has no value for all parts of its path");
        if !query.is_empty() {
            target = format!("{target}?{}", query.join("&"));
        }
        let body = operation["requestBody"]["content"]["application/json"]["examples"].get(name).map(|example| &example["value"]);
        let (status, answered, bytes) = self.call(method, &target, &headers, body).await;
        let shown = String::from_utf8_lossy(&bytes);
        let at = format!("{method} {target} '{name}' answered {status}: {shown}");
        let response = resolved(&self.document, &operation["responses"][status.as_str()]);
        assert!(response.is_object(), "{at}, which is not documented");
        for (header, _) in
            entries(&response["headers"]).filter(|(_, header)| resolved(&self.document, header)["required"] == true)
        {
            assert!(answered.contains_key(header.as_str()), "{at} without {header}");
        }
        let content_type = answered["content-type"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let content = &response["content"][&content_type];
        assert!(content.is_object(), "{at} as {content_type}, which is not documented");
        if content_type.ends_with("json") {
            let body: Value = serde_json::from_slice(&bytes).unwrap();
            let errors: Vec<_> = self
                .validator(&content["schema"])
                .iter_errors(&body)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{at}\n{errors:#?}");
        }
        // The answer that the example of this name shows has the status that it got.
        let showing: Vec<_> = entries(&operation["responses"])
            .filter(|(_, response)| {
                entries(&resolved(&self.document, response)["content"])
                    .any(|(_, content)| content["examples"].get(name).is_some())
            })
            .map(|(status, _)| status.as_str())
            .collect();
        assert!(showing.is_empty() || showing.contains(&status.as_str()), "{at}, and the document shows {showing:?}");
        status
    }

    fn validator(&self, schema: &Value) -> Validator {
        let mut whole = schema.as_object().cloned().unwrap_or_else(Map::new);
        whole.insert("components".into(), self.document["components"].clone());
        jsonschema::draft202012::options().build(&Value::Object(whole)).unwrap()
    }

    async fn etag(&self, id: &str) -> String {
        let (_, headers, _) = self.call("GET", &format!("/v1/listings/{id}"), &[], None).await;
        headers["etag"].to_str().unwrap().to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_does_what_it_shows() {
    let world = World::new().await;
    let mut ran = BTreeSet::new();
    macro_rules! run {
        ($method:literal $path:literal $name:literal $($parameter:literal = $value:expr),*) => {{
            ran.insert(($method.to_owned(), $path.to_owned(), $name.to_owned()));
            world.run($method, $path, $name, &[$(($parameter, $value)),*]).await
        }};
    }
    for name in
        ["english", "chinese", "german", "unreadable_price", "store", "many", "missing_title", "no_listings", "not_an_object"]
    {
        ran.insert(("POST".into(), "/v1/score".into(), name.into()));
        world.run("POST", "/v1/score", name, &[]).await;
    }
    // What the others are about is stored.
    let listing = |name: &str| {
        world.document["paths"]["/v1/score"]["post"]["requestBody"]["content"]["application/json"]["examples"][name]["value"]
            .clone()
    };
    for name in ["english", "chinese"] {
        assert_eq!(world.call("POST", "/v1/score?store=true", &[], Some(&listing(name))).await.0, StatusCode::OK);
    }
    const LISTING: &str = "/v1/listings/{listing_id}";
    run!("GET" "/v1/listings/{listing_id}" "known");
    run!("GET" "/v1/listings/{listing_id}" "unknown");
    run!("GET" "/v1/listings/{listing_id}" "in_base64");
    run!("GET" "/v1/listings/{listing_id}/explain" "known");
    for name in ["everything", "of_a_brand", "of_a_seller", "risk_out_of_range", "forged_cursor"] {
        ran.insert(("GET".into(), "/v1/queue".into(), name.into()));
        world.run("GET", "/v1/queue", name, &[]).await;
    }
    let (_, _, first) = world.call("GET", "/v1/queue?limit=1", &[], None).await;
    let cursor = serde_json::from_slice::<Value>(&first).unwrap()["cursor"].as_str().unwrap().to_owned();
    run!("GET" "/v1/queue" "next_page" "cursor" = &cursor);

    let tag = world.etag("HL-2041").await;
    run!("POST" "/v1/listings/{listing_id}/reviews" "confirmed" "If-Match" = &tag);
    run!("POST" "/v1/listings/{listing_id}/reviews" "conflict");
    run!("POST" "/v1/listings/{listing_id}/reviews" "unknown_decision");
    run!("GET" "/v1/listings/{listing_id}/reviews" "known");
    run!("DELETE" "/v1/listings/{listing_id}/reviews/{review_id}" "conflict" "review_id" = "r-0");
    let (_, _, known) = world.call("GET", &LISTING.replace("{listing_id}", "HL-2041"), &[], None).await;
    let review = serde_json::from_slice::<Value>(&known).unwrap()["review"]["review_id"].as_str().unwrap().to_owned();
    let tag = world.etag("HL-2041").await;
    run!("DELETE" "/v1/listings/{listing_id}/reviews/{review_id}" "undo" "If-Match" = &tag, "review_id" = &review);

    for name in ["csv", "chinese_name", "no_name"] {
        ran.insert(("POST".into(), "/v1/uploads".into(), name.into()));
        world.run("POST", "/v1/uploads", name, &[]).await;
    }
    for name in ["recent", "of_an_upload", "of_a_day", "no_such_day"] {
        world.run("GET", "/v1/jobs", name, &[]).await;
    }
    run!("GET" "/v1/jobs/{job_id}" "unknown");
    world.run("GET", "/v1/policy", "policy", &[]).await;
    world.run("GET", "/healthz", "up", &[]).await;
    run!("GET" "/console/{file}" "no_such_file");
    for path in ["/v1/openapi.json", "/docs", "/"] {
        assert_eq!(world.run("GET", path, "", &[]).await, StatusCode::OK);
    }
    // No example of a body is left out.
    for ((method, path), operation) in operations(&world.document) {
        for (name, _) in entries(&operation["requestBody"]["content"]["application/json"]["examples"]) {
            assert!(
                ran.contains(&(method.clone(), path.clone(), name.clone())),
                "{method} {path}: the example '{name}' is not run"
            );
        }
    }
    world.stack.stop().await;
}

#[test]
fn every_example_of_an_answer_fits_its_schema() {
    let document = document();
    for ((method, path), operation) in operations(&document) {
        for (status, response) in entries(&operation["responses"]) {
            for (_, content) in entries(&resolved(&document, response)["content"]) {
                let mut schema = content["schema"].as_object().cloned().unwrap_or_default();
                schema.insert("components".into(), document["components"].clone());
                let validator = jsonschema::draft202012::options().build(&Value::Object(schema)).unwrap();
                for (name, example) in entries(&content["examples"]) {
                    let errors: Vec<_> = validator.iter_errors(&example["value"]).map(|error| error.to_string()).collect();
                    assert!(errors.is_empty(), "{method} {path} {status} '{name}': {errors:#?}");
                }
            }
        }
    }
}
