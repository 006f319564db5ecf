//! Which settings does audit have?

use crate::limits::{
    DEADLINE_GAP_DEFAULT, HALF_WIDTH_DEFAULT, HOPS_MAX_DEFAULT, RUN_DAYS_DEFAULT, WINDOW_DAYS_DEFAULT, WINDOW_DAYS_MAX,
};
use auditing::limits::{SAMPLE_ITEMS_DEFAULT, SAMPLE_ITEMS_MAX};
use auditing::statements::StatementSettings;
use lambda::config::{Reader, Variable};
use sha2::{Digest, Sha256};
use std::time::Duration;
use storage::Tables;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Bucket with the result files, into which reports go, too.
    pub results_bucket: String,
    /// The tables.
    pub tables: Tables,
    /// Days before its end at which a window begins.
    pub window_days: u32,
    /// Listings that are sent to review at random at most.
    pub sample_budget: u32,
    /// From which the draw follows. Sellers must not know it.
    pub seed: u64,
    /// Names contacts in reports, so that only those who have it can tell what they are.
    pub contact_key: String,
    /// Width to either side to which the miss rate should be known, as a share.
    pub half_width: f64,
    /// The run whose window others are compared with, beside the last one.
    pub reference_run: Option<String>,
    /// What a platform decides once for all its statements of reasons.
    pub statements: StatementSettings,
    /// How long before the end of the invocation no more rows are taken.
    pub deadline_gap: Duration,
    /// How many invocations one run may take.
    pub hops_max: u32,
    /// How long records of runs are kept in the table, in days.
    pub run_days: u32,
}

/// The environment variables. What `storage::sdk` reads (region, credentials, endpoints) comes on top.
pub const ENVIRONMENT: &[Variable] = &[
    Variable { name: "RESULTS_BUCKET", default: None, meaning: "bucket with the result files; reports go there, too" },
    Variable { name: "RESULTS_TABLE", default: None, meaning: "table of results" },
    Variable { name: "JOBS_TABLE", default: None, meaning: "table of jobs" },
    Variable { name: "REVIEWS_TABLE", default: None, meaning: "table of reviews" },
    Variable { name: "AUDITS_TABLE", default: None, meaning: "table of audit runs" },
    Variable {
        name: "QUEUE_URL",
        default: Some(""),
        meaning: "the function's own queue, for runs that need more than one invocation",
    },
    Variable {
        name: "SECRET",
        default: None,
        meaning: "any secret text: which listings are drawn at random, and how contacts are named in reports, follows from it",
    },
    Variable { name: "WINDOW_DAYS", default: Some("7"), meaning: "days before its end at which a scheduled window begins" },
    Variable { name: "SAMPLE_BUDGET", default: Some("1000"), meaning: "listings that a run sends to review at random at most" },
    Variable {
        name: "HALF_WIDTH",
        default: Some("0.02"),
        meaning: "width to either side to which the miss rate should be known, as a share",
    },
    Variable {
        name: "REFERENCE_RUN",
        default: Some(""),
        meaning: "name of the run whose window others are compared with, beside the last one",
    },
    Variable {
        name: "STATEMENTS",
        default: Some("{}"),
        meaning: "JSON of what the platform decides once for all its statements of reasons",
    },
    Variable {
        name: "DEADLINE_GAP_SECONDS",
        default: Some("60"),
        meaning: "seconds before the end of the invocation from which no more rows are taken",
    },
    Variable { name: "HOPS_MAX", default: Some("100"), meaning: "invocations that one run may take" },
    Variable { name: "RUN_DAYS", default: Some("1100"), meaning: "days for which records of runs are kept in the table" },
];

impl Config {
    /// The settings with their defaults, for tables of a common prefix. The secret is the bucket's name: enough for a laptop.
    #[must_use]
    pub fn new(results_bucket: &str, tables_prefix: &str) -> Self {
        Self::with(results_bucket.to_owned(), Tables::with_prefix(tables_prefix), results_bucket)
    }

    fn with(results_bucket: String, tables: Tables, secret: &str) -> Self {
        let of = |purpose: &str| Sha256::new().chain_update(purpose).chain_update([0]).chain_update(secret).finalize();
        let seed = of("sample").iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte));
        Self {
            results_bucket,
            tables,
            window_days: WINDOW_DAYS_DEFAULT,
            sample_budget: SAMPLE_ITEMS_DEFAULT,
            seed,
            contact_key: of("contacts").iter().map(|byte| format!("{byte:02x}")).collect(),
            half_width: HALF_WIDTH_DEFAULT,
            reference_run: None,
            statements: StatementSettings::default(),
            deadline_gap: DEADLINE_GAP_DEFAULT,
            hops_max: HOPS_MAX_DEFAULT,
            run_days: RUN_DAYS_DEFAULT,
        }
    }

    /// Reads [`ENVIRONMENT`]; gives the address of the queue beside the settings.
    ///
    /// # Errors
    /// Names the variable that is missing or makes no sense.
    pub fn from_environment(lookup: &dyn Fn(&str) -> Option<String>) -> Result<(Self, Option<String>), lambda::Error> {
        let reader = Reader::new(ENVIRONMENT, lookup);
        let mut tables = Tables::with_prefix("");
        for (table, name) in [
            (&mut tables.results, "RESULTS_TABLE"),
            (&mut tables.jobs, "JOBS_TABLE"),
            (&mut tables.reviews, "REVIEWS_TABLE"),
            (&mut tables.audits, "AUDITS_TABLE"),
        ] {
            *table = reader.text(name)?;
        }
        let mut config = Self::with(reader.text("RESULTS_BUCKET")?, tables, &reader.text("SECRET")?);
        let days_max = u32::try_from(WINDOW_DAYS_MAX).unwrap_or(u32::MAX);
        config.window_days = reader.parsed::<u32>("WINDOW_DAYS", "a number of days")?.clamp(1, days_max);
        config.sample_budget = reader.parsed::<u32>("SAMPLE_BUDGET", "a number of listings")?.min(SAMPLE_ITEMS_MAX);
        config.half_width = reader.parsed::<f64>("HALF_WIDTH", "a share between 0 and 1")?.clamp(0.001, 0.5);
        config.reference_run = reader.optional("REFERENCE_RUN")?;
        config.statements = reader.parsed::<Json<StatementSettings>>("STATEMENTS", "JSON of settings for statements")?.0;
        config.deadline_gap = Duration::from_secs(reader.parsed::<u32>("DEADLINE_GAP_SECONDS", "a number of seconds")?.into());
        config.hops_max = reader.parsed("HOPS_MAX", "a number of invocations")?;
        config.run_days = reader.parsed("RUN_DAYS", "a number of days")?;
        Ok((config, reader.optional("QUEUE_URL")?))
    }
}

/// A variable that is JSON.
struct Json<T>(T);

impl<T: serde::de::DeserializeOwned> std::str::FromStr for Json<T> {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUIRED: [(&str, &str); 6] = [
        ("RESULTS_BUCKET", "b"),
        ("RESULTS_TABLE", "t-results"),
        ("JOBS_TABLE", "t-jobs"),
        ("REVIEWS_TABLE", "t-reviews"),
        ("AUDITS_TABLE", "t-audits"),
        ("SECRET", "b"),
    ];

    fn read(more: &[(&str, &str)]) -> Result<(Config, Option<String>), String> {
        let all: Vec<_> = REQUIRED.iter().chain(more).copied().collect();
        let lookup = |name: &str| all.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Config::from_environment(&lookup).map_err(|error| error.to_string())
    }

    #[test]
    fn the_defaults_of_the_table_are_the_defaults_of_the_code() {
        let (mut config, queue) = read(&[]).unwrap();
        // The one table that audits never ask for.
        "t-requests".clone_into(&mut config.tables.requests);
        assert_eq!((config, queue), (Config::new("b", "t"), None));
    }

    #[test]
    fn every_mistake_names_its_variable() {
        for (name, _) in REQUIRED {
            assert_eq!(read(&[(name, "")]).unwrap_err(), format!("the environment variable {name} is not set"));
        }
        for name in ["WINDOW_DAYS", "SAMPLE_BUDGET", "HALF_WIDTH", "STATEMENTS", "DEADLINE_GAP_SECONDS", "HOPS_MAX", "RUN_DAYS"] {
            let error = read(&[(name, "-x")]).unwrap_err();
            assert!(error.starts_with(&format!("the environment variable {name} is '-x' and should be ")), "{error}");
        }
    }

    #[test]
    fn another_secret_draws_other_listings() {
        let seed = |secret| read(&[("SECRET", secret)]).unwrap().0.seed;
        assert_eq!(seed("x"), seed("x"));
        assert_ne!(seed("x"), seed("y"));
    }
}
