//! Which words of a list would the scorer take for a name? One word per line in; those, and what they are taken for, out.
//!
//! What comes out belongs into `shared/scoring/policy/ordinary_words.toml`, unless it is a misspelling indeed.

use std::io::BufRead;

fn main() -> std::io::Result<()> {
    let policy = scoring::Policy::embedded();
    for word in std::io::stdin().lock().lines() {
        let word = word?;
        if let Some(name) = policy.reads_as(&word) {
            println!("{word}\t{name}");
        }
    }
    Ok(())
}
