//! What policy ships with the crate? The build script compiles it, so that a process only reads it.
//!
//! The build script is this crate without this module: what it compiles with is what [`Policy::from_files`] compiles with.

use crate::Policy;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

const COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/policy.bin"));
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/policy_files.rs"));

impl Policy {
    /// The policy that ships with the crate, read on first use.
    ///
    /// # Panics
    /// Never: the bytes were written by the build of this very crate, and a test reads them.
    #[must_use]
    pub fn embedded() -> Arc<Self> {
        static EMBEDDED: OnceLock<Arc<Policy>> = OnceLock::new();
        let read = || bitcode::decode(COMPILED).expect("the build of this crate wrote the bytes for these types");
        EMBEDDED.get_or_init(|| Arc::new(read())).clone()
    }
}

/// The files of the policy that ships with the crate: path within the policy folder, and text.
#[must_use]
pub fn embedded_files() -> BTreeMap<String, String> {
    FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_policy_is_what_its_files_compile_to() {
        let compiled = Policy::from_files(&embedded_files()).unwrap();
        assert!(bitcode::encode(&compiled) == COMPILED, "the build script compiles something else than `Policy::from_files`");
        // And nothing is lost on the way back.
        assert!(bitcode::encode(&*Policy::embedded()) == COMPILED);
    }
}
