//! Score now, read results, review: the HTTPS endpoint.
//!
//! | question | module |
//! | --- | --- |
//! | which routes are there, and what answers them | [`ROUTES`], `routes` |
//! | who may do what | [`access`]; who asks, on AWS: [`identity`] |
//! | what happens to every request | `requests` |
//! | how is a body or a parameter read | `body`, `params` |
//! | how does it say that something went wrong | [`problem`] |
//! | how is a request that comes twice worked on once | `once` |
//! | on which state was a decision made | `state` |
//! | how does a client come back for the next page | [`cursor`] |
//! | what does an event of the gateway become | [`gateway`] |
//! | which settings are there | [`config`] |
//! | what do people see | `console`, `docs` |

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

pub mod access;
mod body;
pub mod config;
mod console;
pub mod cursor;
mod deps;
mod docs;
pub mod gateway;
pub mod identity;
pub mod limits;
mod once;
mod params;
pub mod problem;
mod requests;
mod routes;
mod state;

pub use access::{Principal, Role, Roles};
pub use config::Config;
pub use cursor::CursorKey;
pub use deps::{Deps, Scorers};
pub use docs::OPENAPI;
pub use routes::{ROUTES, Route, router};
