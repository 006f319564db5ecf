//! End to end: golden files, events, replay and faults, real binaries, contracts.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

pub mod sample;
