//! An export lands in the bucket: every listing is scored and stored.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

pub mod report;
