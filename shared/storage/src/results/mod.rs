//! How are results written to the table and read back?

mod item;
mod keys;
mod listing;
pub mod queue;
mod read;
mod write;

pub use item::{Drawn, Origin, StoredResult, to_drawn_item, to_item};
pub use keys::{QUEUE_KEYS, QUEUE_RANK};
pub use read::{By, history, latest, of_row, top_risks};
pub use write::{BatchWriter, send_to_review};

/// One item of the results table, as the SDK takes it.
pub type Item = std::collections::HashMap<String, aws_sdk_dynamodb::types::AttributeValue>;
