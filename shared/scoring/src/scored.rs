//! What does a score look like? The result record and its parts.

use crate::limits::QUOTE_BYTES_MAX;
use bitcode::{Decode, Encode};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Log odds in thousandths, as an integer, so that sums are exact: `2.310` is `Milli(2310)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct Milli(pub i32);

impl Milli {
    /// Exact sum, saturating at the ends of the type (which no policy comes near).
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// Risk in tenths of a point, 0 to 1000: `91.4` is `Risk(914)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct Risk(pub u16);

impl fmt::Display for Milli {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, magnitude) = if self.0 < 0 { ("-", self.0.unsigned_abs()) } else { ("", self.0.unsigned_abs()) };
        write!(f, "{sign}{}.{:03}", magnitude / 1000, magnitude % 1000)
    }
}

impl fmt::Display for Risk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

// Division by a power of ten is correctly rounded everywhere (IEEE 754), and the shortest decimal that names the quotient
// is the decimal we divided: the printed number is the same on every machine.
impl Serialize for Milli {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 1000.0)
    }
}

impl Serialize for Risk {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 10.0)
    }
}

impl<'de> Deserialize<'de> for Milli {
    #[allow(clippy::cast_possible_truncation)] // `as` saturates, and written values are whole thousandths
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self((f64::deserialize(deserializer)? * 1000.0).round() as i32))
    }
}

impl<'de> Deserialize<'de> for Risk {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // as above
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self((f64::deserialize(deserializer)? * 10.0).round() as u16))
    }
}

/// What to do with a listing, by the thresholds of the policy. Ordered from harmless to harmful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Nothing to do.
    Clear,
    /// A person should look.
    Review,
    /// A person should look first.
    RedFlag,
}

impl Band {
    /// The name used in files, tables and pages: `clear`, `review`, `red_flag`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Review => "review",
            Self::RedFlag => "red_flag",
        }
    }
}

/// One reason: a signal that fired, what it adds to the log odds, and the words it points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Name of the signal, stable across versions (see `docs/signals.md`).
    pub signal: String,
    /// Id of the entry in the lexicon that matched, where the signal has many, such as `en.replica`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What it adds to the log odds; negative when it speaks for the seller.
    pub points: Milli,
    /// The field that it points at, as named in the listing.
    pub field: String,
    /// First byte of the words in the ORIGINAL field.
    pub start: u32,
    /// One past the last byte of the words in the ORIGINAL field; equal to `start` when the reason is not about words.
    pub end: u32,
    /// The words, as the seller wrote them, at most [`QUOTE_BYTES_MAX`] bytes.
    pub text: String,
    /// One sentence for a person, with what was found and what it means.
    pub why: String,
}

/// Something in the listing that could not be understood and was left out of the score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// The field, as named in the listing.
    pub field: String,
    /// Stable machine name, such as `price.not_a_number`.
    pub code: String,
    /// For a person; never more than a short quotation of the value.
    pub detail: String,
}

/// The result for one listing. Its JSON is one line of `scored.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoredListing {
    /// As given.
    pub listing_id: String,
    /// 0.0 to 100.0: 100 times the calibrated probability that a reviewer would confirm the listing as counterfeit.
    pub risk: Risk,
    /// Base plus the sum of all points. Rank by this.
    pub log_odds: Milli,
    /// By the thresholds of the policy.
    pub band: Band,
    /// Id of the brand that the listing is about, such as `louis-vuitton`.
    pub brand: Option<String>,
    /// Sorted by the size of their points, then by signal name. With the policy's base they sum to `log_odds`.
    pub reasons: Vec<Reason>,
    /// What could not be read.
    pub issues: Vec<Issue>,
    /// Id of the policy, such as `p-6f1c0a9e`.
    pub policy: String,
    /// Hash of the listing as read: `h-` and 32 hexadecimal digits (see [`crate::Listing::input_hash`]).
    pub input: String,
    /// When it was scored, RFC 3339, as told by the caller.
    pub scored_at: String,
}

/// Cuts a quotation to [`QUOTE_BYTES_MAX`] at a character boundary, with an ellipsis where something was left out.
#[must_use]
pub fn quote(text: &str) -> String {
    if text.len() <= QUOTE_BYTES_MAX {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(QUOTE_BYTES_MAX - '…'.len_utf8());
    format!("{}…", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_the_contract_shows_and_read_back_the_same() {
        for (milli, text) in [(2364, "2.364"), (-7, "-0.007"), (2310, "2.31"), (0, "0.0")] {
            assert_eq!(serde_json::to_string(&Milli(milli)).unwrap(), text);
            assert_eq!(serde_json::from_str::<Milli>(text).unwrap(), Milli(milli));
        }
        for tenths in 0..=1000 {
            let text = serde_json::to_string(&Risk(tenths)).unwrap();
            assert_eq!(text, Risk(tenths).to_string());
            assert_eq!(serde_json::from_str::<Risk>(&text).unwrap(), Risk(tenths));
        }
    }

    #[test]
    fn a_quotation_is_cut_between_characters() {
        let cut = quote(&"驴".repeat(100));
        assert!(cut.len() <= QUOTE_BYTES_MAX && cut.ends_with('…'));
        assert_eq!(quote("short"), "short");
    }
}
