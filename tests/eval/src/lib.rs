//! How well does it score? Listings of our own writing, the ways in which sellers disguise them, and what training reads.

pub mod mutations;
pub mod offending;
