//! The stack on one machine: an S3, a DynamoDB and an SQS inside the process, and the same handlers as in the cloud behind them.
//!
//! [`Stack`] is the ground: three servers on loopback, reached through the AWS SDK. What runs here is what ships, so the emulators live on
//! the far side of the SDK's HTTP client and nowhere else.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

pub mod audits;
pub mod cli;
pub mod dispatcher;
mod drop_folder;
pub mod endpoint;
mod error;
pub mod limits;
mod loopback;
pub mod pipeline;
pub mod queue;
pub mod stack;
pub mod tokens;
pub mod transfer;

pub use dispatcher::Dispatcher;
pub use error::LocalError;
pub use pipeline::Pipeline;
pub use stack::{Ports, Stack, Storage};
pub use tokens::Tokens;
