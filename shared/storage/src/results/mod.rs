//! How are results written to the table and read back?

mod item;
pub mod queue;
mod read;
mod write;

pub(crate) use item::queue_keys;
pub use item::{Origin, QUEUE_KEYS, StoredResult, to_item};
pub use read::{By, history, latest, top_risks};
pub use write::BatchWriter;

/// One item of the results table, as the SDK takes it.
pub type Item = std::collections::HashMap<String, aws_sdk_dynamodb::types::AttributeValue>;
