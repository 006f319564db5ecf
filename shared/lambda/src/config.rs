//! Which settings does a function have? A table that the reader, the error texts and the documentation share.

use crate::Error;
use std::str::FromStr;

/// One environment variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What is taken when it is not set; `None` when it must be set; empty when it may be left out.
    pub default: Option<&'static str>,
    /// What it decides, with its unit.
    pub meaning: &'static str,
}

/// Reads the variables of a table; asking for one that is not in it is a mistake in the program and reported as one.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    table: &'a [Variable],
    lookup: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Reader<'a> {
    /// Of a table, from wherever `lookup` looks.
    #[must_use]
    pub fn new(table: &'a [Variable], lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { table, lookup }
    }

    /// A text that may be left out; blank counts as left out.
    ///
    /// # Errors
    /// When it must be set and is not.
    pub fn optional(&self, name: &'static str) -> Result<Option<String>, Error> {
        let problem = |problem: &str| Error::Setting { name, problem: problem.to_owned() };
        let variable = self.table.iter().find(|variable| variable.name == name).ok_or_else(|| problem("is not in the table"))?;
        let given = (self.lookup)(name).filter(|value| !value.trim().is_empty());
        match given.or_else(|| variable.default.map(str::to_owned)) {
            None => Err(problem("is not set")),
            Some(value) if value.is_empty() => Ok(None),
            Some(value) => Ok(Some(value.trim().to_owned())),
        }
    }

    /// A text.
    ///
    /// # Errors
    /// When it is not set and has no default.
    pub fn text(&self, name: &'static str) -> Result<String, Error> {
        self.optional(name)?.ok_or_else(|| Error::Setting { name, problem: "is not set".to_owned() })
    }

    /// Anything that reads from text, such as a number.
    ///
    /// # Errors
    /// When it is not set and has no default, or does not read; the error names the variable and what was expected.
    pub fn parsed<T: FromStr>(&self, name: &'static str, expected: &str) -> Result<T, Error> {
        let text = self.text(name)?;
        text.parse().map_err(|_| Error::Setting { name, problem: format!("is '{text}' and should be {expected}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[Variable] = &[
        Variable { name: "BUCKET", default: None, meaning: "a bucket" },
        Variable { name: "DAYS", default: Some("400"), meaning: "days" },
        Variable { name: "QUEUE", default: Some(""), meaning: "a queue" },
    ];

    #[test]
    fn every_case_of_a_variable() {
        let check = |name: &'static str, given: Option<&str>, expected: Result<Option<&str>, &str>| {
            let lookup = |_: &str| given.map(str::to_owned);
            let found = Reader::new(TABLE, &lookup).optional(name).map_err(|error| error.to_string());
            assert_eq!(found, expected.map(|value| value.map(str::to_owned)).map_err(str::to_owned));
        };
        check("BUCKET", Some(" b "), Ok(Some("b")));
        check("BUCKET", Some(" "), Err("the environment variable BUCKET is not set"));
        check("BUCKET", None, Err("the environment variable BUCKET is not set"));
        check("DAYS", None, Ok(Some("400")));
        check("QUEUE", None, Ok(None));
        check("OTHER", Some("x"), Err("the environment variable OTHER is not in the table"));
    }

    #[test]
    fn a_value_that_does_not_read_is_named() {
        let lookup = |_: &str| Some("many".to_owned());
        let error = Reader::new(TABLE, &lookup).parsed::<u32>("DAYS", "a number of days").unwrap_err();
        assert_eq!(error.to_string(), "the environment variable DAYS is 'many' and should be a number of days");
    }
}
