//! What fires on each listing? `fired POLICY_FOLDER` reads listings as JSON Lines and writes what training learns from, in order.
//!
//! The folder's `learned.toml` is left out, so that training starts from the weights set by hand and not from its own.
//! First line: the signals with the weight of each level, and the base. Then one line a listing:
//! `{"listing_id","brand","log_odds","fired":[["replica_term",0,1000],...]}`. A line that is no listing ends the run with its number.

use scoring::{Policy, RawListing, Scorer, signals};
use serde_json::json;
use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("fired: {reason}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), String> {
    let folder = std::env::args_os().nth(1).ok_or("the argument is a policy folder")?;
    let mut files = eval::policy_files(folder.as_ref()).map_err(|error| format!("{}: {error}", folder.display()))?;
    files.remove("learned.toml");
    let policy = Arc::new(Policy::from_files(&files).map_err(|error| error.to_string())?);
    let mut scorer = Scorer::new(policy.clone());
    let mut out = BufWriter::new(stdout().lock());
    let mut write = |value: &serde_json::Value| writeln!(out, "{value}").map_err(|error| format!("writing: {error}"));
    let signals: Vec<_> = signals::ALL
        .iter()
        .map(|signal| {
            let weights = policy.weights_of(signal.name).into_iter().flatten();
            json!({"name": signal.name, "group": format!("{:?}", signal.group), "weights": weights.map(|weight| weight.0).collect::<Vec<_>>()})
        })
        .collect();
    write(&json!({"policy": policy.id(), "base": policy.base().0, "signals": signals}))?;
    for (line, text) in (1..).zip(stdin().lock().lines()) {
        let text = text.map_err(|error| format!("line {line}: {error}"))?;
        let raw: RawListing = serde_json::from_str(&text).map_err(|error| format!("line {line}: {error}"))?;
        let listing = raw.into_listing().map_err(|error| format!("line {line}: {error}"))?;
        let scored = scorer.score(&listing, "");
        let fired: Vec<_> = scorer.fired(&listing).iter().map(|fired| json!([fired.signal, fired.level, fired.share])).collect();
        write(&json!({"listing_id": scored.listing_id, "brand": scored.brand, "log_odds": scored.log_odds.0, "fired": fired}))?;
    }
    Ok(())
}
