//! How does a Rust Lambda behave well?
//!
//! | question | module |
//! | --- | --- |
//! | which objects does an event tell of | [`events`] |
//! | what happens to a batch of which one message fails | [`batch`] |
//! | how much time is left | [`deadline`] |
//! | which settings are there | [`config`] |
//! | what does one invocation report | [`metrics`] |
//! | what is done about an error | [`error`] |
//! | what does `main` have to do | [`runtime`] |

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

pub mod batch;
pub mod config;
pub mod deadline;
pub mod error;
pub mod events;
pub mod limits;
pub mod metrics;
pub mod runtime;

pub use batch::BatchResponse;
pub use deadline::{Clock, Invocation};
pub use error::{Class, Error};
