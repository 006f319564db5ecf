//! What does a marketplace look like whose truth is known? A simulation for audits: the same seed gives the same marketplace.

mod audit;
pub mod draws;
mod listings;
mod words;
mod world;

pub use audit::{Audit, Reviewers};
pub use listings::{Truth, listings};
pub use world::{Bin, Population, World};
