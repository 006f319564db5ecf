//! How are the numbers told? As a table for people and as JSON by the names of the contract.

use super::audit::Audited;
use super::corpus::Corpus;
use super::http::Http;
use super::measured::Measured;
use super::stages::Stage;
use super::start::Start;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Below this part of a core the table warns: something else was running.
const QUIET_SHARE_MIN: f64 = 0.95;

/// What was measured on a file of the user's.
pub(crate) struct Data {
    pub(crate) rows: usize,
    pub(crate) row_bytes: usize,
    pub(crate) stages: Vec<(Stage, Measured)>,
}

/// Everything that was measured.
pub(crate) struct Results {
    pub(crate) stages: Vec<(Stage, Measured)>,
    pub(crate) data: Option<Data>,
    pub(crate) audited: Option<Audited>,
    pub(crate) peak_memory_bytes: u64,
    pub(crate) memory_rows: usize,
    pub(crate) python: Option<f64>,
    pub(crate) start: Option<Start>,
    pub(crate) http: Option<Http>,
    rows: usize,
    row_bytes: usize,
    policy: String,
}

impl Results {
    pub(crate) fn new(corpus: &Corpus) -> Self {
        Self {
            stages: Vec::new(),
            data: None,
            audited: None,
            peak_memory_bytes: 0,
            memory_rows: 0,
            python: None,
            start: None,
            http: None,
            rows: corpus.listings.len(),
            row_bytes: corpus.row_bytes(),
            policy: corpus.policy.id().to_owned(),
        }
    }

    /// Of the whole way of a row, from JSON lines.
    fn ratio_to_python(&self) -> Option<f64> {
        let (_, whole) = self.stages.iter().find(|(stage, _)| stage.name == "end_to_end_jsonl")?;
        self.python.map(|python| whole.rows_per_second / python)
    }

    /// The least part of its time that any stage was let run.
    fn core_share(&self) -> f64 {
        self.stages.iter().map(|(_, measured)| measured.core_share).fold(1.0, f64::min)
    }

    pub(crate) fn table(&self) -> String {
        let mut table = format!(
            "One core of {}, {} listings of {} bytes as JSON, policy {}\n\n{:<20} {:>12} {:>25} {:>9} {:>9}   what it is\n",
            processor(),
            self.rows,
            self.row_bytes,
            self.policy,
            "stage",
            "rows/s",
            "slowest to fastest",
            "MB/s",
            "us/row"
        );
        let line = |name: &str, measured: &Measured, meaning: &str| {
            let range = format!("{:.0} to {:.0}", measured.slowest, measured.fastest);
            let (rows, mb, micros) = (measured.rows_per_second, measured.mb_per_second, 1e6 / measured.rows_per_second);
            format!("{name:<20} {rows:>12.0} {range:>25} {mb:>9.0} {micros:>9.2}   {meaning}")
        };
        for (stage, measured) in &self.stages {
            writeln!(table, "{}", line(stage.name, measured, stage.meaning)).ok();
        }
        if let Some(Data { rows, row_bytes, stages }) = &self.data {
            writeln!(table, "\nThe same of {rows} listings of the file, {row_bytes} bytes each").ok();
            for (stage, measured) in stages {
                writeln!(table, "{}", line(stage.name, measured, stage.meaning)).ok();
            }
        }
        let share = self.core_share();
        if share < QUIET_SHARE_MIN {
            let percent = share * 100.0;
            writeln!(table, "\nThe machine was busy: this ran {percent:.0}% of the time. On a quiet one the rates are higher.\n")
                .ok();
        }
        let mut say = |name: &str, value: String| {
            writeln!(table, "{name:<20} {value}").ok();
        };
        if let (Some(python), Some(ratio)) = (self.python, self.ratio_to_python()) {
            say("python", format!("{python:>12.0}  rows/s, the same job: end_to_end_jsonl is {ratio:.1} times as fast"));
        } else {
            say("python", "not measured".into());
        }
        say("peak memory", format!("{:>12.1}  MB for a file of {} rows", megabytes(self.peak_memory_bytes), self.memory_rows));
        if let Some(audited) = &self.audited {
            let rows = format!(
                "{:>12.0}  rows/s, {} results scored again by two policies and taken through all steps",
                audited.rows_per_second, audited.rows
            );
            say("audit", rows);
            say("audit memory", format!("{:>12.1}  MB, with the stack in the process", megabytes(audited.peak_memory_bytes)));
            if let Some(database) = audited.database_rows_per_second {
                let times = database / audited.rows_per_second;
                say(
                    "duckdb",
                    format!("{database:>12.0}  rows/s, adding up the same file and nothing else: {times:.1} times as fast"),
                );
            }
        }
        match &self.start {
            Some(start) => {
                let ms = |time: std::time::Duration| time.as_secs_f64() * 1e3;
                say(
                    "start",
                    format!(
                        "{:>12.1}  ms to the first poll ({:.1} to {:.1})",
                        ms(start.median),
                        ms(start.fastest),
                        ms(start.slowest)
                    ),
                );
                say("binary", format!("{:>12}  bytes, {}", start.bytes, start.binary));
            }
            None => say("start", "not measured".into()),
        }
        for (name, value) in self.http.iter().flat_map(Http::lines) {
            say(&name, value);
        }
        table
    }

    pub(crate) fn json(&self) -> Value {
        let rates = |stages: &[(Stage, Measured)], pick: fn(&Measured) -> f64| -> Map<String, Value> {
            stages.iter().map(|(stage, measured)| (stage.name.to_owned(), json!(pick(measured).round()))).collect()
        };
        let of = |pick| rates(&self.stages, pick);
        let mut rows_per_second = of(|measured| measured.rows_per_second);
        rows_per_second.insert("python".into(), json!(self.python.map(f64::round)));
        let mut all = json!({
            "rows_per_second": rows_per_second,
            "slowest_rows_per_second": of(|measured| measured.slowest),
            "fastest_rows_per_second": of(|measured| measured.fastest),
            "mb_per_second": of(|measured| measured.mb_per_second),
            "ratio_to_python": self.ratio_to_python().map(|ratio| (ratio * 10.0).round() / 10.0),
            "peak_memory_mb": (megabytes(self.peak_memory_bytes) * 10.0).round() / 10.0,
            "peak_memory_rows": self.memory_rows,
            "cold_start_ms": self.start.as_ref().map(|start| (start.median.as_secs_f64() * 1e4).round() / 10.0),
            "bootstrap_bytes": self.start.as_ref().map(|start| start.bytes),
            "bootstrap": self.start.as_ref().map(|start| &start.binary),
            "core_share": (self.core_share() * 100.0).round() / 100.0,
            "rows": self.rows,
            "row_bytes": self.row_bytes,
            "policy": self.policy,
            "processor": processor(),
        });
        all["data"] = self
            .data
            .as_ref()
            .map(|data| {
                let rows_per_second = rates(&data.stages, |measured| measured.rows_per_second);
                json!({"rows": data.rows, "row_bytes": data.row_bytes, "rows_per_second": rows_per_second})
            })
            .into();
        all["audit"] = self
            .audited
            .as_ref()
            .map(|audited| {
                json!({
                    "rows": audited.rows,
                    "rows_per_second": audited.rows_per_second.round(),
                    "peak_memory_mb": (megabytes(audited.peak_memory_bytes) * 10.0).round() / 10.0,
                    "database_rows_per_second": audited.database_rows_per_second.map(f64::round),
                })
            })
            .into();
        all["http"] = self.http.as_ref().map(Http::json).into();
        all
    }
}

fn megabytes(bytes: u64) -> f64 {
    super::measured::number(bytes) / 1e6
}

/// The processor's name, as the kernel tells it.
fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    name.map_or_else(|| "an unnamed processor".to_owned(), |(_, name)| name.trim().to_owned())
}
