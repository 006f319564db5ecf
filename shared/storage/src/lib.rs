//! Where is everything kept? S3 objects and DynamoDB items; no other crate knows their layout, and no other one talks to AWS.
//!
//! | question | module |
//! | --- | --- |
//! | how do the SDK's clients behave | [`sdk`] |
//! | which tables and indexes are there | [`tables`] |
//! | how are results written and read back | [`results`] |
//! | what is to be reviewed next | [`results::queue`] |
//! | which audit runs were there | [`audits`] |
//! | who works on a job, and how far is it | [`jobs`] |
//! | how are objects named, read and written | [`objects`] |

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

pub mod audits;
mod backoff;
mod error;
pub mod jobs;
pub mod limits;
pub mod objects;
mod order;
mod queue;
pub mod requests;
pub mod results;
pub mod reviews;
pub mod sdk;
pub mod tables;

pub use error::{Class, Error};
pub use order::Upload;
pub use queue::Queue;
pub use tables::Tables;
