//! How is the whole proven? Worlds, faults and checks that the tests of this room share.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

pub mod calls;
pub mod document;
pub mod endpoint;
pub mod faults;
pub mod gateway;
pub mod hostile;
pub mod house;
pub mod layers;
pub mod python;
pub mod runtime_api;
pub mod sample;
pub mod served;
pub mod template;
pub mod versions;
pub mod world;

use std::path::{Path, PathBuf};

/// The folder of the workspace's `Cargo.toml`.
#[must_use]
pub fn workspace_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}
