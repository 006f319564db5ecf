//! What is there in the end? Every item of every table and every result object, ready to be compared.

use super::{World, broken};
use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Debug;
use storage::tables::definitions;

/// What an attempt notes about itself and what time has passed: the only things that may differ when a job needed several.
const ATTEMPT: &[&str] = &["owner", "attempts", "lease_until_ms", "hop", "finished_at", "seconds", "rows_per_second"];

/// Differences of a kind that are shown in full.
const SHOWN_MAX: usize = 3;

/// Bytes of a difference that are shown.
const SHOWN_BYTES: usize = 400;

/// All that a world holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Items by table and key, as canonical JSON.
    pub items: BTreeMap<(String, String), Value>,
    /// Result objects by key.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Objects that jobs have left for a next invocation.
    pub work: BTreeSet<String>,
    /// Uploads of several parts that were begun and neither completed nor aborted.
    pub unfinished_uploads: usize,
}

impl World {
    /// Everything, read through clients without faults.
    ///
    /// # Panics
    /// When the stack does not answer.
    pub async fn state(&self) -> State {
        let deps = self.stack.deps();
        let mut items = BTreeMap::new();
        for definition in definitions(&local::stack::tables()) {
            let mut pages = deps.dynamodb.scan().table_name(&definition.name).into_paginator().send();
            while let Some(page) = pages.next().await {
                let page = page.unwrap_or_else(|error| broken("the scan", &error));
                for item in page.items() {
                    let keys = std::iter::once(definition.keys.partition).chain(definition.keys.sort);
                    let key = keys.map(|name| plain(item.get(name)).to_string()).collect::<Vec<_>>().join(" ");
                    items.insert((definition.name.clone(), key), comparable(&plain_item(item)));
                }
            }
        }
        let mut state =
            State { items, files: BTreeMap::new(), work: BTreeSet::new(), unfinished_uploads: self.unfinished_uploads() };
        let bucket = &deps.config.results_bucket;
        let mut pages = deps.s3.list_objects_v2().bucket(bucket).into_paginator().send();
        while let Some(page) = pages.next().await {
            let page = page.unwrap_or_else(|error| broken("the list", &error));
            for key in page.contents().iter().filter_map(|object| object.key()) {
                if key.contains("/hops/") {
                    state.work.insert(key.to_owned());
                    continue;
                }
                let object = deps.s3.get_object().bucket(bucket).key(key).send().await;
                let object = object.unwrap_or_else(|error| broken(key, &error));
                let body = object.body.collect().await.unwrap_or_else(|error| broken(key, &error)).to_vec();
                state.files.insert(key.to_owned(), body);
            }
        }
        let plain = state.files.clone();
        for (key, body) in &mut state.files {
            match key.rsplit_once('/') {
                Some((_, "summary.json")) => *body = comparable_json(body),
                Some((job, "report.html")) => *body = comparable_page(body, plain.get(&format!("{job}/summary.json"))),
                _ => {}
            }
        }
        state
    }
}

impl World {
    /// The local store keeps a note of each upload beside its buckets.
    fn unfinished_uploads(&self) -> usize {
        let entries =
            std::fs::read_dir(self.stack.home().join("s3")).unwrap_or_else(|error| broken("the folder of the store", &error));
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        names.filter(|name| name.starts_with(".upload-") && name.ends_with(".json")).count()
    }
}

impl State {
    /// What differs, the first few of each kind and how many there are; nothing when the two are the same.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let items = |state: &Self| state.items.iter().map(|(key, item)| (key.clone(), item.to_string().into_bytes())).collect();
        let mut found = differing("item", &items(self), &items(other));
        found.extend(differing("file", &self.files, &other.files));
        found
    }

    /// The same, with the time at which each job first began called `start`: for runs in which jobs begin at other times. A result
    /// that was not scored at its job's own start keeps its time, and differs.
    #[must_use]
    pub fn from_start(mut self) -> Self {
        let jobs: Vec<_> = self.jobs().cloned().collect();
        for job in &jobs {
            let (Some(id), Some(start)) = (job["job_id"].as_str(), job["started_at"].as_str()) else { continue };
            for item in self.items.values_mut().filter(|item| item["job_id"] == id) {
                let text = item.to_string().replace(start, "start");
                let expiry = format!("\"expires_at\":{}", job["expires_at"]);
                let text = text.replace(&expiry, "\"expires_at\":\"after start\"");
                *item = serde_json::from_str(&text).unwrap_or_else(|error| broken("an item", &error));
            }
            let folder = format!("jobs/{id}/");
            for (key, bytes) in self.files.range_mut(folder.clone()..).take_while(|(key, _)| key.starts_with(&folder)) {
                let plain = if key.ends_with(".zst") {
                    zstd::decode_all(bytes.as_slice()).unwrap_or_else(|error| broken(key, &error))
                } else {
                    std::mem::take(bytes)
                };
                *bytes = String::from_utf8_lossy(&plain).replace(start, "start").into_bytes();
            }
        }
        self
    }

    /// The newest result of a listing.
    #[must_use]
    pub fn latest(&self, listing_id: &str) -> Option<&Value> {
        let of_listing = self.items.values().filter(|item| item["listing_id"] == listing_id && item.get("order_key").is_some());
        of_listing.max_by_key(|item| item["order_key"].as_str().map(str::to_owned))
    }

    /// The job records.
    pub fn jobs(&self) -> impl Iterator<Item = &Value> {
        self.items.values().filter(|item| item.get("started_at").is_some() && item.get("order_key").is_none())
    }

    /// The result file of this name of the only job.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        let mut of_name = self.files.iter().filter(|(key, _)| key.ends_with(&format!("/{name}")));
        of_name.next().map(|(_, bytes)| bytes.as_slice())
    }
}

fn differing<K: Ord + Debug>(what: &str, expected: &BTreeMap<K, Vec<u8>>, found: &BTreeMap<K, Vec<u8>>) -> Vec<String> {
    let keys: BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    let differing: Vec<_> = keys.into_iter().filter(|key| expected.get(key) != found.get(key)).collect();
    let shown = differing.iter().take(SHOWN_MAX).map(|key| {
        let (expected, found) = (expected.get(*key), found.get(*key));
        let same = expected.iter().flat_map(|bytes| *bytes).zip(found.iter().flat_map(|bytes| *bytes));
        let start = same.take_while(|(one, other)| one == other).count().saturating_sub(SHOWN_BYTES / 4);
        format!(
            "{what} {key:?}, from byte {start}\n  expected {}\n  found    {}",
            excerpt(expected, start),
            excerpt(found, start)
        )
    });
    let mut lines: Vec<_> = shown.collect();
    if differing.len() > SHOWN_MAX {
        lines.push(format!("{} of {} {what}s differ", differing.len(), expected.len()));
    }
    lines
}

fn excerpt(bytes: Option<&Vec<u8>>, start: usize) -> String {
    let Some(bytes) = bytes else { return "nothing".to_owned() };
    let end = bytes.len().min(start + SHOWN_BYTES);
    format!("{} bytes: {}", bytes.len(), bytes[start.min(end)..end].escape_ascii())
}

/// Without what an attempt notes about itself, at any depth, and in JSON inside JSON.
fn comparable(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(name, _)| !ATTEMPT.contains(&name.as_str()));
            kept.map(|(name, value)| (name.clone(), comparable(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(values) => values.iter().map(comparable).collect(),
        Value::String(text) if text.starts_with('{') => {
            serde_json::from_str(text).map_or_else(|_| value.clone(), |inner| comparable(&inner))
        }
        other => other.clone(),
    }
}

fn comparable_json(bytes: &[u8]) -> Vec<u8> {
    serde_json::from_slice(bytes).map_or_else(|_| bytes.to_vec(), |value| comparable(&value).to_string().into_bytes())
}

/// The page says when its job ended: the first such time behind the word.
fn comparable_page(page: &[u8], summary: Option<&Vec<u8>>) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let summary: Value = summary.and_then(|json| serde_json::from_slice(json).ok()).unwrap_or_default();
    match (page.rsplit_once("Finished"), summary["finished_at"].as_str()) {
        (Some((before, behind)), Some(time)) => {
            format!("{before}Finished{}", behind.replacen(time, "at some time", 1)).into_bytes()
        }
        _ => page.into_owned().into_bytes(),
    }
}

fn plain_item(item: &HashMap<String, AttributeValue>) -> Value {
    item.iter().map(|(name, value)| (name.clone(), plain(Some(value)))).collect::<Map<_, _>>().into()
}

fn plain(value: Option<&AttributeValue>) -> Value {
    match value {
        Some(AttributeValue::S(text)) => json!(text),
        // With its type, so that a number and its text differ.
        Some(AttributeValue::N(number)) => json!({ "N": number }),
        Some(AttributeValue::Bool(truth)) => json!(truth),
        Some(AttributeValue::L(values)) => values.iter().map(|value| plain(Some(value))).collect(),
        Some(AttributeValue::M(fields)) => plain_item(fields),
        other => json!(format!("{other:?}")),
    }
}
