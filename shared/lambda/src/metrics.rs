//! What does one invocation report? One wide line in CloudWatch's embedded metric format, which costs no call.
//!
//! The message is constant, the data is in fields, and no field carries listing text.

use serde_json::{Map, Value, json};
use std::fmt;
use std::sync::Arc;

/// The namespace of all our metrics.
pub const NAMESPACE: &str = "Touchstone";

/// The unit of a metric, by CloudWatch's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names are the units
pub enum Unit {
    Count,
    Bytes,
    Milliseconds,
}

/// Collects the line of one invocation.
#[derive(Clone, Debug)]
pub struct Line {
    fields: Map<String, Value>,
    definitions: Vec<Value>,
}

impl Line {
    /// For a function, with its name as the only dimension: every further one would be billed as metrics of its own.
    #[must_use]
    pub fn new(function: &str) -> Self {
        let mut fields = Map::new();
        fields.insert("message".to_owned(), json!("invocation"));
        fields.insert("function".to_owned(), json!(function));
        Self { fields, definitions: Vec::new() }
    }

    /// Adds a number that becomes a metric.
    pub fn metric(&mut self, name: &str, unit: Unit, value: u64) -> &mut Self {
        let unit = match unit {
            Unit::Count => "Count",
            Unit::Bytes => "Bytes",
            Unit::Milliseconds => "Milliseconds",
        };
        if self.fields.insert(name.to_owned(), json!(value)).is_none() {
            self.definitions.push(json!({"Name": name, "Unit": unit}));
        }
        self
    }

    /// Adds a field that is only for searching, such as an id.
    pub fn property(&mut self, name: &str, value: impl Into<Value>) -> &mut Self {
        self.fields.insert(name.to_owned(), value.into());
        self
    }

    /// The line, as of a time in milliseconds since 1970.
    #[must_use]
    pub fn render(&self, timestamp_ms: i64) -> String {
        let mut fields = self.fields.clone();
        let directive = json!({"Namespace": NAMESPACE, "Dimensions": [["function"]], "Metrics": self.definitions});
        fields.insert("_aws".to_owned(), json!({"Timestamp": timestamp_ms, "CloudWatchMetrics": [directive]}));
        Value::Object(fields).to_string()
    }
}

/// Where lines go.
#[derive(Clone)]
pub struct Sink(Arc<dyn Fn(&str) + Send + Sync>);

impl Sink {
    /// To standard output, where Lambda's log agent finds the metrics.
    #[must_use]
    pub fn stdout() -> Self {
        Self::new(|line| println!("{line}"))
    }

    /// Nowhere: the laptop shows a progress bar instead.
    #[must_use]
    pub fn none() -> Self {
        Self::new(|_| {})
    }

    /// To a function.
    #[must_use]
    pub fn new(write: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Arc::new(write))
    }

    /// Writes one line.
    pub fn write(&self, line: &str) {
        (self.0)(line);
    }
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sink")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_metric_format() {
        let mut line = Line::new("ingest");
        line.metric("rows", Unit::Count, 3).metric("parse_ms", Unit::Milliseconds, 7).property("job_id", "j-1");
        line.metric("rows", Unit::Count, 4);
        let rendered: Value = serde_json::from_str(&line.render(1_790_000_000_000)).unwrap();
        assert_eq!(
            rendered,
            json!({
                "_aws": {
                    "Timestamp": 1_790_000_000_000_i64,
                    "CloudWatchMetrics": [{
                        "Namespace": "Touchstone",
                        "Dimensions": [["function"]],
                        "Metrics": [{"Name": "rows", "Unit": "Count"}, {"Name": "parse_ms", "Unit": "Milliseconds"}],
                    }],
                },
                "message": "invocation", "function": "ingest", "rows": 4, "parse_ms": 7, "job_id": "j-1",
            })
        );
        assert!(!line.render(0).contains('\n'));
    }
}
