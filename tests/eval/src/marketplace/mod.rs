//! What does a marketplace look like whose truth is known? A simulation for audits: the same seed gives the same marketplace.

pub mod draws;
mod listings;
mod words;

pub use listings::{Truth, listings};
