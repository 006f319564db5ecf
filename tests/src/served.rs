//! How does a test talk to `touchstone serve`? It starts the real command on free ports, in a folder of its own, and ends it when done.

use crate::runtime_api::binary;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A served stack.
#[derive(Debug)]
pub struct Served {
    /// `http://127.0.0.1:port` of the endpoint.
    pub url: String,
    child: Child,
    home: TempDir,
}

impl Served {
    /// Starts one with nothing in it.
    ///
    /// # Panics
    /// When the command is not built or does not come up; the test has nothing to test then.
    #[must_use]
    #[allow(clippy::new_without_default, clippy::unwrap_used)]
    pub fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut child = Command::new(binary("touchstone").unwrap())
            .args(["serve", "--port", "0", "--data"])
            .arg(home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut url = None;
        // It says where everything is and ends with how to stop it.
        for line in said.by_ref().lines() {
            let line = line.unwrap();
            if let Some(address) = line.trim_start().strip_prefix("Review console") {
                url = address.trim().split("/#").next().map(str::to_owned);
            }
            if line.starts_with("Ctrl-C") {
                break;
            }
        }
        // Read on, so that the command never waits for a reader.
        std::thread::spawn(move || said.read_to_end(&mut Vec::new()));
        Self { url: url.unwrap(), child, home }
    }

    /// The folder with its data.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The file with its tokens.
    #[must_use]
    pub fn tokens_file(&self) -> PathBuf {
        self.home.path().join(local::tokens::TOKENS_FILE)
    }

    /// The token of a role.
    ///
    /// # Panics
    /// When there is no such role.
    #[must_use]
    #[allow(clippy::unwrap_used)]
    pub fn token(&self, role: &str) -> String {
        let tokens: Value = serde_json::from_slice(&std::fs::read(self.tokens_file()).unwrap()).unwrap();
        tokens[role].as_str().unwrap().to_owned()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself, which its test has noticed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
