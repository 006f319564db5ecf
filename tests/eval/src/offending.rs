//! What would a seller of copies write? Listings of our own in every language that the lexicon reads, none of them collected.

use scoring::{Field, Listing, RawListing};
use serde::Deserialize;

/// A listing that the scorer must flag, and that the evasion suite disguises.
#[derive(Clone, Debug, Deserialize)]
pub struct Offending {
    /// What it is called.
    pub title: String,
    /// What more is said about it.
    #[serde(default)]
    pub description: String,
    /// What kind of goods the seller chose.
    pub category: String,
    /// Asking price.
    pub price: String,
    /// Of the price, ISO 4217.
    pub currency: String,
}

macro_rules! languages {
    ($($language:literal),* $(,)?) => {
        /// Languages and their listings, a JSON object per line.
        const FILES: &[(&str, &str)] = &[$(($language, include_str!(concat!("../offending/", $language, ".jsonl")))),*];
    };
}

languages!["ar", "de", "en", "es", "fr", "id", "it", "ja", "ko", "pt", "ru", "th", "tr", "vi", "zh"];

/// Every language with its listings.
///
/// # Panics
///
/// When a file of this crate holds a line that is no listing.
pub fn offending() -> impl Iterator<Item = (&'static str, Vec<Offending>)> {
    FILES.iter().map(|(language, lines)| {
        let listings = lines.lines().map(|line| serde_json::from_str(line).expect("the files of this crate are listings"));
        (*language, listings.collect())
    })
}

impl Offending {
    /// The field's text; empty for a field that is not disguised.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        match field {
            Field::Title => &self.title,
            Field::Description => &self.description,
            _ => "",
        }
    }

    /// The listing as the scorer takes it.
    ///
    /// # Panics
    ///
    /// Never: a listing needs an id, and has one.
    #[must_use]
    pub fn listing(&self) -> Listing {
        let mut raw = RawListing::default();
        raw.set(Field::ListingId, "1");
        for (field, text) in [
            (Field::Title, &self.title),
            (Field::Description, &self.description),
            (Field::Category, &self.category),
            (Field::Price, &self.price),
            (Field::Currency, &self.currency),
        ] {
            if !text.is_empty() {
                raw.set(field, text.as_str());
            }
        }
        raw.into_listing().expect("it has an id")
    }
}
