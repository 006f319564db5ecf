//! What does the build make of the document of the API? The JSON that the function serves, and the page that people read.

mod page;

use serde_json::Value;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

const DOCUMENT: &str = "../../infra/aws/openapi.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={DOCUMENT}");
    println!("cargo::rerun-if-changed=build");
    let yaml = fs::read_to_string(DOCUMENT)?;
    let document: Value = serde_yaml_ng::from_str(&yaml).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("openapi.json"), serde_json::to_vec(&document)?)?;
    fs::write(Path::new(&out).join("docs.html"), page::render(&document).into_string())?;
    Ok(())
}
