//! Does `docs/signals.md` say what the code does? Run with `UPDATE=1` to write it anew.

use scoring::{Policy, signals};
use std::fmt::Write as _;

#[test]
fn the_page_of_signals_is_generated_from_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/signals.md");
    let page = page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &page).expect("docs can be written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == page, "docs/signals.md is out of date: UPDATE=1 cargo test -p scoring --test docs");
}

fn page() -> String {
    let policy = Policy::embedded();
    let mut page = format!(
        "# Signals\n\nA signal is a characteristic of a listing that moves its risk. It fires at most once per listing, adds its points to the log odds\n\
         (base {}), and points at the seller's words. Points are the weight of the policy (`shared/scoring/policy/learned.toml`, beside it the one set by\n\
         hand) times the share that the finding is worth. A signal of several degrees has a weight for each. Negative weights speak for the seller.\n\n\
         This page is generated from the code: `UPDATE=1 cargo test -p scoring --test docs`.\n",
        policy.base()
    );
    let mut signals: Vec<_> = signals::ALL.iter().collect();
    signals.sort_by_key(|signal| (signal.group, signal.name));
    for group in signals.chunk_by(|a, b| a.group == b.group) {
        write!(
            page,
            "\n## {:?}\n\n| signal | weight | it fires because | must not fire on | source |\n|---|---:|---|---|---|\n",
            group[0].group
        )
        .expect("writing to a string");
        for signal in group {
            let weights = policy.weights_of(signal.name).expect("every signal has weights");
            let weight = weights.iter().map(ToString::to_string).collect::<Vec<_>>().join(" · ");
            writeln!(
                page,
                "| `{}` | {weight} | {} | {} | {} |",
                signal.name, signal.meaning, signal.counter_example, signal.source
            )
            .expect("writing to a string");
        }
    }
    page
}
