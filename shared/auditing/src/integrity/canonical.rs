//! Which bytes is a decision, whatever table or file it stands in?

use crate::Fired;
use scoring::{Band, Milli, Risk};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// First byte of every canonical form, raised when the form changes: hashes of different forms never meet.
const FORM: u8 = 1;

/// 256 bits of SHA-256, written as hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Digest(pub [u8; 32]);

/// A decision as it is on record, with all that must never change. (It may be taken back, which is told beside it.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its name.
    pub review_id: String,
    /// The listing.
    pub listing_id: String,
    /// What was found: `confirmed`, `rejected`, `unsure`.
    pub decision: String,
    /// Who found it, as colleagues know them.
    pub reviewer: String,
    /// What they wrote beside it.
    pub note: String,
    /// When, RFC 3339.
    pub reviewed_at: String,
    /// The version of the listing's state that it made.
    pub version: u64,
    /// The decision on the listing that stood when this one was made, by its place in the table: `<reviewed_at>#<review_id>`.
    pub before: Option<String>,
    /// The result that it is about.
    pub result: Quoted,
    /// When it was taken back, RFC 3339. No part of its canonical form.
    pub withdrawn_at: Option<String>,
}

/// A result, as a decision quotes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // as in `ScoredListing`
pub struct Quoted {
    pub risk: Risk,
    pub log_odds: Milli,
    pub band: Band,
    pub brand: Option<String>,
    pub policy: String,
    pub input: String,
    pub job_id: String,
    pub scored_at: String,
    pub reasons: Vec<Fired>,
}

impl Decision {
    /// The hash of its canonical form: every field that never changes in the order above, each text behind its length, each number in
    /// 8 bytes, little endian, and a byte 0 or 1 before what may be absent.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut form = Form::new("decision");
        for text in [&self.review_id, &self.listing_id, &self.decision, &self.reviewer, &self.note, &self.reviewed_at] {
            form.text(text);
        }
        form.number(self.version);
        form.optional(self.before.as_deref());
        let result = &self.result;
        form.number(u64::from(result.risk.0));
        form.signed(result.log_odds.0);
        form.text(result.band.name());
        form.optional(result.brand.as_deref());
        for text in [&result.policy, &result.input, &result.job_id, &result.scored_at] {
            form.text(text);
        }
        form.number(result.reasons.len() as u64);
        for reason in &result.reasons {
            form.text(&reason.signal);
            form.optional(reason.rule.as_deref());
            form.signed(reason.points.0);
        }
        form.digest()
    }

    /// The hash of its names.
    pub(super) fn name(&self) -> Digest {
        name_hash(&self.listing_id, &self.review_id)
    }

    /// Its place in the table.
    pub(super) fn place(&self) -> String {
        format!("{}#{}", self.reviewed_at, self.review_id)
    }

    /// How a finding calls it.
    pub(super) fn called(&self) -> String {
        format!("decision {} on listing {}", self.review_id, self.listing_id)
    }

    /// The day that it belongs to: the first ten characters of its time.
    #[must_use]
    pub fn day(&self) -> &str {
        self.reviewed_at.get(..10).unwrap_or(&self.reviewed_at)
    }
}

/// Names a decision, whatever its name and its listing's are made of: SHA-256 over both, each behind its length (8 bytes, little endian).
/// Statements of reasons bear it, so that a decision that is gone can be told by them.
pub(crate) fn name_hash(listing_id: &str, review_id: &str) -> Digest {
    let mut hash = Sha256::new();
    for part in [listing_id, review_id] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    Digest(hash.finalize().into())
}

/// A canonical form, hashed as it is written.
pub(super) struct Form(Sha256);

impl Form {
    /// A form of one kind.
    pub(super) fn new(kind: &str) -> Self {
        let mut form = Self(Sha256::new_with_prefix([FORM]));
        form.text(kind);
        form
    }

    pub(super) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.update(bytes);
    }

    pub(super) fn number(&mut self, number: u64) {
        self.0.update(number.to_le_bytes());
    }

    fn signed(&mut self, number: i32) {
        self.0.update(i64::from(number).to_le_bytes());
    }

    pub(super) fn optional(&mut self, text: Option<&str>) {
        self.0.update([u8::from(text.is_some())]);
        if let Some(text) = text {
            self.text(text);
        }
    }

    pub(super) fn digest(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    digits.map(char::from).collect()
}

/// Hexadecimal digits as bytes; `None` unless there are so many.
pub(super) fn unhex<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let digits = digits.as_bytes();
    let mut bytes = [0; N];
    if digits.len() != 2 * N {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(bytes)
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        unhex(&digits).map(Self).ok_or_else(|| serde::de::Error::custom("a digest is 64 hexadecimal digits"))
    }
}
