//! Every maximum of pages: its name, unit and reason.

/// Combining marks in a row that are drawn; the others are counted. Vietnamese and Hebrew need three, an attacker wants a hundred.
pub const COMBINING_MARKS_MAX: usize = 4;
