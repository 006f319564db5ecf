//! Does the policy that stands still say, byte for byte, what was stored?

use scoring::ScoredListing;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Compares stored lines with results that are computed anew. Only `scored_at` may differ, since it tells when.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Identity {
    compared_count: u64,
    different_count: u64,
    /// Kept between lines, so that nothing is allocated for each.
    #[serde(skip)]
    written: Vec<u8>,
}

/// A stored result that is not what the same policy says of the same listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mismatch {
    /// The listing, as it is scored now.
    pub listing_id: String,
    /// Names of the fields that differ, in the order of the alphabet. `spelling` when all values are the same and the bytes are not; `json` when
    /// the stored line is none.
    pub fields: Vec<String>,
}

impl Identity {
    /// Compares one stored line, without its line feed, with the result computed anew, whose time of scoring it takes over from the line.
    /// Every difference is handed back.
    ///
    /// # Errors
    /// When the bytes differ: what does.
    pub fn check(&mut self, line: &[u8], stored: &ScoredListing, mut again: ScoredListing) -> Result<(), Mismatch> {
        self.compared_count += 1;
        again.scored_at.clone_from(&stored.scored_at);
        self.written.clear();
        // Writing to memory cannot fail; if it ever did, the bytes would differ, which is what is told.
        let is_written = serde_json::to_writer(&mut self.written, &again).is_ok();
        if is_written && self.written == line {
            return Ok(());
        }
        self.different_count += 1;
        Err(Mismatch { listing_id: again.listing_id, fields: differences(line, &self.written) })
    }

    /// Adds what another part of the window counted.
    #[allow(clippy::needless_pass_by_value)] // as every other step
    pub fn merge(&mut self, other: Self) {
        self.compared_count += other.compared_count;
        self.different_count += other.different_count;
    }

    /// Lines compared.
    #[must_use]
    pub fn compared_count(&self) -> u64 {
        self.compared_count
    }

    /// Lines that differed.
    #[must_use]
    pub fn different_count(&self) -> u64 {
        self.different_count
    }
}

fn differences(line: &[u8], written: &[u8]) -> Vec<String> {
    let parse = |bytes| serde_json::from_slice::<Map<String, Value>>(bytes);
    let (Ok(stored), Ok(again)) = (parse(line), parse(written)) else { return vec!["json".to_owned()] };
    let mut fields: Vec<String> =
        stored.keys().chain(again.keys()).filter(|field| stored.get(*field) != again.get(*field)).cloned().collect();
    fields.sort_unstable();
    fields.dedup();
    if fields.is_empty() {
        fields.push("spelling".to_owned());
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::{Policy, RawListing, Risk, Scorer};

    #[test]
    fn one_altered_byte_is_found_and_named() {
        let mut raw = RawListing::default();
        raw.set(scoring::Field::ListingId, "A-17");
        raw.set(scoring::Field::Title, "Louis Vuitton Neverfull 1:1 replica, mirror quality");
        let listing = raw.into_listing().unwrap();
        let mut scorer = Scorer::new(Policy::embedded());
        let stored = scorer.score(&listing, "2026-11-20T00:00:00Z");
        let again = scorer.score(&listing, "2026-11-24T00:00:00Z");
        let line = serde_json::to_string(&stored).unwrap();
        let mut identity = Identity::default();
        let mut check = |line: &str, again: &ScoredListing, expected: &[&str]| {
            let stored = serde_json::from_str(line).unwrap_or_else(|_| stored.clone());
            let found = identity.check(line.as_bytes(), &stored, again.clone()).map_err(|mismatch| mismatch.fields);
            let expected = if expected.is_empty() { Ok(()) } else { Err(expected.iter().map(ToString::to_string).collect()) };
            assert_eq!(found, expected, "{line}");
        };
        check(&line, &again, &[]);
        check(&line.replacen("A-17", "A-18", 1), &again, &["listing_id"]);
        check(&line.replacen("red_flag", "review", 1), &again, &["band"]);
        check(&line.replacen("copy", "c0py", 1), &again, &["reasons"]);
        check(&line.replacen("\"input\":\"h-", "\"input\":\"h_", 1), &again, &["input"]);
        check(&line.replacen("2026-11-20", "2026-11-21", 1), &again, &[]);
        check(&line.replacen("\":", "\": ", 1), &again, &["spelling"]);
        check(&line.replacen('{', "[", 1), &again, &["json"]);
        check("", &again, &["json"]);
        check(&line, &ScoredListing { risk: Risk(1), policy: "p-2".to_owned(), ..again.clone() }, &["policy", "risk"]);
        assert_eq!((identity.compared_count(), identity.different_count()), (10, 8));
    }
}
