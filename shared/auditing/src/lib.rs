//! What is caught, what is missed, and what changed? The steps of an audit, each a pure function over streamed rows.
//!
//! An audit goes once over every result of a window and over the decisions that people made. Each step takes rows one at a time, holds a
//! bounded amount whatever the number of rows, and can be written down and taken up again in the middle (`Serialize` and `Deserialize`).
//! No step depends on the order of the rows, so that two runs over one window say the same.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

mod bounded;
pub mod calibration;
mod decided;
pub mod drift;
pub mod estimate;
pub mod health;
mod inference;
pub mod integrity;
pub mod intervals;
pub mod limits;
pub mod networks;
pub mod personal_data;
pub mod report;
pub mod reporters;
pub mod rescoring;
pub mod sample;
pub mod statements;
pub mod words;

pub use bounded::Behind;
pub use calibration::Traits;
pub use decided::{Decided, Drawn, Fired};
pub use inference::Share;
