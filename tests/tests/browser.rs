//! Does the review console do what an analyst wants, in a real browser?
//!
//! Needs Python with `venv`, the first time PyPI, and a Chromium or Chrome on the path. Without them it says so and passes, unless
//! `TOUCHSTONE_BROWSER=required` says that they must be there, as CI does.
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::path::Path;
use std::process::Command;
use tests::python::sandbox;
use tests::runtime_api::binary;
use tests::served::Served;

/// Whose names the browser may go by, as in `browser/run.py`.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

#[test]
fn the_console_works_in_a_browser() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser");
    let command = binary("touchstone").unwrap();
    let target = command.parent().and_then(Path::parent).unwrap();
    let is_there = |browser: &str| Command::new(browser).arg("--version").output().is_ok_and(|output| output.status.success());
    let python =
        BROWSERS.into_iter().any(is_there).then(|| sandbox(target, "browser-venv", &folder.join("requirements.txt"))).flatten();
    let Some(python) = python else {
        assert_ne!(std::env::var("TOUCHSTONE_BROWSER").as_deref(), Ok("required"), "python3 with venv, or Chromium, is missing");
        writeln!(std::io::stderr(), "skipped: the browser test needs python3 with venv, and Chromium").unwrap();
        return;
    };
    let served = Served::start();
    let run = Command::new(python)
        .arg(folder.join("run.py"))
        .args(["--url", &served.url, "--tokens"])
        .arg(served.tokens_file())
        .output()
        .unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    println!("{text}");
    assert!(run.status.success() && text.contains(" 0 failed"), "the browser run failed, see above");
}
