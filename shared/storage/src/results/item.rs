//! What is in an item of the results table?

use super::Item;
use super::keys::{self, QUEUE_RANK};
use super::listing;
use crate::limits::{ISSUES_BYTES_MAX, ITEM_TEXT_BYTES_MAX, ITEM_TITLE_BYTES_MAX, ITEM_URL_BYTES_MAX, REASONS_BYTES_MAX};
use crate::order::row_key;
use crate::tables::EXPIRES_AT;
use crate::{Error, Upload};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use scoring::{Band, Harm, Issue, Listing, Milli, Reason, Risk, ScoredListing};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

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
    /// For the items of a job that expire at a time in epoch seconds. A name of a job is used once: with the row it makes the order key,
    /// which no two results share.
    ///
    /// # Errors
    /// When the time of the upload cannot be written.
    pub fn new(job_id: &str, upload: &Upload, expires_at: i64) -> Result<Self, Error> {
        Ok(Self { job_id: job_id.to_owned(), upload_key: upload.key(job_id)?, day: upload.day()?, expires_at })
    }
}

/// Which draw of an audit sent a result to review, whatever its risk. Reviewers are not told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// The audit run.
    pub run_id: String,
    /// The stratum of risk that it was drawn from.
    pub stratum: u8,
}

impl Drawn {
    /// The attributes of a draw, the same in every table.
    pub(crate) fn texts(&self) -> [(&'static str, String); 2] {
        [("drawn_run", self.run_id.clone()), ("drawn_stratum", self.stratum.to_string())]
    }

    pub(crate) fn of(item: &Item) -> Option<Self> {
        let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok());
        Some(Self { run_id: text("drawn_run")?.clone(), stratum: text("drawn_stratum")?.parse().ok()? })
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
    /// The marketplace's id of the seller.
    pub seller_id: Option<String>,
    /// The shop's name, at most [`ITEM_TEXT_BYTES_MAX`] bytes, like the name of the marketplace.
    pub seller_name: Option<String>,
    /// Name of the marketplace.
    pub marketplace: Option<String>,
    /// Address of the listing's page.
    pub url: Option<String>,
    /// Of a flagged result: the listing that it is about, with the same issues. Scoring it again gives the same result, except that
    /// addresses of pictures may be left out.
    pub listing: Option<Listing>,
    /// Of a flagged result: what a buyer loses on average.
    pub expected_harm: Option<Harm>,
    /// Which draw sent it to review.
    pub drawn: Option<Drawn>,
}

impl StoredResult {
    /// What puts this result into the review queue, with the values (see [`keys::queue_keys`]); nothing when it is
    /// neither flagged nor drawn.
    #[must_use]
    pub fn queue_keys(&self) -> Vec<(&'static str, String)> {
        match (self.scored.band, &self.drawn) {
            (Band::Clear, None) => Vec::new(),
            (Band::Clear, Some(_)) | (Band::Review | Band::RedFlag, _) => {
                keys::queue_keys(&self.scored.listing_id, self.scored.brand.as_deref(), self.seller_id.as_deref())
            }
        }
    }
}

/// Makes the item of one row. `row` counts from 0 over all rows of the file, so no two rows share a key, not even those of the same listing.
/// Flagged results are queued for review by the harm that is to be expected.
/// The item stays far below DynamoDB's 400 kB whatever the listing says.
#[must_use]
pub fn to_item(origin: &Origin, row: u64, listing: &Listing, scored: &ScoredListing, harm: Harm) -> Item {
    let order_key = row_key(&origin.upload_key, row);
    let brand = scored.brand.as_deref().map(keys::index_name);
    let seller_id = listing.seller_id.as_deref().map(keys::index_name);
    let mut item = Item::with_capacity(32);
    let mut text = |name: &str, value: &str| {
        item.insert(name.to_owned(), AttributeValue::S(value.to_owned()));
    };
    text("listing_id", &scored.listing_id);
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
    for (name, value) in [
        ("brand", brand),
        ("seller_id", seller_id),
        ("seller_name", listing.seller_name.as_deref().map(|name| cut(name, ITEM_TEXT_BYTES_MAX))),
        ("marketplace", listing.marketplace.as_deref().map(|name| cut(name, ITEM_TEXT_BYTES_MAX))),
        ("url", listing.url.as_deref().map(|url| cut(url, ITEM_URL_BYTES_MAX))),
    ] {
        if let Some(value) = value {
            text(name, value);
        }
    }
    if let Some(price) = &listing.price {
        text("price", &price.to_string());
    }
    if let Some(currency) = &listing.currency {
        text("currency", &currency.to_string());
    }
    let flagged = scored.band > Band::Clear;
    if flagged {
        text("rank", &keys::risk_rank(&origin.day, scored));
        text(QUEUE_RANK, &keys::queue_rank(harm, scored, &order_key));
        let risk_keys = keys::risk_keys(&origin.day, &scored.listing_id, brand, seller_id);
        for (key, value) in risk_keys.iter().chain(&keys::queue_keys(&scored.listing_id, brand, seller_id)) {
            text(key, value);
        }
    }
    let mut number = |name: &str, value: String| {
        item.insert(name.to_owned(), AttributeValue::N(value));
    };
    number("risk", scored.risk.to_string());
    number("log_odds", scored.log_odds.to_string());
    if flagged {
        number("expected_harm", harm.0.to_string());
    }
    number("schema", SCHEMA.to_owned());
    number(EXPIRES_AT, origin.expires_at.to_string());
    if flagged && let Some(packed) = listing::pack(listing) {
        item.insert("listing".to_owned(), AttributeValue::B(Blob::new(packed)));
    }
    item
}

/// The same for a row that an audit drew: it is queued for review whatever its risk, at the place that `harm` gives it, and with everything
/// that a reviewer sees of a flagged one.
#[must_use]
pub fn to_drawn_item(origin: &Origin, row: u64, listing: &Listing, scored: &ScoredListing, harm: Harm, drawn: &Drawn) -> Item {
    let mut item = to_item(origin, row, listing, scored, harm);
    if scored.band == Band::Clear {
        let order_key = row_key(&origin.upload_key, row);
        let (brand, seller_id) =
            (scored.brand.as_deref().map(keys::index_name), listing.seller_id.as_deref().map(keys::index_name));
        item.insert(QUEUE_RANK.to_owned(), AttributeValue::S(keys::queue_rank(harm, scored, &order_key)));
        for (key, value) in keys::queue_keys(&scored.listing_id, brand, seller_id) {
            item.insert(key.to_owned(), AttributeValue::S(value));
        }
        item.insert("expected_harm".to_owned(), AttributeValue::N(harm.0.to_string()));
        if let Some(packed) = listing::pack(listing) {
            item.insert("listing".to_owned(), AttributeValue::B(Blob::new(packed)));
        }
    }
    item.extend(drawn.texts().map(|(name, value)| (name.to_owned(), AttributeValue::S(value))));
    item
}

impl TryFrom<&Item> for StoredResult {
    type Error = Error;

    fn try_from(item: &Item) -> Result<Self, Error> {
        let optional = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
        let text = |name: &str| optional(name).ok_or_else(|| bad(format!("{name} is missing")));
        let issues = optional("issues").map_or_else(|| Ok(Vec::new()), |json| parsed::<Vec<Issue>>(&json))?;
        let listing = item.get("listing").and_then(|value| value.as_b().ok());
        let listing = listing.map(|packed| listing::unpack(packed.as_ref())).transpose()?;
        Ok(Self {
            listing: listing.map(|listing| Listing { issues: issues.clone(), ..listing }),
            scored: ScoredListing {
                listing_id: text("listing_id")?,
                risk: parsed::<Risk>(number(item, "risk")?)?,
                log_odds: parsed::<Milli>(number(item, "log_odds")?)?,
                band: parsed::<Band>(&format!("\"{}\"", text("band")?))?,
                brand: optional("brand"),
                reasons: parsed::<Vec<Reason>>(&text("reasons")?)?,
                issues,
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
            expected_harm: item
                .contains_key("expected_harm")
                .then(|| parsed(number(item, "expected_harm")?).map(Harm))
                .transpose()?,
            drawn: Drawn::of(item),
        })
    }
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

pub(super) fn number<'i>(item: &'i Item, name: &str) -> Result<&'i str, Error> {
    let value = item.get(name).and_then(|value| value.as_n().ok());
    value.map(String::as_str).ok_or_else(|| bad(format!("{name} is missing")))
}

pub(super) fn parsed<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|error| bad(error.to_string()))
}

pub(super) fn bad(detail: String) -> Error {
    Error::BadRecord { what: "result", detail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::QUEUE_KEYS;
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
                let stored = StoredResult::try_from(&to_item(&origin(), 3, &listing, &scored, Harm(1_250))).unwrap();
                assert_eq!(stored.scored, scored);
                assert_eq!((stored.title.as_str(), stored.price.as_deref()), ("包 1:1 复刻", Some("12.5")));
                let whole = Listing { issues: scored.issues, ..listing.clone() };
                assert_eq!(stored.listing, (band > Band::Clear).then_some(whole));
                assert_eq!((stored.currency.as_deref(), stored.seller_id.as_deref()), (Some("USD"), Some("s#1")));
            }
        }
    }

    #[test]
    fn only_flagged_items_are_indexed() {
        let with_seller = listing(&[(Field::ListingId, "A-17"), (Field::Title, "Bag"), (Field::SellerId, "s#1")]);
        let check = |band, listing: &Listing, risk_keys: [Option<&str>; 3], queue_keys: [Option<&str>; 3]| {
            let item = to_item(&origin(), 0, listing, &scored(band, vec![]), Harm(7));
            let found = |key: &str| item.get(key).and_then(|value| value.as_s().ok()).map(String::as_str);
            assert_eq!(["day_shard", "brand_shard", "seller_shard"].map(found), risk_keys);
            assert_eq!(QUEUE_KEYS.map(found), queue_keys);
            for attribute in ["rank", QUEUE_RANK, "expected_harm"] {
                assert_eq!(item.contains_key(attribute), band > Band::Clear, "{attribute}");
            }
            // What is put back after a decision is taken back is what was there.
            let stored = StoredResult::try_from(&item).unwrap();
            let again = stored.queue_keys();
            assert_eq!(
                QUEUE_KEYS.map(|key| again.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str())),
                queue_keys
            );
            assert_eq!(stored.expected_harm, (band > Band::Clear).then_some(Harm(7)));
        };
        let (day, brand, seller) = (Some("2026-09-21#03"), Some("louis-vuitton#03"), Some("s#1#03"));
        check(Band::Clear, &with_seller, [None; 3], [None; 3]);
        check(Band::Review, &with_seller, [day, brand, seller], [Some("queue#03"), brand, seller]);
        let without = listing(&[(Field::ListingId, "A-17"), (Field::Title, "Bag")]);
        check(Band::RedFlag, &without, [day, brand, None], [Some("queue#03"), brand, None]);
    }

    #[test]
    fn the_same_listing_twice_in_a_file_has_two_keys() {
        let listing = listing(&[(Field::ListingId, "A-17"), (Field::Title, "Bag")]);
        let key = |row| to_item(&origin(), row, &listing, &scored(Band::Clear, vec![]), Harm(0)).remove("order_key").unwrap();
        assert_ne!(key(1), key(2));
    }

    #[test]
    fn no_listing_makes_an_item_too_large() {
        // Control characters in no order: JSON writes each in six bytes, and they hardly compress.
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from((state >> 24) as u8 & 31)
        };
        let mut noise = |bytes| -> String { (0..bytes).map(|_| next()).chain(['x']).collect() };
        let texts: Vec<_> = Field::ALL.iter().map(|field| (*field, noise(40_000))).collect();
        let mut fields: Vec<_> = texts.iter().map(|(field, text)| (*field, text.as_str())).collect();
        let id = "x".repeat(1_024);
        fields[0] = (Field::ListingId, &id);
        let mut listing = listing(&fields);
        listing.image_urls = (0..32).map(|_| noise(1_023)).collect();
        let long = "x".repeat(40_000);
        let reasons: Vec<_> = (0..1_000).map(|n| reason(&format!("{n} {long}"))).collect();
        let issue = Issue { field: "f".into(), code: "c".into(), detail: long.clone() };
        let scored = ScoredListing { brand: Some(long.clone()), issues: vec![issue; 9], ..scored(Band::RedFlag, reasons) };
        let item = to_item(&origin(), 0, &listing, &scored, Harm(u64::MAX));
        assert!(bytes(&item) < 400_000, "{}", bytes(&item));
        let stored = StoredResult::try_from(&item).unwrap();
        assert_eq!((stored.scored.reasons.len(), stored.scored.issues.len()), (1, 0));
        assert_eq!(stored.scored.reasons[0], scored.reasons[0]);
        assert!(stored.listing.is_some_and(|whole| (whole.title, whole.description) == (listing.title, listing.description)));
    }

    #[test]
    fn a_list_is_cut_one_entry_beyond_the_limit() {
        assert_eq!(json_within(&["a", "b"], 9), r#"["a","b"]"#);
        assert_eq!(json_within(&["a", "b"], 8), r#"["a"]"#);
        assert_eq!(json_within::<&str>(&[], 2), "[]");
    }
}
