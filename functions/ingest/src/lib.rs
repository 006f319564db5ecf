//! An export lands in the bucket: every listing is scored and stored.
//!
//! | question | module |
//! | --- | --- |
//! | what is done with an event | [`handle`] |
//! | how does one job go from its claim to its end | `job` |
//! | how do the bytes of an export become results | `pipeline`: parse, score, write |
//! | where does a job go on that ran out of time | `checkpoint` |
//! | which settings are there | [`config`] |
//! | what does a person see of a job | [`report`] |

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

mod checkpoint;
pub mod config;
mod error;
mod handle;
mod job;
pub mod limits;
mod measures;
mod pipeline;
pub mod report;

pub use config::{Config, StoreFrom};
pub use error::Error;
pub use handle::{Deps, Progress, handle};
pub use storage::Queue;
