//! Does the shipped binary work on an AWS that this project did not write? `make conformance` shows the cases.
//!
//! Needs Python with `venv` and, the first time, PyPI: ministack, boto3 and zstandard are installed into `target/venv` (about ten
//! seconds). Without Python it says so and passes; with Python it runs, and what fails, fails.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use storage::Tables;
use storage::tables::{Definition, Index, Keys, definitions};
use tests::python::sandbox;
use tests::runtime_api::binary;

#[test]
fn the_binary_works_on_an_aws_of_other_hands() {
    let conformance = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance");
    let bootstrap = binary("ingest").unwrap();
    let target = bootstrap.parent().and_then(Path::parent).unwrap();
    let Some(python) = sandbox(target, "venv", &conformance.join("requirements.txt")) else {
        // Past the test harness, which keeps the output of what passes to itself.
        writeln!(std::io::stderr(), "skipped: the conformance test needs python3 with its venv module").unwrap();
        return;
    };
    let tables = target.join("conformance-tables.json");
    fs::write(&tables, table_requests().to_string()).unwrap();
    let run = Command::new(python)
        .arg(conformance.join("ministack.py"))
        .args([Path::new("--bootstrap"), &bootstrap, Path::new("--tables"), &tables])
        .output()
        .unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    println!("{text}");
    assert!(run.status.success() && text.contains(" 0 failed"), "the conformance run failed, see above");
}

/// What the product's own definitions are as `CreateTable` requests, so that this test cannot drift from them.
fn table_requests() -> Value {
    let tables = Tables::with_prefix("conformance");
    let names = [
        ("results", &tables.results),
        ("jobs", &tables.jobs),
        ("reviews", &tables.reviews),
        ("audits", &tables.audits),
        ("requests", &tables.requests),
    ];
    let requests = definitions(&tables).map(|definition| {
        let what = names.iter().find(|(_, name)| **name == definition.name).map(|(what, _)| *what);
        json!({"what": what, "create": table_request(&definition)})
    });
    Value::from(requests.to_vec())
}

fn table_request(definition: &Definition) -> Value {
    let all_keys = std::iter::once(definition.keys).chain(definition.indexes.iter().map(|index| index.keys));
    let names: BTreeSet<_> = all_keys.flat_map(|keys| std::iter::once(keys.partition).chain(keys.sort)).collect();
    let attributes: Vec<_> = names.iter().map(|name| json!({"AttributeName": name, "AttributeType": "S"})).collect();
    let mut request = json!({
        "TableName": definition.name,
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": key_schema(definition.keys),
        "AttributeDefinitions": attributes,
    });
    if !definition.indexes.is_empty() {
        request["GlobalSecondaryIndexes"] = definition.indexes.iter().map(index_request).collect();
    }
    request
}

fn index_request(index: &Index) -> Value {
    let projection = match index.columns {
        None => json!({"ProjectionType": "ALL"}),
        Some(columns) => json!({"ProjectionType": "INCLUDE", "NonKeyAttributes": columns}),
    };
    json!({"IndexName": index.name, "KeySchema": key_schema(index.keys), "Projection": projection})
}

fn key_schema(keys: Keys) -> Value {
    let element = |name: &str, kind: &str| json!({"AttributeName": name, "KeyType": kind});
    std::iter::once(element(keys.partition, "HASH")).chain(keys.sort.map(|sort| element(sort, "RANGE"))).collect()
}
