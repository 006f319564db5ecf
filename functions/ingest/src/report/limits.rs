//! Every maximum of the report: its name, unit and reason. Together they keep a [`Tally`](super::Tally) below [`TALLY_BYTES_MAX`].

/// Listings kept with their words, by log odds. A person reads ten and skims a hundred; for more there is `scored.jsonl`.
pub const TOP_LISTINGS_MAX: usize = 100;

/// Listings named in the summary, for a terminal or a chat message. The job record holds the summary, so it has to stay short.
pub const SUMMARY_LISTINGS_MAX: usize = 10;

/// Reasons of a listing named in the summary, the largest first.
pub const SUMMARY_REASONS_MAX: usize = 3;

/// Cards that are in sight at once; the others open on a click.
pub const CARDS_IN_SIGHT: usize = 12;

/// Brands counted at a time. A policy knows a few hundred, so counts of brands are exact.
pub const BRANDS_MAX: usize = 512;

/// Sellers counted at a time. Counts are exact up to this many flagged sellers; above it each is low by at most
/// two flagged listings in every `SELLERS_MAX` (see [`Frequent`](super::frequent::Frequent)).
pub const SELLERS_MAX: usize = 1_024;

/// Rows of the brand table and of the seller table on the page.
pub const BARS_MAX: usize = 12;

/// Bytes of a brand id or seller id that tell one from another. Real ids have under 40; longer ones that begin alike count as one.
pub const KEY_BYTES_MAX: usize = 96;

/// Different signals counted. The registry has a few dozen.
pub const SIGNALS_MAX: usize = 256;

/// Different codes of issues and of rejects counted. The registries have a few dozen.
pub const CODES_MAX: usize = 128;

/// Rejects kept with line and detail. More of the same teach nothing; all of them are in `rejects.jsonl`.
pub const REJECTS_KEPT_MAX: usize = 200;

/// Bytes of a reject's detail that are kept.
pub const REJECT_DETAIL_BYTES_MAX: usize = 240;

/// Reasons kept per listing, the largest first; the others are summed so that the sum still adds up. A listing seldom has ten.
pub const REASONS_KEPT_MAX: usize = 16;

/// Bytes of a reason's sentence that are kept.
pub const WHY_BYTES_MAX: usize = 320;

/// Bytes of a title that are kept. Marketplaces stop at 80 to 500 characters.
pub const TITLE_BYTES_MAX: usize = 512;

/// Bytes of a description that are kept, around the words that matter: about four lines.
pub const DESCRIPTION_BYTES_MAX: usize = 640;

/// Bytes of every other field that are kept.
pub const FIELD_BYTES_MAX: usize = 160;

/// Bytes shown on either side of a word that matters.
pub const CONTEXT_BYTES: usize = 90;

/// A [`Tally`](super::Tally) as JSON is smaller than this, in bytes, whatever the file: the sum of the above if every byte of it
/// were a control character, which JSON writes with six. A usual one has some 150 kB.
pub const TALLY_BYTES_MAX: usize = 12 * 1024 * 1024;
