//! Do the document of the API and the code say the same, in both directions?
#![allow(clippy::unwrap_used, clippy::panic)]

use score_api::problem::CODES;
use score_api::{ROUTES, limits};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::document::{Document, entries, list};

/// Every value below this one, itself first.
fn all(value: &Value) -> Vec<&Value> {
    let mut found = vec![value];
    let below = list(value).chain(entries(value).map(|(_, member)| member));
    below.for_each(|value| found.extend(all(value)));
    found
}

#[test]
fn every_route_is_documented_with_its_roles_and_nothing_else_is() {
    let document = Document::served();
    let operations = document.operations();
    let documented: BTreeMap<_, _> = operations
        .iter()
        .map(|operation| ((operation.method.to_uppercase(), operation.path.to_owned()), operation.roles()))
        .collect();
    let served: BTreeMap<_, _> = ROUTES
        .iter()
        // The router's way of saying that a part may hold slashes.
        .map(|route| ((route.method.to_owned(), route.path.replace("{*", "{")), route.roles.names()))
        .collect();
    assert_eq!(documented, served);
    for operation in operations {
        let needs_token = operation.value["security"] == json!([{"bearer": []}]);
        assert_eq!(needs_token, !operation.roles().is_empty(), "{}", operation.id());
    }
}

#[test]
fn every_problem_is_documented_and_nothing_else_is() {
    let document = Document::served();
    let documented: BTreeSet<_> = list(&document.value()["x-touchstone-problems"])
        .map(|problem| {
            assert!(problem["help"].as_str().is_some_and(|help| !help.is_empty()), "{problem}");
            (problem["code"].as_str().unwrap(), problem["status"].as_u64().unwrap(), problem["title"].as_str().unwrap())
        })
        .collect();
    let known: BTreeSet<_> = CODES.iter().map(|code| (code.name, u64::from(code.status), code.title)).collect();
    assert_eq!(documented, known);
    let status_of: BTreeMap<_, _> = CODES.iter().map(|code| (code.name, code.status.to_string())).collect();
    // Each stands under a status of its own kind.
    for operation in document.operations() {
        for (status, answer) in operation.answers(&document) {
            for code in list(&answer["content"]["application/problem+json"]["schema"]["properties"]["code"]["enum"]) {
                assert_eq!(status_of[code.as_str().unwrap()], status, "{}: {code}", operation.id());
            }
        }
    }
    // And none is in the table alone: some answer has it.
    let answers = [&document.value()["paths"], &document.value()["components"]];
    let listed: BTreeSet<_> =
        answers.into_iter().flat_map(all).flat_map(|value| list(&value["code"]["enum"])).filter_map(Value::as_str).collect();
    assert_eq!(listed, status_of.keys().copied().collect());
}

#[test]
fn limits_are_those_of_the_code() {
    use scoring::limits as of_listings;
    let document = Document::served();
    let text = |pointer: &str| {
        let text = document.value().pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer}"));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let help = |code: &str| {
        let problem = list(&document.value()["x-touchstone-problems"]).find(|problem| problem["code"] == code).unwrap();
        problem["help"].as_str().unwrap().to_owned()
    };
    let says = |text: &str, words: String| assert!(text.contains(&words), "'{words}' is not in '{text}'");
    let seconds = |time: std::time::Duration| time.as_secs();

    let everywhere = text("/info/description");
    says(&everywhere, format!("at most {} bytes (4 MiB)", grouped(limits::BODY_BYTES_MAX)));
    says(&everywhere, format!("nested at most {} levels", limits::JSON_DEPTH_MAX));
    says(&everywhere, format!("at most {} bytes. A request", grouped(limits::QUERY_BYTES_MAX)));
    says(&everywhere, format!("ends after {} seconds", seconds(limits::REQUEST_TIME_MAX)));
    says(&everywhere, format!("works on {} requests at once", limits::REQUESTS_IN_FLIGHT_MAX));
    says(&everywhere, format!("within {} hours", seconds(limits::IDEMPOTENCY_LIFETIME) / 3_600));
    says(&text("/components/responses/TooMany/description"), format!("{} requests", limits::REQUESTS_IN_FLIGHT_MAX));
    says(&text("/components/responses/BodyTooLarge/description"), grouped(limits::BODY_BYTES_MAX));
    says(&text("/components/responses/Unavailable/description"), format!("{} seconds", seconds(limits::REQUEST_TIME_MAX)));
    says(&text("/components/parameters/IdempotencyKey/description"), format!("{}", limits::IDEMPOTENCY_KEY_BYTES_MAX));
    says(&help("json.too_deep"), format!("{} levels", limits::JSON_DEPTH_MAX));
    says(&help("query.invalid"), format!("{} bytes", grouped(limits::QUERY_BYTES_MAX)));
    says(&help("row.id_too_long"), format!("{} bytes", grouped(of_listings::LISTING_ID_BYTES_MAX)));
    says(&help("batch.empty"), format!("1 to {} listings", limits::LISTINGS_MAX));
    says(&help("batch.too_many"), format!("at most {} listings", limits::LISTINGS_MAX));
    says(&help("review.note_too_long"), format!("{} bytes", grouped(limits::NOTE_BYTES_MAX)));
    says(&help("upload.bad_size"), format!("{} bytes", grouped(usize::try_from(limits::UPLOAD_BYTES_MAX).unwrap())));
    says(&help("idempotency.key_invalid"), format!("1 to {}", limits::IDEMPOTENCY_KEY_BYTES_MAX));
    says(&help("request.timeout"), format!("{} seconds", seconds(limits::REQUEST_TIME_MAX)));
    let of =
        |id: &str| document.operation(id).value["description"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    says(&of("score"), format!("1 to {} listings", limits::LISTINGS_MAX));
    says(&of("listReviews"), format!("newest {} reviews", limits::REVIEWS_MAX));
    says(&of("startUpload"), format!("for {} minutes", seconds(limits::UPLOAD_LIFETIME) / 60));
    says(&of("startUpload"), grouped(usize::try_from(limits::UPLOAD_BYTES_MAX).unwrap()));
    says(&of("getJob"), "work for an hour".to_owned());
    assert_eq!(seconds(limits::DOWNLOAD_LIFETIME), 3_600);

    let number = |pointer: &str, expected: usize| {
        let found = document.value().pointer(&format!("/components/{pointer}"));
        assert_eq!(found, Some(&json!(expected)), "{pointer}");
    };
    number("schemas/ManyListings/properties/listings/maxItems", limits::LISTINGS_MAX);
    number("schemas/ManyOutcomes/properties/results/maxItems", limits::LISTINGS_MAX);
    number("schemas/NewReview/properties/note/x-bytes-max", limits::NOTE_BYTES_MAX);
    number("schemas/NewUpload/properties/bytes/maximum", usize::try_from(limits::UPLOAD_BYTES_MAX).unwrap());
    number("schemas/QueuePage/properties/entries/maxItems", limits::QUEUE_GROUPS_MAX);
    number("schemas/QueueEntry/properties/similar/maxItems", limits::SIMILAR_SHOWN_MAX);
    number("schemas/KnownListing/properties/history/maxItems", limits::HISTORY_MAX);
    number("schemas/Reason/properties/text/x-bytes-max", of_listings::QUOTE_BYTES_MAX);
    number("parameters/ListingId/schema/x-bytes-max", of_listings::LISTING_ID_BYTES_MAX);
    number("parameters/IdempotencyKey/schema/maxLength", limits::IDEMPOTENCY_KEY_BYTES_MAX);
    let of_field = |name: &str| format!("schemas/Listing/properties/{name}/x-bytes-max");
    number(&of_field("listing_id"), of_listings::LISTING_ID_BYTES_MAX);
    number(&of_field("title"), of_listings::TITLE_BYTES_MAX);
    number(&of_field("description"), of_listings::DESCRIPTION_BYTES_MAX);
    for name in ["brand", "category", "seller_id", "seller_name", "marketplace", "url"] {
        number(&of_field(name), of_listings::SHORT_FIELD_BYTES_MAX);
    }
    says(
        &text("/components/schemas/Listing/properties/image_urls/description"),
        format!("first {} are", of_listings::IMAGE_URLS_MAX),
    );
    says(
        &text("/components/schemas/NewUpload/properties/name/description"),
        format!("last {} bytes", limits::UPLOAD_NAME_BYTES_MAX),
    );

    let parameter = |id: &str, name: &str, keyword: &str, expected: usize| {
        let parameters = document.operation(id).parameters(&document);
        let found = parameters.into_iter().find(|parameter| parameter["name"] == name).unwrap();
        assert_eq!(found["schema"][keyword], json!(expected), "{id} {name} {keyword}");
    };
    parameter("getListing", "history", "maximum", limits::HISTORY_MAX);
    parameter("getListing", "history", "default", limits::HISTORY_DEFAULT);
    parameter("getQueue", "limit", "maximum", limits::QUEUE_GROUPS_MAX);
    parameter("getQueue", "limit", "default", limits::QUEUE_GROUPS_DEFAULT);
    parameter("listJobs", "limit", "maximum", limits::JOBS_MAX);
    parameter("listJobs", "limit", "default", limits::JOBS_DEFAULT);
    parameter("listJobs", "key", "x-bytes-max", limits::OBJECT_KEY_BYTES_MAX);
}

/// Digits in groups of three.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.join(",")
}

#[test]
fn fields_and_bands_are_those_of_the_scorer() {
    let document = Document::served();
    let schemas = &document.value()["components"]["schemas"];
    let fields: BTreeSet<_> = scoring::Field::ALL.iter().map(|field| field.name()).collect();
    assert_eq!(entries(&schemas["Listing"]["properties"]).map(|(name, _)| name.as_str()).collect::<BTreeSet<_>>(), fields);
    assert_eq!(list(&schemas["FieldName"]["enum"]).filter_map(Value::as_str).collect::<BTreeSet<_>>(), fields);
    let bands = [scoring::Band::Clear, scoring::Band::Review, scoring::Band::RedFlag].map(scoring::Band::name);
    assert_eq!(schemas["Band"]["enum"], json!(bands));
}

#[test]
fn the_document_hangs_together() {
    let document = Document::served();
    let mut ids = BTreeSet::new();
    for operation in document.operations() {
        assert!(ids.insert(operation.id()) && !operation.id().is_empty(), "{} {}", operation.method, operation.path);
        for word in ["summary", "description"] {
            assert!(operation.value[word].as_str().is_some_and(|text| !text.is_empty()), "{}: {word}", operation.id());
        }
        for parameter in operation.parameters(&document) {
            assert!(parameter["description"].is_string(), "{}: {}", operation.id(), parameter["name"]);
        }
    }
    let values = all(document.value());
    for value in &values {
        // Panics when it leads nowhere.
        let _ = document.resolved(value);
        if let Some(id) = value["operationId"].as_str() {
            assert!(ids.contains(id), "a link leads to {id}");
        }
        // Whether an object takes more members is decided, and not left to the reader.
        if value["type"] == "object" && value["properties"].is_object() {
            assert!(!value["additionalProperties"].is_null(), "{value}");
        }
    }
    let used: BTreeSet<_> = values.iter().filter_map(|value| value["$ref"].as_str()).collect();
    for (kind, components) in entries(&document.value()["components"]).filter(|(kind, _)| *kind != "securitySchemes") {
        for (name, _) in entries(components) {
            // What every path answers to what is not in the document has no operation of its own.
            let stands_alone = name == "NoSuchMethod";
            assert_ne!(used.contains(format!("#/components/{kind}/{name}").as_str()), stands_alone, "{kind} {name}");
        }
    }
}

#[test]
fn every_example_of_an_answer_fits_its_schema() {
    let document = Document::served();
    for operation in document.operations() {
        for (status, answer) in operation.answers(&document) {
            for (_, content) in entries(&answer["content"]) {
                for (name, example) in entries(&content["examples"]) {
                    let mut faults = document.errors(&content["schema"], &example["value"]);
                    faults.extend(document.unnamed(&content["schema"], &example["value"]));
                    assert!(faults.is_empty(), "{} {status} '{name}': {faults:#?}", operation.id());
                }
            }
        }
    }
}
