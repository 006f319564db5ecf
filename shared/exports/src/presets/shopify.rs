//! What are the columns of Shopify's products CSV?
//!
//! A product takes one row per variant and per picture; all but the first repeat the handle and leave the title empty.
//! Source: the template in Shopify's help pages, in its older and its newer (2024) spelling.

use super::{Preset, Reading, Repeats, column};
use scoring::Field;

pub(super) const PRESET: Preset = Preset {
    name: "shopify-products",
    marketplace: Some("shopify"),
    currency: None,
    signatures: &[&["Handle", "Title", "Body (HTML)"], &["URL handle", "Title", "Vendor"]],
    columns: &[
        column(&["Handle", "URL handle"], Field::ListingId),
        column(&["Title"], Field::Title),
        column(&["Body (HTML)", "Description"], Field::Description),
        column(&["Vendor"], Field::Brand),
        column(&["Product Category"], Field::Category),
        column(&["Type"], Field::Category).rank(1),
        column(&["Google Shopping / Google Product Category"], Field::Category).rank(2),
        column(&["Variant Price", "Price"], Field::Price),
        column(&["Variant Barcode", "Barcode"], Field::Gtin).reading(Reading::Gtin),
        column(&["Image Src", "Product image URL", "Variant Image", "Variant image URL"], Field::ImageUrls),
    ],
    quoting: true,
    repeats: Repeats::WithoutTitle,
    row_id: None,
};
