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
