//! What are the columns of Amazon's Active Listings Report (and All, Inactive and Open Listings)?
//!
//! Tab-separated and never quoted. `product-id` is a UPC, EAN, ISBN or ASIN, so that only trade item numbers are taken from it.
//! Source: the report types `GET_MERCHANT_LISTINGS_DATA` and `GET_MERCHANT_LISTINGS_ALL_DATA` of the selling partner API.

use super::{Preset, Reading, Repeats, column};
use scoring::Field;

pub(super) const PRESET: Preset = Preset {
    name: "amazon-active-listings",
    marketplace: Some("amazon"),
    currency: None,
    signatures: &[&["item-name", "seller-sku"], &["item-name", "listing-id"], &["Artikelbezeichnung", "Händler-SKU"]],
    columns: &[
        column(&["listing-id", "Angebotsnummer"], Field::ListingId),
        column(&["seller-sku", "Händler-SKU"], Field::ListingId).rank(1),
        column(&["asin1", "asin"], Field::ListingId).rank(2),
        column(&["item-name", "Artikelbezeichnung"], Field::Title),
        column(&["item-description", "Artikelbeschreibung"], Field::Description),
        column(&["item-note"], Field::Description).rank(1),
        column(&["brand", "brand-name"], Field::Brand),
        column(&["price", "Preis"], Field::Price),
        column(&["image-url"], Field::ImageUrls),
        column(&["product-id", "Produkt-ID"], Field::Gtin).reading(Reading::Gtin),
        column(&["open-date", "Erstellungsdatum"], Field::CreatedAt).reading(Reading::Time),
        column(&["zshop-category1"], Field::Category),
    ],
    quoting: false,
    repeats: Repeats::Never,
    row_id: None,
};
