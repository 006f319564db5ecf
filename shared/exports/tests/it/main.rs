//! Whole files in, rows out: one table per question.
#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation)]

mod encodings;
mod hostile;
mod limits;
mod presets;
mod properties;
mod render;
