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
// Sellers and networks.

/// Words of 32 bits that remember which sellers show a value: 64 MiB. With 10,000,000 listings of six values each, every value looks as
/// if about one seller more showed it; with 1,000,000 listings it looks as it is.
pub const SPREAD_WORDS: usize = 1 << 24;

/// Most sellers whose listings are counted exactly: twice as many as 10,000,000 listings have on large marketplaces. Of more, those with
/// the lowest hashes are counted.
pub const SELLERS_COUNTED_MAX: usize = 2_000_000;

/// Most decisions that are held beside the rows: a thousand reviewers decide as many in a week.
pub const NETWORK_DECISIONS_MAX: usize = 1_000_000;

/// Most flagged or decided listings that are compared with each other, a few hundred bytes each: one listing of forty among 10,000,000.
/// Of more, those with the highest log odds are compared, after all that people decided.
pub const CANDIDATES_MAX: usize = 250_000;

/// Most contacts of one listing that are compared. Sellers who want to be reached name one to three.
pub const CONTACTS_PER_LISTING_MAX: usize = 8;

/// Most pictures of one listing that are compared. Marketplaces stop at 12 to 24; those behind repeat banners and size tables.
pub const PICTURES_PER_LISTING_MAX: usize = 8;

/// Most words of one text that may be contacts and are remembered for it, so that a list of article numbers does not fill
/// the memory of who shows what.
pub const CONTACT_WORDS_PER_LISTING_MAX: usize = 8;

/// Longest title that is compared, in bytes: marketplaces stop at 80 to 500 characters.
pub const COMPARED_TITLE_BYTES_MAX: usize = 400;

/// Most suspected sellers who may share a value and still be linked by it. The largest networks that were told of in public had 43
/// accounts; what more share is a fashion, and pairs grow with the square.
pub const VALUE_SELLERS_MAX: usize = 64;

/// Most families of offers that one listing is compared with in one bucket of look-alikes.
pub const FAMILIES_PER_BUCKET_MAX: usize = 16;

/// Most pieces of evidence (two sellers who share one value) that are weighed, 20 bytes each. Beyond it, the values that the fewest
/// share come first.
pub const EVIDENCE_MAX: usize = 4_000_000;

/// Most groups of sellers that a report shows, those with the largest harm.
pub const GROUPS_SHOWN_MAX: usize = 1_000;

/// Most sellers, links and listings of one group that a report shows. A link that holds the group together comes before one that only
/// confirms it.
pub const GROUP_PARTS_SHOWN_MAX: usize = 100;

/// Most shared values that a report shows for one link; two prove it and a third convinces.
pub const LINK_EVIDENCE_SHOWN_MAX: usize = 4;

/// Most repeat offenders, and most relisted offers, that a report shows.
pub const OFFENDERS_SHOWN_MAX: usize = 1_000;

/// Most listings of one relisted offer that a report shows.
pub const RELISTED_LISTINGS_SHOWN_MAX: usize = 20;
