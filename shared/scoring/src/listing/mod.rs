//! What is a listing? The canonical record, read from text fields; a field that cannot be understood becomes an issue, never an error.

mod json;
mod values;

pub(crate) use values::parse_price;
pub use values::{Amount, Country, Currency, Rating, Timestamp};

use crate::limits::{
    DESCRIPTION_BYTES_MAX, IMAGE_URLS_MAX, ISSUES_MAX, LISTING_ID_BYTES_MAX, SHORT_FIELD_BYTES_MAX, TITLE_BYTES_MAX,
};
use crate::scored::{Issue, quote};
use sha2::{Digest, Sha256};
use std::fmt::{self, Write as _};

/// The fields of a listing, in the order of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // the names are the documentation; `name` gives the spelling
pub enum Field {
    ListingId,
    Title,
    Description,
    Brand,
    Category,
    Price,
    Currency,
    SellerId,
    SellerName,
    SellerRating,
    SellerCreatedAt,
    ShipFrom,
    Marketplace,
    Url,
    ImageUrls,
    Gtin,
    CreatedAt,
}

impl Field {
    /// Every field, in the order of the contract.
    pub const ALL: [Self; 17] = [
        Self::ListingId,
        Self::Title,
        Self::Description,
        Self::Brand,
        Self::Category,
        Self::Price,
        Self::Currency,
        Self::SellerId,
        Self::SellerName,
        Self::SellerRating,
        Self::SellerCreatedAt,
        Self::ShipFrom,
        Self::Marketplace,
        Self::Url,
        Self::ImageUrls,
        Self::Gtin,
        Self::CreatedAt,
    ];

    /// The name in the contract, such as `listing_id`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ListingId => "listing_id",
            Self::Title => "title",
            Self::Description => "description",
            Self::Brand => "brand",
            Self::Category => "category",
            Self::Price => "price",
            Self::Currency => "currency",
            Self::SellerId => "seller_id",
            Self::SellerName => "seller_name",
            Self::SellerRating => "seller_rating",
            Self::SellerCreatedAt => "seller_created_at",
            Self::ShipFrom => "ship_from",
            Self::Marketplace => "marketplace",
            Self::Url => "url",
            Self::ImageUrls => "image_urls",
            Self::Gtin => "gtin",
            Self::CreatedAt => "created_at",
        }
    }

    /// The field of that exact name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// A marketplace listing, understood. Made by [`RawListing::into_listing`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Never empty; at most [`LISTING_ID_BYTES_MAX`] bytes.
    pub listing_id: String,
    /// Never blank; as written by the seller.
    pub title: String,
    /// As written by the seller; HTML is kept as it is.
    pub description: Option<String>,
    /// The brand field, as given; not what the scorer thinks the brand is.
    pub brand: Option<String>,
    /// The marketplace's own category text.
    pub category: Option<String>,
    /// Zero or more.
    pub price: Option<Amount>,
    /// ISO 4217.
    pub currency: Option<Currency>,
    /// The marketplace's id of the seller.
    pub seller_id: Option<String>,
    /// The shop's name.
    pub seller_name: Option<String>,
    /// 0.00 to 5.00.
    pub seller_rating: Option<Rating>,
    /// When the seller's account was opened.
    pub seller_created_at: Option<Timestamp>,
    /// ISO 3166-1 alpha-2.
    pub ship_from: Option<Country>,
    /// Name of the marketplace.
    pub marketplace: Option<String>,
    /// Address of the listing's page. Never fetched.
    pub url: Option<String>,
    /// Addresses of the pictures. Never fetched.
    pub image_urls: Vec<String>,
    /// Trade item number, digits only; its check digit is not checked here.
    pub gtin: Option<String>,
    /// When the listing was created.
    pub created_at: Option<Timestamp>,
    /// What could not be understood and was left out.
    pub issues: Vec<Issue>,
}

/// Why a row is no listing. Retrying never helps: the row itself must change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListingError {
    /// The row has no listing id, or a blank one.
    #[error("the row has no listing_id")]
    MissingId,
    /// The row has no title, or a blank one.
    #[error("the row has no title")]
    MissingTitle,
    /// The id is longer than [`LISTING_ID_BYTES_MAX`].
    #[error("the listing_id has {bytes} bytes, more than {LISTING_ID_BYTES_MAX}")]
    IdTooLong {
        /// Length of the id.
        bytes: usize,
    },
}

impl ListingError {
    /// Stable machine name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::MissingId => "row.missing_id",
            Self::MissingTitle => "row.missing_title",
            Self::IdTooLong { .. } => "row.id_too_long",
        }
    }
}

/// The text fields of a row, before they are understood. Every path (file, request) goes through here, which is why the same
/// listing scores the same whatever it came in.
#[derive(Clone, Debug, Default)]
pub struct RawListing {
    values: [Option<String>; Field::ALL.len()],
    image_urls: Vec<String>,
    issues: Vec<Issue>,
    ignored: u32,
}

impl RawListing {
    /// Sets a field as the export gives it. Blank text counts as absent. A field given twice keeps its first value
    /// (exports repeat columns), except that several columns of pictures add up.
    pub fn set(&mut self, field: Field, value: impl Into<String>) {
        let value = value.into();
        if is_blank(&value) {
            return;
        }
        if field == Field::ImageUrls {
            if !value.bytes().any(|byte| matches!(byte, b' ' | b',' | b'|' | b';' | b'\t' | b'\n' | b'\r')) {
                return self.push_image_url(value);
            }
            // Exports separate addresses by white space, commas, semicolons or bars; a comma inside an address stays.
            let addresses = value.split(|c: char| c.is_whitespace() || matches!(c, '|' | ';'));
            for address in addresses.flat_map(|part| part.split(",http")) {
                self.push_image_url(address.trim_matches(',').to_owned());
            }
            return;
        }
        let slot = &mut self.values[field as usize];
        if slot.is_none() {
            *slot = Some(value);
        }
    }

    fn push_image_url(&mut self, address: String) {
        if address.is_empty() {
            return;
        }
        // What stood after the ",http" that it was split at.
        let is_rest = address.starts_with("://") || address.starts_with("s://");
        let address = if is_rest { format!("http{address}") } else { address };
        if self.image_urls.len() == IMAGE_URLS_MAX {
            self.note(Field::ImageUrls, "image_urls.too_many", format!("only the first {IMAGE_URLS_MAX} are kept"));
        } else if self.image_urls.len() < IMAGE_URLS_MAX {
            self.image_urls.push(address);
        }
    }

    /// Notes that a field could not be read, such as an object where text was expected.
    pub fn note(&mut self, field: Field, code: &str, detail: impl Into<String>) {
        let known = self.issues.iter().any(|issue| issue.code == code && issue.field == field.name());
        if !known && self.issues.len() < ISSUES_MAX {
            self.issues.push(Issue { field: field.name().to_owned(), code: code.to_owned(), detail: detail.into() });
        }
    }

    /// Counts a column or key that is not part of a listing.
    pub fn ignore(&mut self) {
        self.ignored += 1;
    }

    /// How many columns or keys were ignored.
    #[must_use]
    pub fn ignored(&self) -> u32 {
        self.ignored
    }

    /// The text of a field as set so far, before it is understood.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&str> {
        self.values[field as usize].as_deref()
    }

    /// Understands the fields.
    ///
    /// # Errors
    /// When the row has no id or title, or an id that is too long. Everything else becomes an issue.
    pub fn into_listing(mut self) -> Result<Listing, ListingError> {
        let listing_id = self.take(Field::ListingId).ok_or(ListingError::MissingId)?.trim().to_owned();
        if listing_id.len() > LISTING_ID_BYTES_MAX {
            return Err(ListingError::IdTooLong { bytes: listing_id.len() });
        }
        let title = self.text(Field::Title, TITLE_BYTES_MAX).ok_or(ListingError::MissingTitle)?;
        let description = self.text(Field::Description, DESCRIPTION_BYTES_MAX);
        let mut short = |field| self.text(field, SHORT_FIELD_BYTES_MAX);
        let brand = short(Field::Brand);
        let category = short(Field::Category);
        let seller_id = short(Field::SellerId);
        let seller_name = short(Field::SellerName);
        let marketplace = short(Field::Marketplace);
        let url = short(Field::Url);
        let price = self.parsed(Field::Price, values::parse_price);
        let currency = self.parsed(Field::Currency, Currency::parse);
        let (price, sign) = price.unzip();
        let listing = Listing {
            listing_id,
            title,
            description,
            brand,
            category,
            price,
            // An explicit currency wins over the sign in the price.
            currency: currency.or(sign.flatten()),
            seller_id,
            seller_name,
            seller_rating: self.parsed(Field::SellerRating, Rating::parse),
            seller_created_at: self.parsed(Field::SellerCreatedAt, Timestamp::parse),
            ship_from: self.parsed(Field::ShipFrom, Country::parse),
            marketplace,
            url,
            gtin: self.parsed(Field::Gtin, values::parse_gtin),
            created_at: self.parsed(Field::CreatedAt, Timestamp::parse),
            image_urls: std::mem::take(&mut self.image_urls),
            issues: Vec::new(),
        };
        Ok(Listing { issues: self.issues, ..listing })
    }

    fn take(&mut self, field: Field) -> Option<String> {
        self.values[field as usize].take()
    }

    fn text(&mut self, field: Field, bytes_max: usize) -> Option<String> {
        let mut text = self.take(field)?;
        if text.len() > bytes_max {
            self.note(field, "field.too_long", format!("cut from {} to {bytes_max} bytes", text.len()));
            text.truncate(text.floor_char_boundary(bytes_max));
        }
        // What is left of a text that begins with a page of white space may be blank.
        if is_blank(&text) { None } else { Some(text) }
    }

    fn parsed<T>(&mut self, field: Field, parse: impl Fn(&str) -> Result<T, &'static str>) -> Option<T> {
        let text = self.take(field)?;
        match parse(text.trim()) {
            Ok(value) => Some(value),
            Err(problem) => {
                let code = format!("{}.{problem}", field.name());
                self.note(field, &code, format!("'{}' was left out", quote(text.trim())));
                None
            }
        }
    }
}

/// Whether a text is nothing but white space. The first byte of nearly every text shows that it is not.
fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

/// Room for any value that is no text: a time to the nanosecond has 30 bytes.
const VALUE_BYTES: usize = 32;
const HEX_DIGITS: &[u8; 16] = b"0123456789abcdef";

impl Listing {
    /// Names this listing's content: `h-` and the first 128 bits of SHA-256 over the fields in the order of the contract, each as
    /// its number, its length in bytes (little endian, 8 bytes) and its text. Formats and number spellings do not change it.
    #[must_use]
    pub fn input_hash(&self) -> String {
        self.input_hash_with(&mut Vec::new())
    }

    /// The same with a buffer that is kept between listings: one piece is hashed faster than many.
    pub(crate) fn input_hash_with(&self, content: &mut Vec<u8>) -> String {
        content.clear();
        let mut add = |field: Field, text: &str| {
            content.push(field as u8);
            content.extend_from_slice(&(text.len() as u64).to_le_bytes());
            content.extend_from_slice(text.as_bytes());
        };
        add(Field::ListingId, &self.listing_id);
        add(Field::Title, &self.title);
        for (field, text) in [
            (Field::Description, &self.description),
            (Field::Brand, &self.brand),
            (Field::Category, &self.category),
            (Field::SellerId, &self.seller_id),
            (Field::SellerName, &self.seller_name),
            (Field::Marketplace, &self.marketplace),
            (Field::Url, &self.url),
            (Field::Gtin, &self.gtin),
        ] {
            if let Some(text) = text {
                add(field, text);
            }
        }
        let mut text = String::with_capacity(VALUE_BYTES);
        for field in
            [Field::Price, Field::Currency, Field::SellerRating, Field::SellerCreatedAt, Field::ShipFrom, Field::CreatedAt]
        {
            if let Some(value) = self.value(field) {
                text.clear();
                write!(text, "{value}").expect("writing to a string does not fail");
                add(field, &text);
            }
        }
        for address in &self.image_urls {
            add(Field::ImageUrls, address);
        }
        let digest = Sha256::digest(content.as_slice());
        let mut name = String::with_capacity(34);
        name.push_str("h-");
        for byte in &digest[..16] {
            name.push(char::from(HEX_DIGITS[usize::from(byte >> 4)]));
            name.push(char::from(HEX_DIGITS[usize::from(byte & 15)]));
        }
        name
    }

    /// The text of a field that reasons may point at; `None` for fields that are not text or not given.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&str> {
        match field {
            Field::ListingId => Some(&self.listing_id),
            Field::Title => Some(&self.title),
            Field::Description => self.description.as_deref(),
            Field::Brand => self.brand.as_deref(),
            Field::Category => self.category.as_deref(),
            Field::SellerId => self.seller_id.as_deref(),
            Field::SellerName => self.seller_name.as_deref(),
            Field::Marketplace => self.marketplace.as_deref(),
            Field::Url => self.url.as_deref(),
            Field::Gtin => self.gtin.as_deref(),
            _ => None,
        }
    }

    /// The value of a field that is no text, to be written in its canonical form; `None` for other fields or when not given.
    fn value(&self, field: Field) -> Option<&dyn fmt::Display> {
        match field {
            Field::Price => self.price.as_ref().map(|value| value as _),
            Field::Currency => self.currency.as_ref().map(|value| value as _),
            Field::SellerRating => self.seller_rating.as_ref().map(|value| value as _),
            Field::SellerCreatedAt => self.seller_created_at.as_ref().map(|value| value as _),
            Field::ShipFrom => self.ship_from.as_ref().map(|value| value as _),
            Field::CreatedAt => self.created_at.as_ref().map(|value| value as _),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(fields: &[(Field, &str)]) -> RawListing {
        let mut raw = RawListing::default();
        for (field, value) in fields {
            raw.set(*field, *value);
        }
        raw
    }

    #[test]
    fn a_row_needs_an_id_and_a_title_and_nothing_else() {
        let check = |fields: &[(Field, &str)], code: Option<&str>| {
            assert_eq!(raw(fields).into_listing().err().map(|e| e.code()), code, "{fields:?}");
        };
        check(&[(Field::ListingId, "1"), (Field::Title, "Bag")], None);
        check(&[(Field::Title, "Bag")], Some("row.missing_id"));
        check(&[(Field::ListingId, "  "), (Field::Title, "Bag")], Some("row.missing_id"));
        check(&[(Field::ListingId, "1"), (Field::Title, " \t")], Some("row.missing_title"));
        check(&[(Field::ListingId, "1"), (Field::Title, &format!("{}Bag", " ".repeat(4_096)))], Some("row.missing_title"));
        check(&[(Field::ListingId, &"x".repeat(1_025)), (Field::Title, "Bag")], Some("row.id_too_long"));
    }

    #[test]
    fn a_bad_optional_field_becomes_an_issue() {
        let listing = raw(&[
            (Field::ListingId, "1"),
            (Field::Title, "Bag"),
            (Field::Price, "on request"),
            (Field::SellerRating, "11"),
            (Field::SellerCreatedAt, "yesterday"),
        ])
        .into_listing()
        .unwrap();
        assert_eq!(listing.price, None);
        let codes: Vec<_> = listing.issues.iter().map(|issue| issue.code.as_str()).collect();
        assert_eq!(codes, ["price.not_a_number", "seller_rating.out_of_range", "seller_created_at.not_a_time"]);
    }

    #[test]
    fn each_text_limit_is_cut_one_beyond_it() {
        for (field, max) in
            [(Field::Title, TITLE_BYTES_MAX), (Field::Description, DESCRIPTION_BYTES_MAX), (Field::Brand, SHORT_FIELD_BYTES_MAX)]
        {
            for (bytes, issues) in [(max, 0), (max + 1, 1)] {
                let listing =
                    raw(&[(Field::ListingId, "1"), (field, &"x".repeat(bytes)), (Field::Title, "Bag")]).into_listing().unwrap();
                assert_eq!(listing.issues.len(), issues, "{field:?} of {bytes}");
                assert_eq!(listing.text(field).unwrap().len(), max);
            }
        }
    }

    #[test]
    fn pictures_are_split_and_limited() {
        let mut pictures = raw(&[(Field::ListingId, "1"), (Field::Title, "Bag")]);
        pictures.set(Field::ImageUrls, "https://a/1.jpg, https://a/2,w=3.jpg,https://a/3.jpg|https://a/4.jpg");
        let listing = pictures.clone().into_listing().unwrap();
        assert_eq!(listing.image_urls, ["https://a/1.jpg", "https://a/2,w=3.jpg", "https://a/3.jpg", "https://a/4.jpg"]);
        for n in 5..=IMAGE_URLS_MAX + 1 {
            pictures.set(Field::ImageUrls, format!("https://a/{n}.jpg"));
        }
        let listing = pictures.into_listing().unwrap();
        assert_eq!((listing.image_urls.len(), listing.issues.len()), (IMAGE_URLS_MAX, 1));
    }

    #[test]
    fn the_hash_names_the_content_and_not_its_spelling() {
        let one = raw(&[(Field::ListingId, "1"), (Field::Title, "Bag"), (Field::Price, "$1,250.50")]).into_listing().unwrap();
        let other = raw(&[(Field::Price, "1250.5"), (Field::Currency, "usd"), (Field::Title, "Bag"), (Field::ListingId, "1")])
            .into_listing()
            .unwrap();
        assert_eq!(one.input_hash(), other.input_hash());
        let moved = raw(&[(Field::ListingId, "1"), (Field::Title, "Bag"), (Field::Brand, "x")]).into_listing().unwrap();
        assert_ne!(one.input_hash(), moved.input_hash());
    }
}
