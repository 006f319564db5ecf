//! Do the template of the stack and the code say the same, in both directions? Settings, tables, indexes, open routes, and what each
//! function may do.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use storage::Tables;
use storage::tables::{self, EXPIRES_AT, definitions};
use tests::calls::{Call, Storage};
use tests::template::{Keys, Permission, Template};
use tests::workspace_root;

/// A call on tables: where it stands in `storage`, its name, the action that it needs, and the table or index.
type TableCall = (&'static str, &'static str, &'static str, &'static str, &'static str);

const TABLE_CALLS: &[TableCall] = &[
    ("audits.rs", "get", "get_item", "GetItem", "AuditsTable"),
    ("audits.rs", "recent", "query", "Query", "AuditsTable"),
    ("audits.rs", "update", "update_item", "UpdateItem", "AuditsTable"),
    ("jobs/find.rs", "get", "get_item", "GetItem", "JobsTable"),
    ("jobs/find.rs", "find", "query", "Query", "JobsTable/index/jobs-by-day"),
    ("jobs/mod.rs", "update", "update_item", "UpdateItem", "JobsTable"),
    ("requests.rs", "put", "put_item", "PutItem", "RequestsTable"),
    ("requests.rs", "update", "update_item", "UpdateItem", "RequestsTable"),
    ("requests.rs", "read", "get_item", "GetItem", "RequestsTable"),
    ("results/queue/gone.rs", "update", "update_item", "UpdateItem", "ResultsTable"),
    ("results/queue/gone.rs", "update_at", "ConditionCheck", "ConditionCheckItem", "ReviewsTable"),
    ("results/queue/gone.rs", "update_at", "Update", "UpdateItem", "ResultsTable"),
    ("results/queue/merge.rs", "new", "query", "Query", "ResultsTable/index/queue"),
    ("results/queue/merge.rs", "new", "query", "Query", "ResultsTable/index/queue-by-brand"),
    ("results/queue/merge.rs", "new", "query", "Query", "ResultsTable/index/queue-by-seller"),
    ("results/queue/standing.rs", "heads_at", "batch_get_item", "BatchGetItem", "ReviewsTable"),
    ("results/queue/standing.rs", "superseded", "query", "Query", "ResultsTable"),
    ("results/read.rs", "of_row", "get_item", "GetItem", "ResultsTable"),
    ("results/read.rs", "history", "query", "Query", "ResultsTable"),
    ("results/read.rs", "top_risks", "query", "Query", "ResultsTable/index/risks-by-day"),
    ("results/read.rs", "top_risks", "query", "Query", "ResultsTable/index/risks-by-brand"),
    ("results/read.rs", "top_risks", "query", "Query", "ResultsTable/index/risks-by-seller"),
    ("results/write.rs", "send_to_review", "put_item", "PutItem", "ResultsTable"),
    ("results/write.rs", "send_to_review", "update_item", "UpdateItem", "ResultsTable"),
    ("results/write.rs", "write", "batch_write_item", "BatchWriteItem", "ResultsTable"),
    ("reviews/mod.rs", "day_query", "query", "Query", "ReviewsTable/index/reviews-by-day"),
    ("reviews/mod.rs", "item", "get_item", "GetItem", "ReviewsTable"),
    ("reviews/mod.rs", "of_listing", "query", "Query", "ReviewsTable"),
    ("reviews/write.rs", "append", "Put", "PutItem", "ReviewsTable"),
    ("reviews/write.rs", "mark_withdrawn", "Update", "UpdateItem", "ReviewsTable"),
    ("reviews/write.rs", "move_head", "Put", "PutItem", "ReviewsTable"),
    ("reviews/write.rs", "queue", "Update", "UpdateItem", "ResultsTable"),
];

/// A call on objects or queues: where it stands in `storage`, its name, and what is done by it.
type PlaceCall = (&'static str, &'static str, &'static str, Deed);

const PLACE_CALLS: &[PlaceCall] = &[
    ("objects/mod.rs", "abort_upload", "abort_multipart_upload", Deed::Abort),
    ("objects/mod.rs", "delete", "delete_object", Deed::Remove),
    ("objects/mod.rs", "put", "put_object", Deed::Write),
    ("objects/presign.rs", "presign_download", "get_object", Deed::SignDownload),
    ("objects/presign.rs", "presign_upload", "put_object", Deed::SignUpload),
    ("objects/read.rs", "complete", "head_object", Deed::Read),
    ("objects/read.rs", "request", "get_object", Deed::Read),
    ("objects/write.rs", "begin", "create_multipart_upload", Deed::Write),
    ("objects/write.rs", "complete", "complete_multipart_upload", Deed::Write),
    ("objects/write.rs", "send", "upload_part", Deed::Write),
    ("queue.rs", "send", "send_message", Deed::GoOn),
];

/// Made on a laptop and in tests alone: on AWS the template makes the tables.
const NEVER_ON_AWS: &[(&str, &str, &str)] =
    &[("tables.rs", "create_table", "create_table"), ("tables.rs", "create_table", "update_time_to_live")];

/// What is done with objects or queues. Where, depends on the function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    Read,
    Write,
    Abort,
    Remove,
    SignUpload,
    SignDownload,
    GoOn,
}

/// An action, and what it is allowed on.
type Grant = (&'static str, &'static str);

/// For each function: what it does, and what that needs. Reading needs `ListBucket`, because S3 answers 403 instead of 404 without.
const PLACES: &[(&str, Deed, &[Grant])] = &[
    (
        "ingest",
        Deed::Read,
        &[
            ("s3:GetObject", "UploadsBucket/exports/*"),
            ("s3:GetObjectVersion", "UploadsBucket/exports/*"),
            ("s3:GetObject", "ResultsBucket/jobs/*"),
            ("s3:ListBucket", "UploadsBucket"),
            ("s3:ListBucket", "ResultsBucket"),
        ],
    ),
    ("ingest", Deed::Write, &[("s3:PutObject", "ResultsBucket/jobs/*")]),
    ("ingest", Deed::Abort, &[("s3:AbortMultipartUpload", "ResultsBucket/jobs/*")]),
    ("ingest", Deed::Remove, &[("s3:DeleteObject", "ResultsBucket/jobs/*/hops/*")]),
    ("ingest", Deed::GoOn, &[("sqs:SendMessage", "IngestQueue")]),
    ("score-api", Deed::SignUpload, &[("s3:PutObject", "UploadsBucket/exports/api/*")]),
    ("score-api", Deed::SignDownload, &[("s3:GetObject", "ResultsBucket/jobs/*")]),
    (
        "audit",
        Deed::Read,
        &[
            ("s3:GetObject", "UploadsBucket/exports/*"),
            ("s3:GetObjectVersion", "UploadsBucket/exports/*"),
            ("s3:GetObject", "ResultsBucket/jobs/*"),
            ("s3:GetObject", "ResultsBucket/audits/*"),
            ("s3:ListBucket", "UploadsBucket"),
            ("s3:ListBucket", "ResultsBucket"),
        ],
    ),
    ("audit", Deed::Write, &[("s3:PutObject", "ResultsBucket/audits/*")]),
    ("audit", Deed::Remove, &[("s3:DeleteObject", "ResultsBucket/audits/*/hops/*")]),
    ("audit", Deed::GoOn, &[("sqs:SendMessage", "AuditQueue")]),
];

/// What Lambda itself does in a function's name: logs, and taking messages from the function's queue.
const PLATFORM: &[(&str, &[Grant])] = &[
    (
        "ingest",
        &[
            ("sqs:ReceiveMessage", "IngestQueue"),
            ("sqs:DeleteMessage", "IngestQueue"),
            ("sqs:GetQueueAttributes", "IngestQueue"),
            ("logs:CreateLogStream", "IngestLogs"),
            ("logs:PutLogEvents", "IngestLogs"),
        ],
    ),
    ("score-api", &[("logs:CreateLogStream", "ScoreApiLogs"), ("logs:PutLogEvents", "ScoreApiLogs")]),
    (
        "audit",
        &[
            ("sqs:ReceiveMessage", "AuditQueue"),
            ("sqs:DeleteMessage", "AuditQueue"),
            ("sqs:GetQueueAttributes", "AuditQueue"),
            ("logs:CreateLogStream", "AuditLogs"),
            ("logs:PutLogEvents", "AuditLogs"),
        ],
    ),
];

/// Settings that the template leaves at their defaults.
const AT_DEFAULTS: &[(&str, &str)] =
    &[("ingest", "DEADLINE_GAP_SECONDS"), ("ingest", "WORKERS"), ("audit", "DEADLINE_GAP_SECONDS")];

/// What a function needs by its calls, and what is not in the lists above.
fn needs(function: &str, calls: &BTreeSet<Call>) -> (BTreeSet<Permission>, BTreeSet<String>) {
    let owned = |(action, resource): &(&str, &str)| ((*action).to_owned(), (*resource).to_owned());
    let platform = PLATFORM.iter().filter(|(name, _)| *name == function).flat_map(|(_, permissions)| *permissions);
    let (mut needs, mut unknown): (BTreeSet<_>, _) = (platform.map(owned).collect(), BTreeSet::new());
    for call in calls {
        let place = (call.file.as_str(), call.within.as_str(), call.name.as_str());
        let on_tables: Vec<_> = TABLE_CALLS.iter().filter(|(file, within, name, ..)| (*file, *within, *name) == place).collect();
        needs.extend(on_tables.iter().map(|(.., action, resource)| (format!("dynamodb:{action}"), (*resource).to_owned())));
        let deed = PLACE_CALLS.iter().find(|(file, within, name, _)| (*file, *within, *name) == place).map(|(.., deed)| *deed);
        let places = PLACES.iter().find(|(name, done, _)| *name == function && Some(*done) == deed);
        needs.extend(places.into_iter().flat_map(|(.., permissions)| *permissions).map(owned));
        if on_tables.is_empty() && places.is_none() {
            unknown.insert(format!("{function} calls {} in {} of {}", call.name, call.within, call.file));
        }
    }
    (needs, unknown)
}

/// Every difference between what functions do and what the template lets them do, in words.
fn differences(template: &Template, calls: &BTreeMap<String, BTreeSet<Call>>) -> Vec<String> {
    let mut found = Vec::new();
    for (function, resource) in template.functions() {
        let (needs, unknown) = needs(&function, calls.get(&function).unwrap_or(&BTreeSet::new()));
        let given = template.permissions(&resource);
        found.extend(unknown.into_iter().map(|call| format!("{call}, and nothing says what that needs")));
        let words = |(action, resource): &Permission| format!("{action} on {resource}");
        found.extend(needs.difference(&given).map(|lacks| format!("{function} lacks {}", words(lacks))));
        found.extend(given.difference(&needs).map(|unused| format!("{function} has {} and never uses it", words(unused))));
    }
    found
}

fn calls() -> BTreeMap<String, BTreeSet<Call>> {
    let storage = Storage::read(&workspace_root()).unwrap();
    let of = |function: String| {
        let calls = storage.calls_of(&workspace_root().join("functions").join(&function)).unwrap();
        (function, calls)
    };
    functions().into_iter().map(of).collect()
}

/// The folders of functions that can be run.
fn functions() -> BTreeSet<String> {
    let entries = fs::read_dir(workspace_root().join("functions")).unwrap().map(|entry| entry.unwrap());
    let whole = entries.filter(|entry| entry.path().join("src/main.rs").exists());
    whole.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_function_is_in_the_template_and_nothing_else_is() {
    assert_eq!(Template::read().functions().into_keys().collect::<BTreeSet<_>>(), functions());
}

#[test]
fn functions_may_do_what_they_do_and_nothing_else() {
    let found = differences(&Template::read(), &calls());
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn one_permission_less_or_more_is_named() {
    let text = fs::read_to_string(workspace_root().join("infra/aws/template.yaml")).unwrap();
    let calls = calls();
    let check = |from: &str, to: &str, expected: &[&str]| {
        assert!(text.contains(from), "the template does not have '{from}' any more");
        assert_eq!(differences(&Template::parse(&text.replacen(from, to, 1)), &calls), expected, "{from}");
    };
    check(
        "s3:PutObject, s3:AbortMultipartUpload]",
        "s3:PutObject]",
        &["ingest lacks s3:AbortMultipartUpload on ResultsBucket/jobs/*"],
    );
    check(
        "[dynamodb:Query, dynamodb:BatchWriteItem, dynamodb:UpdateItem]",
        "[dynamodb:Query, dynamodb:BatchWriteItem]",
        &["score-api lacks dynamodb:UpdateItem on ResultsTable"],
    );
    check(
        "                  - !Sub ${ResultsTable.Arn}/index/queue-by-seller\n",
        "",
        &["score-api lacks dynamodb:Query on ResultsTable/index/queue-by-seller"],
    );
    check(
        "${ResultsTable.Arn}/index/queue\n",
        "${ResultsTable.Arn}/index/risks-by-day\n",
        &[
            "score-api lacks dynamodb:Query on ResultsTable/index/queue",
            "score-api has dynamodb:Query on ResultsTable/index/risks-by-day and never uses it",
        ],
    );
    check(
        "Action: dynamodb:BatchWriteItem",
        "Action: [dynamodb:BatchWriteItem, dynamodb:Scan]",
        &["ingest has dynamodb:Scan on ResultsTable and never uses it"],
    );
    check(
        "audits/*/hops/*",
        "audits/*",
        &[
            "audit lacks s3:DeleteObject on ResultsBucket/audits/*/hops/*",
            "audit has s3:DeleteObject on ResultsBucket/audits/* and never uses it",
        ],
    );
    for function in Template::parse(&text).functions().into_keys() {
        let mut less = calls.clone();
        less.remove(&function);
        let found = differences(&Template::parse(&text), &less);
        assert!(found.len() > 5 && found.iter().all(|line| line.starts_with(&format!("{function} has "))), "{found:?}");
    }
}

#[test]
fn every_call_is_listed_with_what_it_needs_and_nothing_else_is() {
    let found = Storage::read(&workspace_root()).unwrap().calls();
    let found: BTreeSet<_> = found.iter().map(|call| (call.file.as_str(), call.within.as_str(), call.name.as_str())).collect();
    let on_tables = TABLE_CALLS.iter().map(|(file, within, name, ..)| (*file, *within, *name));
    let on_places = PLACE_CALLS.iter().map(|(file, within, name, _)| (*file, *within, *name));
    let listed: BTreeSet<_> = on_tables.chain(on_places).chain(NEVER_ON_AWS.iter().copied()).collect();
    let unlisted: Vec<_> = found.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(unlisted.is_empty() && gone.is_empty(), "calls that are not listed: {unlisted:?}; listed and not made: {gone:?}");
    // Where one is made, its errors are named after it: none is made that is not looked for.
    let names: BTreeSet<_> = found.iter().map(|(.., name)| name.replace('_', "")).collect();
    for folder in ["shared/storage/src", "functions"] {
        for (path, text) in tests::house::text_files(&workspace_root().join(folder)).unwrap() {
            for name in text.split("Error::service(\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(name, _)| name) {
                // A transaction is permitted by its parts.
                let is_known = name == "TransactWriteItems" || names.contains(&name.to_lowercase());
                assert!(is_known, "{folder}/{path} makes the call {name}, which is not looked for");
            }
        }
    }
}

/// The variables of a function's `ENVIRONMENT`, with their defaults: empty where one may be left out, none where it must be set.
fn environment(function: &str) -> BTreeMap<String, Option<String>> {
    let source = fs::read_to_string(workspace_root().join("functions").join(function).join("src/config.rs")).unwrap();
    let table = source.split_once("pub const ENVIRONMENT").and_then(|(_, rest)| rest.split_once("];")).unwrap().0;
    let text = |rest: &str| rest.split('"').nth(1).unwrap().to_owned();
    let variable = |entry: &str| {
        let (name, rest) = entry.split_once("name:").unwrap().1.split_once("default:").unwrap();
        (text(name), rest.trim_start().starts_with("Some").then(|| text(rest)))
    };
    table.split("Variable {").skip(1).map(variable).collect()
}

#[test]
fn every_setting_is_set_and_nothing_else_is() {
    let template = Template::read();
    for (function, resource) in template.functions() {
        let (code, given) = (environment(&function), template.environment(&resource));
        let at_defaults = AT_DEFAULTS.iter().filter(|(name, _)| *name == function).map(|(_, setting)| (*setting).to_owned());
        let all: BTreeSet<_> = given.keys().cloned().chain(at_defaults.clone()).collect();
        assert_eq!(all, code.keys().cloned().collect::<BTreeSet<_>>(), "{function}");
        for setting in at_defaults {
            assert!(code[&setting].is_some() && !given.contains_key(&setting), "{function}: {setting}");
        }
        // A parameter begins with what the code takes when nothing is set.
        for (setting, value) in given {
            if let (Some(Some(default)), Some(text)) = (code.get(&setting), value.as_str()) {
                assert_eq!(text, default, "{function}: {setting}");
            }
        }
    }
}

#[test]
fn tables_and_indexes_are_those_of_the_code() {
    let template = Template::read();
    // The names of the template's resources for the names of tables.
    let tables = Tables {
        results: "ResultsTable".into(),
        jobs: "JobsTable".into(),
        reviews: "ReviewsTable".into(),
        audits: "AuditsTable".into(),
        requests: "RequestsTable".into(),
    };
    let keys = |keys: tables::Keys, columns: Option<&[&str]>| Keys {
        partition: keys.partition.to_owned(),
        sort: keys.sort.map(str::to_owned),
        columns: columns.map(|columns| columns.iter().map(|&column| column.to_owned()).collect()),
    };
    let mut names = BTreeSet::new();
    for definition in definitions(&tables) {
        let indexes = definition.indexes.iter().map(|index| (index.name.to_owned(), keys(index.keys, index.columns)));
        let expected = (keys(definition.keys, None), indexes.collect());
        assert_eq!(template.table(&definition.name), expected, "{}", definition.name);
        let expiry = &template.resource(&definition.name)["Properties"]["TimeToLiveSpecification"];
        assert!(expiry["AttributeName"] == EXPIRES_AT && expiry["Enabled"] == true, "{}: {expiry}", definition.name);
        names.insert(definition.name);
    }
    assert_eq!(template.of_type("AWS::DynamoDB::Table").into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), names);
}

#[test]
fn metrics_are_those_that_the_functions_write() {
    let metrics = Template::read().metrics();
    assert!(metrics.len() > 5, "{metrics:?}");
    for (function, metric) in metrics {
        let folder = workspace_root().join("functions").join(&function).join("src");
        let sources = tests::house::text_files(&folder).unwrap();
        let writes = |text: &str| text.contains(&format!("Line::new(\"{function}\")")) && text.contains(&format!("\"{metric}\""));
        assert!(sources.iter().any(|(_, text)| writes(text)), "{function} writes no metric {metric}");
    }
}

/// A queue must hide a message for as long as its function may work on it, six times over, and an alarm must come before the limit.
#[test]
fn queues_and_alarms_follow_the_time_limits() {
    let template = Template::read();
    for (function, resource) in template.functions() {
        let number = |name: &str, property: &str| template.resource(name)["Properties"][property].as_u64().unwrap_or_default();
        let seconds = number(&resource, "Timeout");
        assert!(seconds > 0 && number(&format!("{resource}Slow"), "Threshold") == seconds * 800, "{function}");
        let queue = format!("{resource}Queue");
        if template.of_type("AWS::SQS::Queue").contains(&queue.as_str()) {
            assert_eq!(number(&queue, "VisibilityTimeout"), seconds * 6, "{function}");
        }
    }
    // The function answers before it is ended, and the gateway waits for it.
    let endpoint = template.resource("ScoreApi")["Properties"]["Timeout"].as_u64().unwrap();
    assert!(score_api::limits::REQUEST_TIME_MAX.as_secs() < endpoint && endpoint < 30);
}

/// The gateway lets through without a token what the function shows to anybody, and the question of browsers whether they may ask.
#[test]
fn what_is_open_at_the_gateway_is_open_in_the_code() {
    let routes = score_api::ROUTES.iter().filter(|route| route.roles.names().is_empty());
    let mut open: BTreeSet<_> =
        routes.map(|route| format!("{} {}", route.method, route.path.replace("{*file}", "{file+}"))).collect();
    open.insert("OPTIONS /{path+}".to_owned());
    assert_eq!(Template::read().open_routes().into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), open);
}
