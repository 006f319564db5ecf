//! Every maximum of the scorer: its name, unit and reason.

/// Longest listing id, in bytes. Ids are DynamoDB partition keys, which end at 2,048 bytes; half is left for prefixes.
pub const LISTING_ID_BYTES_MAX: usize = 1_024;

/// Longest short field (brand, category, seller and so on) that is kept, in bytes. Longer ones are cut and reported as an issue.
pub const SHORT_FIELD_BYTES_MAX: usize = 1_024;

/// Longest title that is read, in bytes. Marketplaces stop at 80 to 500 characters; a longer one is cut and reported.
pub const TITLE_BYTES_MAX: usize = 4_096;

/// Longest description that is read, in bytes. A page of text is 3 kB; beyond 32 kB nothing new is said and an attacker would only buy time.
pub const DESCRIPTION_BYTES_MAX: usize = 32_768;

/// Most image addresses kept per listing. Marketplaces stop at 12 to 24.
pub const IMAGE_URLS_MAX: usize = 32;

/// Most issues noted per listing: one per field, and a few to spare for repeated fields.
pub const ISSUES_MAX: usize = 24;

/// Longest quotation in a reason, in bytes, so that a result stays small whatever the listing says.
pub const QUOTE_BYTES_MAX: usize = 120;

/// Most pattern hits kept per listing. A real listing has under 40; a stuffed one gains nothing by more, since a signal counts once.
pub const HITS_MAX: usize = 1_024;

/// Largest price that is understood, in whole currency units: above it, it is a mistake or a placeholder (the dearest watch sold for 31 million).
pub const PRICE_MAX: i64 = 1_000_000_000_000;

/// Farthest that words act on each other ("not a ... replica"), in bytes of folded text: a dozen words. It also bounds the work
/// that a listing stuffed with words can cause.
pub const NEAR_BYTES_MAX: u32 = 128;

/// Most changes named in one answer to "what would have to change?". A seller who must touch more places had better write anew.
pub const CHANGES_MAX: usize = 32;

/// Most scorings that the search for the fewest changes may take before it settles for few. Real listings need under 40, and one
/// with nine signals that raise its risk has all combinations tried within it.
pub const COUNTERFACTUAL_SCORINGS_MAX: u32 = 2_000;

/// The same in bytes of text scored, so that the longest listings take no longer than the short ones: 2,000 times one of 2 kB.
pub const COUNTERFACTUAL_BYTES_MAX: usize = 4 << 20;

/// Typical loss of a buyer, in US cents, where the price is not known: the median price of 2,254 real listings offered as copies.
pub const LOSS_CENTS_TYPICAL: u64 = 4_600;

/// Least loss of a buyer, in US cents: 19 of 20 of those listings cost more, and the trouble is the same.
pub const LOSS_CENTS_MIN: u64 = 1_000;

/// Largest loss of a buyer, in US cents: of 8,284 real listings, copies or not, 999 of 1,000 cost less. Beyond it, dearer is not worse.
pub const LOSS_CENTS_MAX: u64 = 1_000_000;

/// Lowest price that is believed, in US cents: less is asked where the real price is told elsewhere.
pub const BELIEVED_PRICE_CENTS_MIN: u64 = 100;

/// Highest price that is believed, in US cents: the dearest of those listings cost 68,402 US dollars; more is a joke or a stand-in.
pub const BELIEVED_PRICE_CENTS_MAX: u64 = 10_000_000;

/// Most words or pairs of characters of a title that are compared with other titles. A title
/// of 80 characters has under 20 words; it bounds the work of comparing every title of a page with every other.
pub const SKETCH_FEATURES_MAX: usize = 64;
