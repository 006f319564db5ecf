//! What is in an item of the results table?

use super::Item;
use crate::limits::{
    DAY_SHARDS, INDEX_KEY_BYTES_MAX, ISSUES_BYTES_MAX, ITEM_TEXT_BYTES_MAX, ITEM_TITLE_BYTES_MAX, ITEM_URL_BYTES_MAX,
    LISTING_BYTES_MAX, LISTING_KEPT_BYTES_MAX, NAME_SHARDS, QUEUE_SHARDS, REASONS_BYTES_MAX,
};
use crate::order::row_key;
use crate::tables::EXPIRES_AT;
use crate::{Error, Upload};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use scoring::{Band, Harm, Issue, Listing, Milli, RawListing, Reason, Risk, ScoredListing};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Version of this layout, kept in every item.
const SCHEMA: &str = "1";

/// What all items of a job have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    job_id: String,
    upload_key: String,
    day: String,
    expires_at: i64,
}

impl Origin {
    /// For the items of a job that expire at a time in epoch seconds.
    ///
    /// # Errors
    /// When the time of the upload cannot be written.
    pub fn new(job_id: &str, upload: &Upload, expires_at: i64) -> Result<Self, Error> {
        Ok(Self { job_id: job_id.to_owned(), upload_key: upload.key(job_id)?, day: upload.day()?, expires_at })
    }
}

/// A result as it was stored, with what a reviewer wants to see beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResult {
    /// The result. Equal to what was stored, except that an oversized list of reasons or issues was cut.
    pub scored: ScoredListing,
    /// The job that made it.
    pub job_id: String,
    /// Newer results of the same listing have greater keys.
    pub order_key: String,
    /// At most [`ITEM_TITLE_BYTES_MAX`] bytes.
    pub title: String,
    /// Decimal.
    pub price: Option<String>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// At most [`ITEM_TEXT_BYTES_MAX`] bytes, like the three that follow.
    pub seller_id: Option<String>,
    /// The shop's name.
    pub seller_name: Option<String>,
    /// Name of the marketplace.
    pub marketplace: Option<String>,
    /// Address of the listing's page.
    pub url: Option<String>,
    /// The whole listing, where it was flagged. Its words are what the reasons point at.
    pub listing: Option<Box<Listing>>,
}

/// Makes the item of one row. `row` counts from 0 over all rows of the file, so no two rows share a key, not even those of the same listing.
/// The item stays far below DynamoDB's 400 kB whatever the listing says. What is flagged is kept with its whole text and stands in the
/// indexes of risks and of the review queue, there in the order of `harm`.
#[must_use]
pub fn to_item(origin: &Origin, row: u64, listing: &Listing, scored: &ScoredListing, harm: Harm) -> Item {
    let mut item = Item::with_capacity(32);
    let mut text = |name: &str, value: &str| {
        item.insert(name.to_owned(), AttributeValue::S(value.to_owned()));
    };
    text("listing_id", &scored.listing_id);
    let order_key = row_key(&origin.upload_key, row);
    text("order_key", &order_key);
    text("job_id", &origin.job_id);
    text("band", scored.band.name());
    text("policy", &scored.policy);
    text("input", &scored.input);
    text("scored_at", &scored.scored_at);
    text("title", cut(&listing.title, ITEM_TITLE_BYTES_MAX));
    text("reasons", &json_within(&scored.reasons, REASONS_BYTES_MAX));
    if !scored.issues.is_empty() {
        text("issues", &json_within(&scored.issues, ISSUES_BYTES_MAX));
    }
    for (name, value, bytes_max) in [
        ("brand", &scored.brand, INDEX_KEY_BYTES_MAX),
        ("seller_id", &listing.seller_id, ITEM_TEXT_BYTES_MAX),
        ("seller_name", &listing.seller_name, ITEM_TEXT_BYTES_MAX),
        ("marketplace", &listing.marketplace, ITEM_TEXT_BYTES_MAX),
        ("url", &listing.url, ITEM_URL_BYTES_MAX),
    ] {
        if let Some(value) = value {
            text(name, cut(value, bytes_max));
        }
    }
    if let Some(price) = &listing.price {
        text("price", &price.to_string());
    }
    if let Some(currency) = &listing.currency {
        text("currency", &currency.to_string());
    }
    if scored.band > Band::Clear {
        let shard = shard_of(&scored.listing_id);
        text("day_shard", &day_shard(&origin.day, shard % DAY_SHARDS));
        text("rank", &rank(&origin.day, scored));
        if let Some(brand) = &scored.brand {
            text("brand_shard", &name_shard(brand, shard % NAME_SHARDS));
        }
        if let Some(seller) = &listing.seller_id {
            text("seller_shard", &name_shard(seller, shard % NAME_SHARDS));
        }
        text("queue_rank", &queue_rank(harm, scored.log_odds, &order_key));
        for (name, value) in queue_keys(&scored.listing_id, scored.brand.as_deref(), listing.seller_id.as_deref()) {
            text(name, &value);
        }
        item.insert("expected_harm".to_owned(), AttributeValue::N(harm.to_string()));
        if let Some(kept) = kept(listing) {
            item.insert("listing".to_owned(), AttributeValue::B(Blob::new(kept)));
        }
    }
    let mut number = |name: &str, value: String| {
        item.insert(name.to_owned(), AttributeValue::N(value));
    };
    number("risk", scored.risk.to_string());
    number("log_odds", scored.log_odds.to_string());
    number("schema", SCHEMA.to_owned());
    number(EXPIRES_AT, origin.expires_at.to_string());
    item
}

impl TryFrom<&Item> for StoredResult {
    type Error = Error;

    fn try_from(item: &Item) -> Result<Self, Error> {
        let optional = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
        let text = |name: &str| optional(name).ok_or_else(|| bad(format!("{name} is missing")));
        Ok(Self {
            scored: ScoredListing {
                listing_id: text("listing_id")?,
                risk: parsed::<Risk>(number(item, "risk")?)?,
                log_odds: parsed::<Milli>(number(item, "log_odds")?)?,
                band: parsed::<Band>(&format!("\"{}\"", text("band")?))?,
                brand: optional("brand"),
                reasons: parsed::<Vec<Reason>>(&text("reasons")?)?,
                issues: optional("issues").map_or_else(|| Ok(Vec::new()), |json| parsed::<Vec<Issue>>(&json))?,
                policy: text("policy")?,
                input: text("input")?,
                scored_at: text("scored_at")?,
            },
            job_id: text("job_id")?,
            order_key: text("order_key")?,
            title: text("title")?,
            price: optional("price"),
            currency: optional("currency"),
            seller_id: optional("seller_id"),
            seller_name: optional("seller_name"),
            marketplace: optional("marketplace"),
            url: optional("url"),
            listing: item.get("listing").and_then(|value| value.as_b().ok()).map(|kept| read_kept(kept.as_ref())).transpose()?,
        })
    }
}

/// The attributes by which a result stands in the queue. A decision takes them off; undone, they come back.
pub const QUEUE_KEYS: [&str; 3] = ["queue_shard", "queue_brand_shard", "queue_seller_shard"];

/// Their values for a result; one without a brand or a seller stands in fewer indexes.
pub(crate) fn queue_keys(listing_id: &str, brand: Option<&str>, seller: Option<&str>) -> Vec<(&'static str, String)> {
    let shard = shard_of(listing_id);
    let by_name = |name: &str| name_shard(name, shard % NAME_SHARDS);
    let [all, by_brand, by_seller] = QUEUE_KEYS;
    let named = [(by_brand, brand), (by_seller, seller)].into_iter().filter_map(|(key, name)| Some((key, by_name(name?))));
    std::iter::once((all, queue_shard(shard % QUEUE_SHARDS))).chain(named).collect()
}

/// Partition of the queue.
pub(super) fn queue_shard(shard: u32) -> String {
    format!("queue#{shard:02}")
}

/// Sorts by expected harm, then by log odds, then by upload and row, so that no two results have the same place.
fn queue_rank(harm: Harm, log_odds: Milli, order_key: &str) -> String {
    format!("{:010}#{:010}#{order_key}", harm.0, lifted(log_odds))
}

/// Log odds as a number that is not negative, in the same order.
fn lifted(log_odds: Milli) -> i64 {
    i64::from(log_odds.0) - i64::from(i32::MIN)
}

/// The listing, compressed; nothing when it is beyond all measure.
fn kept(listing: &Listing) -> Option<Vec<u8>> {
    let json = serde_json::to_vec(listing).ok().filter(|json| json.len() <= LISTING_BYTES_MAX)?;
    COMPRESSOR.with_borrow_mut(|compressor| {
        let compressor = match compressor {
            Some(compressor) => compressor,
            None => compressor.insert(zstd::bulk::Compressor::new(1).ok()?),
        };
        compressor.compress(&json).ok().filter(|kept| kept.len() <= LISTING_KEPT_BYTES_MAX)
    })
}

thread_local! {
    /// Made once per thread: making one takes longer than compressing a listing.
    static COMPRESSOR: std::cell::RefCell<Option<zstd::bulk::Compressor<'static>>> = const { std::cell::RefCell::new(None) };
}

fn read_kept(kept: &[u8]) -> Result<Box<Listing>, Error> {
    let json = zstd::bulk::decompress(kept, LISTING_BYTES_MAX).map_err(|error| bad(error.to_string()))?;
    let raw: RawListing = serde_json::from_slice(&json).map_err(|error| bad(error.to_string()))?;
    raw.into_listing().map(Box::new).map_err(|error| bad(error.to_string()))
}

/// Partition of the index by day.
pub(super) fn day_shard(day: &str, shard: u32) -> String {
    format!("{day}#{shard:02}")
}

/// Partition of the index by brand or by seller. The shard stands last and has a fixed width, so no name can be mistaken for another.
pub(super) fn name_shard(name: &str, shard: u32) -> String {
    format!("{}#{shard:02}", cut(name, INDEX_KEY_BYTES_MAX))
}

/// Sorts by day, then by risk, then by log odds, which also separates listings at the ends of the scale.
fn rank(day: &str, scored: &ScoredListing) -> String {
    format!("{day}#{:04}#{:010}", scored.risk.0, lifted(scored.log_odds))
}

/// FNV-1a, 32 bits: the standard library's hashes may change between versions, and a listing must find its shard again.
fn shard_of(listing_id: &str) -> u32 {
    listing_id.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn cut(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max)]
}

/// A JSON list of as many entries, from the front, as fit.
fn json_within<T: Serialize>(entries: &[T], bytes_max: usize) -> String {
    let mut json = String::from("[");
    for entry in entries {
        let entry = serde_json::to_string(entry).expect("strings and numbers always serialise");
        if json.len() + entry.len() + 2 > bytes_max {
            break;
        }
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(&entry);
    }
    json.push(']');
    json
}

fn number<'i>(item: &'i Item, name: &str) -> Result<&'i str, Error> {
    let value = item.get(name).and_then(|value| value.as_n().ok());
    value.map(String::as_str).ok_or_else(|| bad(format!("{name} is missing")))
}

fn parsed<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|error| bad(error.to_string()))
}

fn bad(detail: String) -> Error {
    Error::BadRecord { what: "result", detail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::{Field, RawListing};

    fn listing(fields: &[(Field, &str)]) -> Listing {
        let mut raw = RawListing::default();
        for (field, value) in fields {
            raw.set(*field, *value);
        }
        raw.into_listing().unwrap()
    }

    fn reason(why: &str) -> Reason {
        Reason {
            signal: "replica_term".into(),
            rule: Some("en.replica".into()),
            points: Milli(2_310),
            field: "title".into(),
            start: 14,
            end: 20,
            text: "1:1 复刻".into(),
            why: why.into(),
        }
    }

    fn scored(band: Band, reasons: Vec<Reason>) -> ScoredListing {
        ScoredListing {
            listing_id: "A-17".into(),
            risk: Risk(914),
            log_odds: Milli(-2_364),
            band,
            brand: Some("louis-vuitton".into()),
            reasons,
            issues: vec![Issue { field: "price".into(), code: "price.not_a_number".into(), detail: "'?' was left out".into() }],
            policy: "p-6f1c0a9e".into(),
            input: "h-93ab".into(),
            scored_at: "2026-11-23T00:00:00Z".into(),
        }
    }

    fn origin() -> Origin {
        Origin::new("j-1", &Upload { at_ms: 1_790_000_000_000, sequencer: "0055".into() }, 1_800_000_000).unwrap()
    }

    /// DynamoDB counts names and values in UTF-8.
    fn bytes(item: &Item) -> usize {
        let value_bytes = |value: &AttributeValue| match value {
            AttributeValue::B(bytes) => bytes.as_ref().len(),
            value => value.as_s().or_else(|_| value.as_n()).map_or(0, String::len),
        };
        item.iter().map(|(name, value)| name.len() + value_bytes(value)).sum()
    }

    #[test]
    fn what_is_stored_reads_back_the_same() {
        let listing = listing(&[
            (Field::ListingId, "A-17"),
            (Field::Title, "包 1:1 复刻"),
            (Field::Price, "$12.50"),
            (Field::SellerId, "s#1"),
            (Field::Url, "https://a/1"),
        ]);
        for band in [Band::Clear, Band::Review, Band::RedFlag] {
            for (reasons, issues) in [(vec![], vec![]), (vec![reason("a"), reason("\"b\"\\")], scored(band, vec![]).issues)] {
                let scored = ScoredListing { issues, ..scored(band, reasons) };
                let stored = StoredResult::try_from(&to_item(&origin(), 3, &listing, &scored, Harm(12))).unwrap();
                assert_eq!(stored.scored, scored);
                assert_eq!(stored.listing.as_deref(), (band > Band::Clear).then_some(&listing));
                assert_eq!((stored.title.as_str(), stored.price.as_deref()), ("包 1:1 复刻", Some("12.5")));
                assert_eq!((stored.currency.as_deref(), stored.seller_id.as_deref()), (Some("USD"), Some("s#1")));
            }
        }
    }

    #[test]
    fn only_flagged_items_are_indexed() {
        let with_seller = listing(&[(Field::ListingId, "A-17"), (Field::Title, "Bag"), (Field::SellerId, "s#1")]);
        let check = |band, listing: &Listing, keys: [Option<&str>; 6]| {
            let item = to_item(&origin(), 0, listing, &scored(band, vec![]), Harm(7));
            let found = ["day_shard", "brand_shard", "seller_shard", "queue_shard", "queue_brand_shard", "queue_seller_shard"]
                .map(|key| item.get(key).and_then(|value| value.as_s().ok()));
            assert_eq!(found.map(|key| key.map(String::as_str)), keys);
            for name in ["rank", "queue_rank", "expected_harm", "listing"] {
                assert_eq!(item.contains_key(name), band > Band::Clear, "{name}");
            }
        };
        check(Band::Clear, &with_seller, [None; 6]);
        check(
            Band::Review,
            &with_seller,
            [
                Some("2026-09-21#03"),
                Some("louis-vuitton#03"),
                Some("s#1#03"),
                Some("queue#03"),
                Some("louis-vuitton#03"),
                Some("s#1#03"),
            ],
        );
        let without = listing(&[(Field::ListingId, "A-17"), (Field::Title, "Bag")]);
        check(
            Band::RedFlag,
            &without,
            [Some("2026-09-21#03"), Some("louis-vuitton#03"), None, Some("queue#03"), Some("louis-vuitton#03"), None],
        );
    }

    #[test]
    fn ranks_sort_as_the_risks() {
        let rank_of = |day: &str, risk, log_odds| {
            rank(day, &ScoredListing { risk: Risk(risk), log_odds: Milli(log_odds), ..scored(Band::Review, vec![]) })
        };
        let lowest_first = [
            rank_of("2026-09-21", 1_000, i32::MAX),
            rank_of("2026-09-22", 400, i32::MIN),
            rank_of("2026-09-22", 400, -1),
            rank_of("2026-09-22", 400, 1),
            rank_of("2026-09-22", 1_000, 0),
        ];
        assert!(lowest_first.is_sorted_by(|a, b| a < b), "{lowest_first:#?}");
    }

    #[test]
    fn the_queue_sorts_by_harm_then_by_certainty_then_by_upload() {
        let lowest_first = [
            queue_rank(Harm(0), Milli(i32::MAX), "b"),
            queue_rank(Harm(9), Milli(i32::MIN), "b"),
            queue_rank(Harm(9), Milli(-1), "b"),
            queue_rank(Harm(9), Milli(1), "a"),
            queue_rank(Harm(9), Milli(1), "b"),
            queue_rank(Harm(u32::MAX), Milli(0), "a"),
        ];
        assert!(lowest_first.is_sorted_by(|a, b| a < b), "{lowest_first:#?}");
        assert!(lowest_first[5].len() < 100, "sort keys end at 1,024 bytes, and order keys have under 200");
    }

    #[test]
    fn the_same_listing_twice_in_a_file_has_two_keys() {
        let listing = listing(&[(Field::ListingId, "A-17"), (Field::Title, "Bag")]);
        let key = |row| to_item(&origin(), row, &listing, &scored(Band::Clear, vec![]), Harm(0)).remove("order_key").unwrap();
        assert_ne!(key(1), key(2));
    }

    #[test]
    fn no_listing_makes_an_item_too_large() {
        let long = "x".repeat(40_000);
        let listing = listing(&[
            (Field::ListingId, &"x".repeat(1_024)),
            (Field::Title, &long),
            (Field::SellerId, &long),
            (Field::SellerName, &long),
            (Field::Marketplace, &long),
            (Field::Url, &long),
        ]);
        let reasons: Vec<_> = (0..1_000).map(|n| reason(&format!("{n} {long}"))).collect();
        let issue = Issue { field: "f".into(), code: "c".into(), detail: long.clone() };
        let scored = ScoredListing { brand: Some(long.clone()), issues: vec![issue; 9], ..scored(Band::RedFlag, reasons) };
        let item = to_item(&origin(), 0, &listing, &scored, Harm(u32::MAX));
        assert!(bytes(&item) < 100_000, "{}", bytes(&item));
        let stored = StoredResult::try_from(&item).unwrap();
        assert_eq!((stored.scored.reasons.len(), stored.scored.issues.len()), (1, 0));
        assert_eq!(stored.scored.reasons[0], scored.reasons[0]);
    }

    #[test]
    fn a_list_is_cut_one_entry_beyond_the_limit() {
        assert_eq!(json_within(&["a", "b"], 9), r#"["a","b"]"#);
        assert_eq!(json_within(&["a", "b"], 8), r#"["a"]"#);
        assert_eq!(json_within::<&str>(&[], 2), "[]");
    }
}
