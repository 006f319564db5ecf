//! Does every file of the repository keep the house rules?
#![allow(clippy::unwrap_used)]

use tests::house::{text_files, violations};

#[test]
fn every_file_keeps_the_house_rules() {
    let files = text_files(&tests::workspace_root()).unwrap();
    assert!(files.iter().any(|(path, _)| path == "shared/scoring/src/lib.rs"), "the walk does not reach the sources");
    let found: Vec<_> = files.iter().flat_map(|(path, text)| violations(path, text)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
