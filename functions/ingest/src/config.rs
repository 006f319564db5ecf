//! Which settings does ingest have?

use crate::limits::{DEADLINE_GAP_DEFAULT, HOPS_MAX_DEFAULT, RESULT_DAYS_DEFAULT, WORKERS_MAX};
use lambda::config::{Reader, Variable};
use scoring::Band;
use std::str::FromStr;
use std::time::Duration;

/// The settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Bucket for result files. Uploads must be in another one, so that results are never taken for uploads.
    pub results_bucket: String,
    /// Table of results.
    pub results_table: String,
    /// Table of jobs.
    pub jobs_table: String,
    /// Which results go into the table; the file has all.
    pub store_from: StoreFrom,
    /// How long results and job records are kept in the tables, in days.
    pub result_days: u32,
    /// How long before the end of the invocation no more rows are taken.
    pub deadline_gap: Duration,
    /// How many invocations one job may take.
    pub hops_max: u32,
    /// Scoring threads, at least one.
    pub workers: usize,
}

/// Which results go into the table. Anything but `Clear` saves writes and loses this: a listing that was flagged and is now
/// clear keeps its old result as the latest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreFrom {
    /// All.
    Clear,
    /// Those of the bands `review` and `red_flag`.
    Review,
    /// Those of the band `red_flag`.
    RedFlag,
    /// None: only the files are written.
    Nothing,
}

impl StoreFrom {
    /// Whether a result of this band is stored.
    #[must_use]
    pub fn stores(self, band: Band) -> bool {
        match self {
            Self::Clear => true,
            Self::Review => band >= Band::Review,
            Self::RedFlag => band >= Band::RedFlag,
            Self::Nothing => false,
        }
    }
}

impl FromStr for StoreFrom {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "clear" => Ok(Self::Clear),
            "review" => Ok(Self::Review),
            "red_flag" => Ok(Self::RedFlag),
            "nothing" => Ok(Self::Nothing),
            _ => Err(()),
        }
    }
}

/// The environment variables. What `storage::sdk` reads (region, credentials, endpoints) comes on top.
pub const ENVIRONMENT: &[Variable] = &[
    Variable { name: "RESULTS_BUCKET", default: None, meaning: "bucket for result files, not the one for uploads" },
    Variable { name: "RESULTS_TABLE", default: None, meaning: "table of results" },
    Variable { name: "JOBS_TABLE", default: None, meaning: "table of jobs" },
    Variable {
        name: "QUEUE_URL",
        default: Some(""),
        meaning: "the function's own queue, for jobs that need more than one invocation",
    },
    Variable {
        name: "STORE_FROM",
        default: Some("clear"),
        meaning: "lowest band that goes into the table: clear, review, red_flag or nothing",
    },
    Variable {
        name: "RESULT_DAYS",
        default: Some("396"),
        meaning: "days for which results and job records are kept in the tables",
    },
    Variable {
        name: "DEADLINE_GAP_SECONDS",
        default: Some("30"),
        meaning: "seconds before the end of the invocation from which no more rows are taken",
    },
    Variable { name: "HOPS_MAX", default: Some("100"), meaning: "invocations that one job may take" },
    Variable { name: "WORKERS", default: Some(""), meaning: "scoring threads; as many as there are vCPUs when not set" },
];

impl Config {
    /// The settings with their defaults.
    #[must_use]
    pub fn new(results_bucket: &str, results_table: &str, jobs_table: &str) -> Self {
        Self {
            results_bucket: results_bucket.to_owned(),
            results_table: results_table.to_owned(),
            jobs_table: jobs_table.to_owned(),
            store_from: StoreFrom::Clear,
            result_days: RESULT_DAYS_DEFAULT,
            deadline_gap: DEADLINE_GAP_DEFAULT,
            hops_max: HOPS_MAX_DEFAULT,
            workers: std::thread::available_parallelism().map_or(1, usize::from).min(WORKERS_MAX),
        }
    }

    /// Reads [`ENVIRONMENT`]; gives the address of the queue beside the settings.
    ///
    /// # Errors
    /// Names the variable that is missing or makes no sense.
    pub fn from_environment(lookup: &dyn Fn(&str) -> Option<String>) -> Result<(Self, Option<String>), lambda::Error> {
        let reader = Reader::new(ENVIRONMENT, lookup);
        let (results_table, jobs_table) = (reader.text("RESULTS_TABLE")?, reader.text("JOBS_TABLE")?);
        let mut config = Self::new(&reader.text("RESULTS_BUCKET")?, &results_table, &jobs_table);
        config.store_from = reader.parsed("STORE_FROM", "clear, review, red_flag or nothing")?;
        config.result_days = reader.parsed("RESULT_DAYS", "a number of days")?;
        config.deadline_gap = Duration::from_secs(reader.parsed::<u32>("DEADLINE_GAP_SECONDS", "a number of seconds")?.into());
        config.hops_max = reader.parsed("HOPS_MAX", "a number of invocations")?;
        if reader.optional("WORKERS")?.is_some() {
            config.workers = reader.parsed::<usize>("WORKERS", "a number of threads")?.clamp(1, WORKERS_MAX);
        }
        Ok((config, reader.optional("QUEUE_URL")?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUIRED: [(&str, &str); 3] = [("RESULTS_BUCKET", "b"), ("RESULTS_TABLE", "r"), ("JOBS_TABLE", "j")];

    fn read(more: &[(&str, &str)]) -> Result<(Config, Option<String>), String> {
        let all: Vec<_> = REQUIRED.iter().chain(more).copied().collect();
        let lookup = |name: &str| all.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Config::from_environment(&lookup).map_err(|error| error.to_string())
    }

    #[test]
    fn the_defaults_of_the_table_are_the_defaults_of_the_code() {
        let (config, queue) = read(&[]).unwrap();
        assert_eq!((config, queue), (Config::new("b", "r", "j"), None));
    }

    #[test]
    fn every_mistake_names_its_variable() {
        for (name, _) in REQUIRED {
            assert_eq!(read(&[(name, "")]).unwrap_err(), format!("the environment variable {name} is not set"));
        }
        for name in ["STORE_FROM", "RESULT_DAYS", "DEADLINE_GAP_SECONDS", "HOPS_MAX", "WORKERS"] {
            let error = read(&[(name, "-x")]).unwrap_err();
            assert!(error.starts_with(&format!("the environment variable {name} is '-x' and should be ")), "{error}");
        }
    }

    #[test]
    fn what_is_stored_depends_on_the_band() {
        let check = |text: &str, stored: [bool; 3]| {
            let store_from: StoreFrom = text.parse().unwrap();
            assert_eq!([Band::Clear, Band::Review, Band::RedFlag].map(|band| store_from.stores(band)), stored, "{text}");
        };
        check("clear", [true, true, true]);
        check("review", [false, true, true]);
        check("red_flag", [false, false, true]);
        check("nothing", [false, false, false]);
    }
}
