//! How are statements put into requests?

use super::Statement;

/// Most statements in one request, by the database's documentation. It stores all of a request or none.
pub const STATEMENTS_PER_BATCH_MAX: usize = 100;

/// Fills requests: each a line `{"statements":[...]}`, ready to be posted to `/api/v1/statements`.
#[derive(Debug, Default)]
pub struct Batches {
    /// Statements of the request that is being filled, each written.
    written: Vec<String>,
}

impl Batches {
    /// Adds a statement, and gives the request that it fills.
    pub fn push(&mut self, statement: &Statement) -> Option<String> {
        self.written.push(statement.to_json().to_string());
        (self.written.len() == STATEMENTS_PER_BATCH_MAX).then(|| self.line())
    }

    /// The last request, where one has begun.
    #[must_use]
    pub fn finish(mut self) -> Option<String> {
        (!self.written.is_empty()).then(|| self.line())
    }

    fn line(&mut self) -> String {
        let line = format!("{{\"statements\":[{}]}}\n", self.written.join(","));
        self.written.clear();
        line
    }
}
