//! Does a tool that knows nothing but the document of the API find the endpoint to keep it? Schemathesis makes requests from the
//! schemas, good and bad ones, follows the links, and compares every answer with what is documented.
//!
//! Needs Python with `venv` and, the first time, PyPI. Without Python it says so and passes; with Python it runs, and what fails, fails.
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::path::Path;
use std::process::Command;
use tests::python::sandbox;
use tests::runtime_api::binary;
use tests::served::Served;

/// Requests per operation and phase: more find little more and take longer.
const EXAMPLES_MAX: &str = "20";
/// The same requests every time.
const SEED: &str = "20261124";

#[test]
fn the_endpoint_keeps_its_document() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("contract");
    let command = binary("touchstone").unwrap();
    let target = command.parent().and_then(Path::parent).unwrap();
    let Some(python) = sandbox(target, "contract-venv", &folder.join("requirements.txt")) else {
        writeln!(std::io::stderr(), "skipped: the contract test needs python3 with its venv module").unwrap();
        return;
    };
    let served = Served::start();
    let run = Command::new(python.with_file_name("schemathesis"))
        // It keeps what it found in the folder it runs in.
        .current_dir(served.home())
        .arg("--config-file")
        .arg(folder.join("schemathesis.toml"))
        .args(["run", &format!("{}/v1/openapi.json", served.url)])
        .args(["--header", &format!("Authorization: Bearer {}", served.token("admin"))])
        .args(["--max-examples", EXAMPLES_MAX, "--seed", SEED])
        .output()
        .unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    println!("{text}");
    assert!(run.status.success() && text.contains("No issues found"), "schemathesis found issues, see above");
}
