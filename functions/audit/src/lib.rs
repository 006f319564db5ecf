//! On a schedule: what is caught, what is missed, and what changed?
//!
//! | question | module |
//! | --- | --- |
//! | what is done with an event | [`handle`] |
//! | what does an event ask for | `request` |
//! | what does a run go over, and by which decisions | `plan` |
//! | how does a run go from its claim to its end | `run` |
//! | what are the rows of a job | `rows` |
//! | what is counted on the way | `steps`; how, is in the crate `auditing` |
//! | does the table say what the files say | `table` |
//! | how does what was drawn get to the reviewers | `send` |
//! | what is published | `publish` |
//! | what does a person see of it | `page` |
//! | which settings are there | [`config`] |

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

pub mod config;
mod error;
mod handle;
pub mod limits;
mod page;
mod plan;
mod publish;
mod record;
mod request;
mod rows;
mod run;
mod send;
mod steps;
mod table;

pub use config::Config;
pub use error::Error;
pub use handle::{Deps, Response, handle};
pub use request::Request;
pub use run::Outcome;
pub use storage::Queue;
