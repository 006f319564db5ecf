//! Every maximum of the reader: its name, unit and reason.

/// Longest row, in bytes of text. The longest real listings (a page of HTML with inlined pictures' addresses) stay under 200 kB;
/// a longer row is skipped in constant memory and becomes one reject.
pub const ROW_BYTES_MAX: usize = 1 << 20;

/// Most fields (columns, keys) of a row. The widest templates of marketplaces have about 900 columns.
pub const FIELDS_PER_ROW_MAX: usize = 2_048;

/// Longest header row, in bytes of text: [`FIELDS_PER_ROW_MAX`] names of 32 bytes.
pub const HEADER_BYTES_MAX: usize = 64 << 10;

/// How many records are looked at to find the header. Taobao puts it in the third record, reports with notes above it in the fifth.
pub const HEADER_SEARCH_ROWS: usize = 10;

/// Bytes looked at before the encoding, the format and the header are decided.
pub const SAMPLE_BYTES: usize = 256 << 10;

/// Bytes read at a time. Large enough that moving the rest of a row to the front of the buffer costs nothing.
pub(crate) const CHUNK_BYTES: usize = 256 << 10;

/// Bytes of compressed or plain input fetched at a time.
pub(crate) const SOURCE_BYTES: usize = 64 << 10;

/// How many bytes of text one byte of compressed input may become, once [`EXPANSION_FREE_BYTES`] have been read.
/// Real exports compress 5 to 30 times; deflate ends near 1,000 and zstd knows no end.
pub const EXPANSION_RATIO_MAX: u64 = 200;

/// Bytes of text during which the ratio is not looked at: a small file of equal rows is no attack.
pub const EXPANSION_FREE_BYTES: u64 = 16 << 20;

/// Most bytes of text in one file, after decompression: about sixty million listings, far above any shop's export.
pub const TEXT_BYTES_MAX: u64 = 64 << 30;

/// Largest zstd window, as a power of two: 128 MiB, what `zstd --ultra` uses; a frame that asks for more memory is refused.
pub const ZSTD_WINDOW_LOG2_MAX: u32 = 27;

/// How many bytes of a file may be read a second time after a quote that is never closed. Each such row is read again from its
/// second line, and a file made of them would otherwise take quadratic time.
pub const RESCAN_BYTES_MAX: usize = 64 << 20;

/// Most different JSON keys that are remembered. Further ones still work, a little slower.
pub(crate) const KEYS_REMEMBERED_MAX: usize = 512;

/// Most names of ignored columns that are reported.
pub const IGNORED_NAMES_MAX: usize = 256;

/// Most characters of a row that a reject quotes.
pub const QUOTE_CHARS_MAX: usize = 80;
