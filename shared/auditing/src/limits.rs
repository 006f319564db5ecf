//! How much does an audit hold at most? Every maximum by name, with unit and reason.

// Integrity.

/// Findings that are told one by one, the first by kind and name; all are counted. A person who reads a thousand knows that it is no slip.
pub const FINDINGS_MAX: usize = 1_000;

/// Decisions of one day that a seal lists, 28 bytes each: 28 MB, and ten times what a hundred reviewers decide in a day at a decision every
/// half minute. Those beyond are in the day's digest all the same, so that a change is found, but not named.
pub const SEALED_DECISIONS_MAX: usize = 1_000_000;

/// Lines of a result file in one block of its seal: a power of two, so that one altered line is named by the bits of its number.
/// A block takes 104 bytes, which is a megabyte for a file of 10,000,000 rows.
pub const BLOCK_LINES: u64 = 1 << BLOCK_LINE_BITS;
/// Bits of the number of a line within its block.
pub const BLOCK_LINE_BITS: u32 = 10;

/// Blocks of one file that a seal holds, 104 bytes each: 100 MB, and a thousand million rows. A longer file is sealed as a whole beyond it.
pub const SEALED_BLOCKS_MAX: usize = 1_000_000;
