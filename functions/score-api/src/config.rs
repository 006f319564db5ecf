//! Which settings does the endpoint have?

use crate::cursor::CursorKey;
use crate::identity::Identity;
use crate::limits::RESULT_DAYS_DEFAULT;
use lambda::config::{Reader, Variable};
use storage::Tables;

/// The settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// The tables.
    pub tables: Tables,
    /// Bucket for uploads.
    pub uploads_bucket: String,
    /// Bucket with the result files.
    pub results_bucket: String,
    /// How long results that are stored by a request and reviews are kept, in days.
    pub result_days: u32,
    /// Seals cursors.
    pub cursor_key: CursorKey,
    /// Origins whose pages may call the endpoint from a browser, such as `https://desk.example`.
    pub cors_origins: Vec<String>,
}

/// The environment variables. What `storage::sdk` reads (region, credentials, endpoints) comes on top.
pub const ENVIRONMENT: &[Variable] = &[
    Variable { name: "RESULTS_TABLE", default: None, meaning: "table of results" },
    Variable { name: "JOBS_TABLE", default: None, meaning: "table of jobs" },
    Variable { name: "REVIEWS_TABLE", default: None, meaning: "table of reviews" },
    Variable { name: "REQUESTS_TABLE", default: None, meaning: "table of answers to requests that may come again" },
    Variable { name: "UPLOADS_BUCKET", default: None, meaning: "bucket for uploads" },
    Variable { name: "RESULTS_BUCKET", default: None, meaning: "bucket with the result files" },
    Variable {
        name: "CURSOR_SECRET",
        default: None,
        meaning: "seals the cursors of the queue: 32 characters or more, the same for all instances",
    },
    Variable { name: "RESULT_DAYS", default: Some("396"), meaning: "days for which stored results and reviews are kept" },
    Variable {
        name: "CORS_ORIGINS",
        default: Some(""),
        meaning: "origins whose pages may call the endpoint from a browser, separated by spaces",
    },
    Variable {
        name: "ROLES_CLAIM",
        default: Some("roles"),
        meaning: "claim of the token that lists the roles, such as cognito:groups",
    },
    Variable {
        name: "ROLES_PREFIX",
        default: Some(""),
        meaning: "what stands before score, review and admin in that claim, such as touchstone-",
    },
    Variable {
        name: "IAM_ROLES",
        default: Some(""),
        meaning: "role=ARN pairs separated by spaces for callers that sign with IAM; an ARN may end in *",
    },
];

impl Config {
    /// The settings with their defaults.
    #[must_use]
    pub fn new(tables: Tables, uploads_bucket: &str, results_bucket: &str, cursor_key: CursorKey) -> Self {
        Self {
            tables,
            uploads_bucket: uploads_bucket.to_owned(),
            results_bucket: results_bucket.to_owned(),
            result_days: RESULT_DAYS_DEFAULT,
            cursor_key,
            cors_origins: Vec::new(),
        }
    }

    /// Reads [`ENVIRONMENT`]; gives beside the settings how callers are told apart on AWS.
    ///
    /// # Errors
    /// Names the variable that is missing or makes no sense.
    pub fn from_environment(lookup: &dyn Fn(&str) -> Option<String>) -> Result<(Self, Identity), lambda::Error> {
        let reader = Reader::new(ENVIRONMENT, lookup);
        let tables = Tables {
            results: reader.text("RESULTS_TABLE")?,
            jobs: reader.text("JOBS_TABLE")?,
            reviews: reader.text("REVIEWS_TABLE")?,
            requests: reader.text("REQUESTS_TABLE")?,
            // Audit runs are none of this function's business.
            audits: String::new(),
        };
        let secret = reader.text("CURSOR_SECRET")?;
        let cursor_key = CursorKey::from_secret(&secret).ok_or_else(|| lambda::Error::Setting {
            name: "CURSOR_SECRET",
            problem: format!("has {} characters and should have 32 or more", secret.chars().count()),
        })?;
        let mut config = Self::new(tables, &reader.text("UPLOADS_BUCKET")?, &reader.text("RESULTS_BUCKET")?, cursor_key);
        config.result_days = reader.parsed("RESULT_DAYS", "a number of days")?;
        let origins = reader.optional("CORS_ORIGINS")?.unwrap_or_default();
        config.cors_origins = origins.split_whitespace().map(str::to_owned).collect();
        let identity = Identity::new(
            &reader.text("ROLES_CLAIM")?,
            &reader.optional("ROLES_PREFIX")?.unwrap_or_default(),
            &reader.optional("IAM_ROLES")?.unwrap_or_default(),
        );
        let identity = identity.map_err(|problem| lambda::Error::Setting { name: "IAM_ROLES", problem })?;
        Ok((config, identity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUIRED: [(&str, &str); 7] = [
        ("RESULTS_TABLE", "r"),
        ("JOBS_TABLE", "j"),
        ("REVIEWS_TABLE", "v"),
        ("REQUESTS_TABLE", "q"),
        ("UPLOADS_BUCKET", "u"),
        ("RESULTS_BUCKET", "b"),
        ("CURSOR_SECRET", "0123456789abcdef0123456789abcdef"),
    ];

    fn read(more: &[(&str, &str)]) -> Result<Config, String> {
        let all: Vec<_> = REQUIRED.iter().chain(more).copied().collect();
        let lookup = |name: &str| all.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Config::from_environment(&lookup).map(|(config, _)| config).map_err(|error| error.to_string())
    }

    #[test]
    fn the_defaults_of_the_table_are_the_defaults_of_the_code() {
        let config = read(&[]).unwrap();
        assert_eq!((config.result_days, config.cors_origins.len()), (RESULT_DAYS_DEFAULT, 0));
        let config = read(&[("CORS_ORIGINS", "https://a.example  https://b.example")]).unwrap();
        assert_eq!(config.cors_origins, ["https://a.example", "https://b.example"]);
    }

    #[test]
    fn every_mistake_names_its_variable() {
        for (name, _) in REQUIRED {
            assert_eq!(read(&[(name, "")]).unwrap_err(), format!("the environment variable {name} is not set"));
        }
        for (name, value) in [("CURSOR_SECRET", "short"), ("RESULT_DAYS", "-1"), ("IAM_ROLES", "boss=arn:aws:iam::1:role/x")] {
            let error = read(&[(name, value)]).unwrap_err();
            assert!(error.starts_with(&format!("the environment variable {name} ")), "{error}");
        }
    }
}
