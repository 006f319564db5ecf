//! Bytes in, listings out, row by row, for every export format. No network.

use serde::{Deserialize, Serialize};

/// A row that is no listing. Its JSON is one line of `rejects.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reject {
    /// Where the row begins: line of the decompressed file, from 1.
    pub line: u64,
    /// Stable machine name, such as `row.missing_title`.
    pub code: String,
    /// For a person; never more than a short quotation.
    pub detail: String,
}
