//! Do the rooms use each other only as the design says?
#![allow(clippy::unwrap_used)]

use tests::layers::Graph;

#[test]
fn rooms_use_each_other_only_as_designed() {
    let graph = Graph::of_workspace(&tests::workspace_root()).unwrap();
    // Cargo did answer: the shared rooms are there, and they do reach their third-party crates.
    for room in ["scoring", "exports", "storage", "lambda", "ingest", "local", "tests"] {
        assert!(graph.folders.contains_key(room), "no crate {room} among {:?}", graph.folders);
        assert!(!graph.resolved[room].is_empty(), "{room} resolved to nothing");
    }
    let violations = graph.violations();
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}
