//! Are the decisions of a day those that were made on it?

use super::canonical::{Decision, Digest, Form, hex, unhex};
use super::findings::{Finding, Findings, Problem};
use crate::limits::SEALED_DECISIONS_MAX;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes of a decision's name in a seal. Two names of a day meet by chance in one of a million million days.
const NAME_BYTES: usize = 8;
/// Bytes of the hash of its content: nobody finds another content of the same 128 bits.
const CONTENT_BYTES: usize = 16;
/// Bytes of the hash of when it was taken back; zeros while it stands.
const WITHDRAWN_BYTES: usize = 4;
const ENTRY_BYTES: usize = NAME_BYTES + CONTENT_BYTES + WITHDRAWN_BYTES;

/// What a seal keeps of one decision. Ordered by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    name: [u8; NAME_BYTES],
    content: [u8; CONTENT_BYTES],
    withdrawn: [u8; WITHDRAWN_BYTES],
}

impl Entry {
    fn of(decision: &Decision) -> Self {
        let withdrawn = decision.withdrawn_at.as_ref().map_or([0; WITHDRAWN_BYTES], |at| {
            let mut form = Form::new("withdrawn");
            form.text(at);
            // Never zeros, which say that it stands.
            let mut hash: [u8; WITHDRAWN_BYTES] = first(&form.digest());
            hash[0] |= 1;
            hash
        });
        Self { name: first(&decision.name()), content: first(&decision.digest()), withdrawn }
    }

    fn to_bytes(self) -> [u8; ENTRY_BYTES] {
        let mut bytes = [0; ENTRY_BYTES];
        let parts = self.name.into_iter().chain(self.content).chain(self.withdrawn);
        for (byte, part) in bytes.iter_mut().zip(parts) {
            *byte = part;
        }
        bytes
    }

    fn stands(self) -> bool {
        self.withdrawn == [0; WITHDRAWN_BYTES]
    }
}

fn first<const N: usize>(digest: &Digest) -> [u8; N] {
    std::array::from_fn(|at| digest.0.get(at).copied().unwrap_or_default())
}

// Text in a record of JSON: 56 hexadecimal digits.
impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex(&self.to_bytes()))
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        let bytes: [u8; ENTRY_BYTES] =
            unhex(&digits).ok_or_else(|| serde::de::Error::custom("an entry is 56 hexadecimal digits"))?;
        let part = |from: usize, at: usize| bytes.get(from + at).copied().unwrap_or_default();
        Ok(Self {
            name: std::array::from_fn(|at| part(0, at)),
            content: std::array::from_fn(|at| part(NAME_BYTES, at)),
            withdrawn: std::array::from_fn(|at| part(NAME_BYTES + CONTENT_BYTES, at)),
        })
    }
}

/// The decisions of a day that is over, as they were when an audit run sealed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// The day, UTC: `2026-11-24`.
    pub day: String,
    /// How many decisions were on record.
    pub decisions: u64,
    /// The sum, in each of its 32 bytes and without carry, of the hashes of all of them: the same in whatever order they come.
    pub sum: Digest,
    /// From when on decisions of the day may be forgotten, in seconds since 1970; none while they are kept for good.
    pub expires_from: Option<i64>,
    /// Each of them, by name; at most [`SEALED_DECISIONS_MAX`].
    entries: Vec<Entry>,
}

/// A seal that is being made, or the day as it is now. Does not depend on the order of the decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealing {
    day: String,
    decisions: u64,
    sum: Digest,
    expires_from: Option<i64>,
    entries: Vec<Entry>,
    entries_max: usize,
}

impl Sealing {
    /// Of a day (UTC, `2026-11-24`).
    #[must_use]
    pub fn new(day: &str) -> Self {
        Self::listing_at_most(SEALED_DECISIONS_MAX, day)
    }

    pub(super) fn listing_at_most(entries_max: usize, day: &str) -> Self {
        let (day, sum) = (day.to_owned(), Digest::default());
        Self { day, decisions: 0, sum, expires_from: None, entries: Vec::new(), entries_max }
    }

    /// Adds a decision, and when it may be forgotten, in seconds since 1970. One of another day is left out: it belongs to another seal.
    pub fn push(&mut self, decision: &Decision, expires_at: Option<i64>) {
        if decision.day() != self.day {
            return;
        }
        self.decisions += 1;
        add(&mut self.sum, &decision.digest());
        self.expires_from = [self.expires_from, expires_at].into_iter().flatten().min();
        if self.entries.len() < self.entries_max {
            self.entries.push(Entry::of(decision));
        }
    }

    /// Joins another part of the same day.
    pub fn merge(&mut self, other: Self) {
        self.decisions += other.decisions;
        add(&mut self.sum, &other.sum);
        self.expires_from = [self.expires_from, other.expires_from].into_iter().flatten().min();
        self.entries.extend(other.entries);
        self.entries.truncate(self.entries_max);
    }

    /// The seal.
    #[must_use]
    pub fn finish(mut self) -> Seal {
        self.entries.sort_unstable();
        Seal { day: self.day, decisions: self.decisions, sum: self.sum, expires_from: self.expires_from, entries: self.entries }
    }
}

/// Adds hashes byte by byte, so that no order counts. It only tells that something differs; what, the entries tell.
fn add(sum: &mut Digest, digest: &Digest) {
    for (byte, other) in sum.0.iter_mut().zip(digest.0) {
        *byte = byte.wrapping_add(other);
    }
}

impl Seal {
    /// The hash of all of it, entries included: what joins the [`super::Chain`].
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut form = Form::new("seal");
        form.text(&self.day);
        form.number(self.decisions);
        form.bytes(&self.sum.0);
        form.optional(self.expires_from.map(|at| at.to_string()).as_deref());
        form.number(self.entries.len() as u64);
        for entry in &self.entries {
            form.bytes(&entry.to_bytes());
        }
        form.digest()
    }

    fn lists_all(&self) -> bool {
        self.entries.len() as u64 == self.decisions
    }

    /// The entry of a decision that none before it took: of the same name, and the same content where several have it.
    fn position(&self, entry: &Entry, seen: &[bool]) -> Option<usize> {
        let first = self.entries.partition_point(|sealed| sealed.name < entry.name);
        let named = self.entries[first..].iter().take_while(|sealed| sealed.name == entry.name).count();
        let open = (first..first + named).filter(|at| !seen.get(*at).is_none_or(|seen| *seen));
        open.clone().find(|at| self.entries[*at].content == entry.content).or_else(|| open.clone().next())
    }
}

/// A day that is being compared with its seal: decisions come one by one, in any order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verifying {
    seal: Seal,
    /// By entry of the seal.
    seen: Vec<bool>,
    decisions: u64,
    sum: Digest,
    /// Whether one that the seal lists is another one now.
    is_altered: bool,
}

impl Verifying {
    /// With the seal that an earlier run made.
    #[must_use]
    pub fn new(seal: Seal) -> Self {
        Self { seen: vec![false; seal.entries.len()], seal, decisions: 0, sum: Digest::default(), is_altered: false }
    }

    /// Compares a decision of the day as it is now. One of another day is left out.
    pub fn push(&mut self, decision: &Decision, findings: &mut Findings) {
        let Self { seal, seen, decisions, sum, is_altered } = self;
        if decision.day() != seal.day {
            return;
        }
        findings.decisions_checked += 1;
        *decisions += 1;
        add(sum, &decision.digest());
        let entry = Entry::of(decision);
        let Some(at) = seal.position(&entry, seen) else {
            if seal.lists_all() {
                let detail = format!("is on record on {}, which was sealed without it", seal.day);
                findings.add([Finding::new(Problem::DecisionAdded, decision.called(), detail)]);
            }
            return;
        };
        seen[at] = true;
        let sealed = seal.entries[at];
        if sealed.content != entry.content {
            *is_altered = true;
            let detail = format!("has the hash {}, not {} as sealed", hex(&entry.content), hex(&sealed.content));
            findings.add([Finding::new(Problem::DecisionAltered, decision.called(), detail)]);
        }
        if sealed.withdrawn != entry.withdrawn {
            if sealed.stands() {
                findings.decisions_withdrawn_since += 1;
            } else {
                let detail = "was taken back when it was sealed, and not as it is on record now";
                findings.add([Finding::new(Problem::WithdrawalAltered, decision.called(), detail)]);
            }
        }
    }

    /// What is gone. `now` is in seconds since 1970: what may be forgotten by then is not missing.
    ///
    /// A decision that is gone is named by what its statement of reasons is called, if it has one: a hash of its names, which is all that is
    /// left of it here. Decisions on its listing that came behind it tell more ([`super::check_listing`]).
    pub fn finish(self, now: i64, findings: &mut Findings) {
        let Self { seal, seen, decisions, sum, is_altered } = self;
        findings.days_checked += 1;
        let is_expired = seal.expires_from.is_some_and(|at| at <= now);
        let gone: Vec<_> = seal.entries.iter().zip(&seen).filter(|(_, seen)| !**seen).map(|(entry, _)| entry).collect();
        if is_expired {
            findings.decisions_expired += gone.len() as u64;
            return;
        }
        findings.add(gone.iter().map(|entry| {
            let place = format!("decision whose statement of reasons is ts-{}...", hex(&entry.name));
            Finding::new(Problem::DecisionMissing, place, format!("was on record on {} when it was sealed", seal.day))
        }));
        // Of what the seal does not list, only that something differs can be told, and only when nothing that it lists does.
        if !seal.lists_all() && gone.is_empty() && !is_altered && (decisions, sum) != (seal.decisions, seal.sum) {
            let detail =
                format!("has {decisions} decisions, {} when it was sealed, and another sum of their hashes", seal.decisions);
            findings.add([Finding::new(Problem::DecisionAltered, format!("day {}", seal.day), detail)]);
        }
    }
}
