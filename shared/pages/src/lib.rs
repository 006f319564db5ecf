//! How is a page made that runs nothing and loads nothing?
//!
//! [`document`] is the frame: one style, named by its hash in the page's own security policy, no script, nothing from elsewhere. What strangers wrote goes
//! through [`seller_text::visible`], numbers through [`numbers`], lengths in drawings through [`drawing`].

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

mod csp;
pub mod drawing;
mod frame;
pub mod limits;
pub mod numbers;
#[cfg(feature = "reading")]
pub mod reading;
pub mod seller_text;

pub use frame::{brand, document};
