//! Is a result file what it was, and which line is not?

use super::canonical::{Digest, Form, hex, unhex};
use super::findings::{Finding, Findings, Problem};
use crate::limits::{BLOCK_LINE_BITS, BLOCK_LINES, SEALED_BLOCKS_MAX};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// Bits of a line's number within its block, and one sum for all lines.
const SUMS: usize = BLOCK_LINE_BITS as usize + 1;
/// Bytes of the hash of a block.
const BLOCK_HASH_BYTES: usize = 16;
const BLOCK_BYTES: usize = BLOCK_HASH_BYTES + SUMS * 8;

/// What a seal keeps of [`BLOCK_LINES`] lines: a hash of all, the sum (exclusive or) of the first 64 bits of the lines' hashes, and for each
/// bit of a line's number within the block the sum over the lines that have it. If one line differs, the sums that differ spell its
/// number, as in a Hamming code; if more do, the block is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedBlock {
    hash: [u8; BLOCK_HASH_BYTES],
    sums: [u64; SUMS],
}

impl SealedBlock {
    /// Where in the block a single line differs; `None` when none or more do.
    fn altered_line(&self, now: &Self) -> Option<u64> {
        let difference = |at: usize| self.sums[at] ^ now.sums[at];
        let [all, bits @ ..] = std::array::from_fn::<_, SUMS, _>(difference);
        if all == 0 {
            return None;
        }
        bits.iter().enumerate().try_fold(0, |line, (bit, sum)| match *sum {
            0 => Some(line),
            sum if sum == all => Some(line | 1 << bit),
            _ => None,
        })
    }
}

// Text in a record of JSON: 208 hexadecimal digits.
impl Serialize for SealedBlock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut digits = hex(&self.hash);
        for sum in self.sums {
            digits.push_str(&hex(&sum.to_be_bytes()));
        }
        serializer.serialize_str(&digits)
    }
}

impl<'de> Deserialize<'de> for SealedBlock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        let bytes: [u8; BLOCK_BYTES] =
            unhex(&digits).ok_or_else(|| serde::de::Error::custom("a block is 208 hexadecimal digits"))?;
        let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
        Ok(Self {
            hash: std::array::from_fn(byte),
            sums: std::array::from_fn(|sum| u64::from_be_bytes(std::array::from_fn(|at| byte(BLOCK_HASH_BYTES + sum * 8 + at)))),
        })
    }
}

/// A result file as it was when it was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSeal {
    /// Which file: its name in the bucket.
    pub file: String,
    /// How many lines it had.
    pub lines: u64,
    /// How many bytes, line feeds left out.
    pub bytes: u64,
    /// Hash over the hashes of all blocks, each over the hashes of its lines, one after the other.
    pub whole: Digest,
    /// By [`BLOCK_LINES`] lines; at most [`SEALED_BLOCKS_MAX`].
    pub blocks: Vec<SealedBlock>,
}

/// A seal that is being made, or the file as it is now. Lines come in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSealing {
    /// Of the blocks that are full.
    seal: FileSeal,
    /// Of the block that is not: hash and sums.
    block: Digest,
    sums: [u64; SUMS],
}

impl FileSealing {
    /// Of a file of that name.
    #[must_use]
    pub fn new(file: &str) -> Self {
        let seal = FileSeal { file: file.to_owned(), lines: 0, bytes: 0, whole: Digest::default(), blocks: Vec::new() };
        Self { seal, block: Digest::default(), sums: [0; SUMS] }
    }

    /// The next line, without its line feed.
    pub fn push_line(&mut self, line: &[u8]) {
        let hash = Digest(Sha256::digest(line).into());
        follow(&mut self.block, &hash);
        let short = u64::from_be_bytes(std::array::from_fn(|at| hash.0[at]));
        let number = self.seal.lines % BLOCK_LINES;
        let [all, bits @ ..] = &mut self.sums;
        *all ^= short;
        for (bit, sum) in bits.iter_mut().enumerate() {
            // Without a branch, since half of the bits are set.
            *sum ^= short & (number >> bit & 1).wrapping_neg();
        }
        self.seal.lines += 1;
        self.seal.bytes += line.len() as u64;
        if number + 1 == BLOCK_LINES {
            self.end_block();
        }
    }

    /// The seal.
    #[must_use]
    pub fn finish(mut self) -> FileSeal {
        if !self.seal.lines.is_multiple_of(BLOCK_LINES) {
            self.end_block();
        }
        self.seal
    }

    fn end_block(&mut self) {
        follow(&mut self.seal.whole, &self.block);
        if self.seal.blocks.len() < SEALED_BLOCKS_MAX {
            let hash = std::array::from_fn(|at| self.block.0[at]);
            self.seal.blocks.push(SealedBlock { hash, sums: self.sums });
        }
        (self.block, self.sums) = (Digest::default(), [0; SUMS]);
    }
}

/// One hash behind another. Unlike a hash that is fed piece by piece, it can be written down in the middle.
fn follow(before: &mut Digest, next: &Digest) {
    let mut both = [0; 64];
    both[..32].copy_from_slice(&before.0);
    both[32..].copy_from_slice(&next.0);
    *before = Digest(Sha256::digest(both).into());
}

impl FileSeal {
    /// The hash of all of it: what may join a [`super::Chain`] of another kind, or a report.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut form = Form::new("file");
        form.text(&self.file);
        form.number(self.lines);
        form.number(self.bytes);
        form.bytes(&self.whole.0);
        for block in &self.blocks {
            form.bytes(&block.hash);
            for sum in block.sums {
                form.number(sum);
            }
        }
        form.digest()
    }

    /// Compares the file as it is now with the seal. Lines count from 1. A line that is the only one to differ within its block is named;
    /// where lines are missing or were put in, all behind them differ, and the first block that does is named.
    pub fn verify(&self, now: &Self, findings: &mut Findings) {
        findings.files_checked += 1;
        if (self.lines, self.bytes, self.whole) == (now.lines, now.bytes, now.whole) {
            return;
        }
        let differing: Vec<_> =
            (0_u64..).zip(self.blocks.iter().zip(&now.blocks)).filter(|(_, (sealed, now))| sealed != now).collect();
        if self.lines != now.lines {
            let at = differing.first().map_or(self.blocks.len().min(now.blocks.len()) as u64, |(at, _)| *at);
            let place = format!("{}, from line {} on", self.file, at * BLOCK_LINES + 1);
            let detail = format!("has {} lines, and had {} when it was sealed", now.lines, self.lines);
            return findings.add([Finding::new(Problem::LinesMissingOrAdded, place, detail)]);
        }
        for (at, (sealed, now)) in &differing {
            let first = at * BLOCK_LINES + 1;
            let last = (first + BLOCK_LINES - 1).min(self.lines);
            let place = match sealed.altered_line(now) {
                Some(line) if first + line <= last => format!("line {} of {}", first + line, self.file),
                _ => format!("lines {first} to {last} of {}", self.file),
            };
            findings.add([Finding::new(Problem::FileAltered, place, "has other bytes than when it was sealed")]);
        }
        if differing.is_empty() {
            let first = self.blocks.len() as u64 * BLOCK_LINES + 1;
            let place =
                if first > self.lines { self.file.clone() } else { format!("lines {first} to {} of {}", self.lines, self.file) };
            findings.add([Finding::new(Problem::FileAltered, place, "has other bytes than when it was sealed")]);
        }
    }
}
