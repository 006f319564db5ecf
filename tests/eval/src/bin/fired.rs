//! What fires on each listing? Reads listings as JSON Lines, writes what training learns from, in the same order.
//!
//! First line: the signals with their levels and the policy's weights, base and calibration. Then one line a listing:
//! `{"listing_id","brand","log_odds","fired":[["replica_term",0,1000],...]}`. A line that is no listing ends the run with its number.

use scoring::{Policy, RawListing, Scorer, signals};
use serde_json::json;
use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use std::process::ExitCode;

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
    let policy = Policy::embedded();
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
