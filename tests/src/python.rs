//! Where do tests that are written in Python run? In sandboxes below `target`, with what their requirements name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Python of the sandbox `target/<name>`, which is made or brought up to date when its requirements changed; nothing when this machine
/// has no Python that can make one.
///
/// # Panics
/// When the requirements cannot be read or installed: that is a failure and no reason to skip.
#[must_use]
pub fn sandbox(target: &Path, name: &str, requirements: &Path) -> Option<PathBuf> {
    let folder = target.join(name);
    let (python, stamp) = (folder.join("bin/python"), folder.join("installed.txt"));
    let wanted = fs::read_to_string(requirements).expect("the requirements stand in the repository");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Some(python);
    }
    let made = Command::new("python3").args(["-m", "venv"]).arg(&folder).output().ok()?;
    if !made.status.success() {
        return None;
    }
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    let installed = Command::new(&python).args(pip).arg(requirements).output().expect("a sandbox has a Python");
    assert!(installed.status.success(), "pip could not install {wanted}:\n{}", String::from_utf8_lossy(&installed.stderr));
    fs::write(stamp, wanted).expect("the sandbox was made here");
    Some(python)
}
