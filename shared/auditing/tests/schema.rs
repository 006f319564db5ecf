//! Does the published schema of `report.json` say exactly what the program writes?
#![allow(clippy::unwrap_used, clippy::panic)]

mod reports;

use auditing::estimate::Headline;
use auditing::health::{Side, Standing};
use auditing::integrity::{NotReplayed, Problem};
use auditing::networks::Shared;
use auditing::report::{ActionKind, Report};
use auditing::{drift::Stability, reporters::SourceStanding};
use scoring::Band;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Objects with names of any number instead of fields, which may have none.
const MAPS: &[&str] = &["/further/design/strata", "/further/model/strata", "/integrity/problems", "/integrity/rows_not_replayed"];

/// What is always absent: nobody looked at what is clear among the listings that were chosen for their risk.
const NEVER_SET: &str = "/calibration/chosen_groups/*/groups/*/errors";

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../docs/audit-report.schema.json")).unwrap()
}

/// Calls `found` with every place of a report, its path and what stands there. A path names every entry of a list `*`.
fn walk(value: &Value, path: &str, pointer: &str, found: &mut impl FnMut(&str, &str, &Value)) {
    found(path, pointer, value);
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                walk(item, &format!("{path}/*"), &format!("{pointer}/{at}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                walk(field, &format!("{path}/{name}"), &format!("{pointer}/{name}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_report_is_valid_and_reads_back_as_it_was() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for report in [reports::full(), reports::early(), reports::empty()] {
        let written = serde_json::to_value(&report).unwrap();
        let problems: Vec<String> =
            validator.iter_errors(&written).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        assert_eq!(serde_json::from_value::<Report>(written).unwrap(), report);
    }
}

/// Else a field that is never there could be called anything.
#[test]
fn the_full_example_has_everything() {
    let full = serde_json::to_value(reports::full()).unwrap();
    let (mut empty, mut filled) = (BTreeSet::new(), BTreeSet::new());
    walk(&full, "", "", &mut |path, _, value| {
        let is_empty =
            value.is_null() || value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty);
        if is_empty { &mut empty } else { &mut filled }.insert(path.to_owned());
    });
    let never: Vec<_> = empty.difference(&filled).collect();
    assert_eq!(never, [NEVER_SET]);
}

#[test]
fn a_field_less_or_more_is_no_report() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let full = serde_json::to_value(reports::full()).unwrap();
    // The first object at each path stands for the others.
    let mut objects: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    walk(&full, "", "", &mut |path, pointer, value| {
        if let Some(fields) = value.as_object() {
            objects.entry(path.to_owned()).or_insert_with(|| (pointer.to_owned(), fields.keys().cloned().collect()));
        }
    });
    let mut removed = 0;
    for (path, (pointer, names)) in &objects {
        let changed = |change: &dyn Fn(&mut Map<String, Value>)| {
            let mut report = full.clone();
            change(report.pointer_mut(pointer).and_then(Value::as_object_mut).unwrap());
            validator.is_valid(&report)
        };
        assert!(!changed(&|fields| drop(fields.insert("surprise".to_owned(), json!(1)))), "{path} takes anything");
        for name in names.iter().filter(|_| !MAPS.contains(&path.as_str())) {
            assert!(!changed(&|fields| drop(fields.remove(name))), "{path} does without {name}");
            assert!(
                !changed(&|fields| drop(fields.insert(name.clone(), json!({ "surprise": 1 })))),
                "{path}/{name} takes anything"
            );
            removed += 1;
        }
    }
    assert!(MAPS.iter().all(|path| objects.contains_key(*path)), "{:?}", objects.keys());
    assert!(removed > 300, "{removed} fields");
}

#[test]
fn every_definition_is_closed_and_explained() {
    let check = |name: &str, of: &Value| {
        assert!(of["description"].as_str().is_some_and(|text| text.ends_with('.')), "{name} is not explained");
        let Some(properties) = of["properties"].as_object() else { return };
        assert_eq!(of["additionalProperties"], json!(false), "{name} is open");
        let required: BTreeSet<&str> = of["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(required, properties.keys().map(String::as_str).collect(), "{name}");
        for (field, property) in properties {
            assert!(property["description"].as_str().is_some_and(|text| !text.is_empty()), "{name}.{field} is not explained");
        }
    };
    let schema = schema();
    check("report", &schema);
    schema["$defs"].as_object().unwrap().iter().for_each(|(name, of)| check(name, of));
}

/// All names of an enumeration, from what serde says of a name that is none.
fn variants<T: DeserializeOwned>() -> BTreeSet<String> {
    let error = serde_json::from_str::<T>("\"?\"").err().unwrap().to_string();
    let names: BTreeSet<String> = error.split('`').skip(1).step_by(2).filter(|name| *name != "?").map(str::to_owned).collect();
    assert!(names.len() > 1, "{error}");
    names
}

#[test]
fn every_name_is_in_the_schema_and_no_other() {
    let schema = schema();
    let check = |name: &str, expected: BTreeSet<String>| {
        let found = schema["$defs"][name]["oneOf"].as_array().unwrap_or_else(|| panic!("no definition {name}"));
        let found: BTreeSet<String> = found.iter().filter_map(|one| one["const"].as_str()).map(str::to_owned).collect();
        assert_eq!(found, expected, "{name}");
    };
    check("ActionKind", variants::<ActionKind>());
    check("Band", variants::<Band>());
    check("Headline", variants::<Headline>());
    check("NotReplayed", variants::<NotReplayed>());
    check("Problem", variants::<Problem>());
    check("Shared", variants::<Shared>());
    check("Side", variants::<Side>());
    check("SourceStanding", variants::<SourceStanding>());
    check("Stability", variants::<Stability>());
    check("Standing", variants::<Standing>());
}
