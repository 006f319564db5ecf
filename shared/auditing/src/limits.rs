//! How much does an audit hold at most? Every maximum by name, with unit and reason.

// Sample and estimates.

/// Listings that one audit sends to review unless told otherwise: two reviewers' work of a week, at a hundred a day each.
pub const SAMPLE_ITEMS_DEFAULT: u32 = 1_000;

/// Listings that one audit sends to review at most. While the window is read, each stratum keeps as many candidates, some 200 bytes each:
/// with all strata full that is 50 MB, and 10 MB for the default.
pub const SAMPLE_ITEMS_MAX: u32 = 5_000;

/// Bins of log odds on either side of 0, a tenth wide each. Beyond 25 the odds are beyond one in ten thousand million and all the same.
pub const LOG_ODDS_BIN_MAX: i32 = 250;

/// Reviews that a plan for a narrower interval may ask for: beyond a million nobody plans, and the answer is "cannot be had".
pub const FURTHER_REVIEWS_MAX: u32 = 1_000_000;

// What watches the scoring: health, calibration, drift, words, reporters, re-scoring.

/// Most signals that are counted apart. There are 140; a window may hold results of several policies.
pub const SIGNALS_MAX: usize = 512;

/// Most rules of one signal that are counted apart. The lexicon has 1,360 entries for all signals together.
pub const RULES_OF_SIGNAL_MAX: usize = 2_048;

/// Most signals and rules whose decisions are counted apart: four times those that there are.
pub const TRACKS_MAX: usize = 8_192;

/// Most decisions that are named behind a proposal: a person reads ten and skims twenty.
pub const BEHIND_MAX: usize = 20;

/// Most groups of one trait (languages, brands, regions) that are counted apart. The policy knows 700 brands.
pub const GROUPS_MAX: usize = 2_048;

/// Most brands whose red flags are counted apart for the lane without a person.
pub const LANE_BRANDS_MAX: usize = 2_048;

/// Most sources of reports that are counted apart. Each needs a decision that a person made, so that more would take years.
pub const SOURCES_MAX: usize = 65_536;

/// Most different words of decided listings that are watched. A title brings ten, of which one is new, so that this is enough for
/// 100,000 decisions.
pub const WATCHED_WORDS_MAX: usize = 131_072;

/// Most keys (words, contacts) of one listing that are counted: a title of 80 characters has under 20 words.
pub const KEYS_OF_LISTING_MAX: usize = 64;

/// Longest key that is counted, in bytes; longer ones are addresses or noise.
pub const KEY_BYTES_MAX: usize = 48;

/// Most rising words in a report.
pub const RISING_WORDS_MAX: usize = 50;

/// Heaviest design weight of a decision, in listings; a heavier one counts as this. No window holds more listings.
pub const DESIGN_WEIGHT_MAX: f64 = 1e9;
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
