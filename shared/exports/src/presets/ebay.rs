//! What are the columns of eBay's active listings report (Seller Hub, and the older File Exchange)?
//!
//! A listing with variations takes one row for itself and one per variation, all with the same item number.
//! The columns for trade item numbers hold "Does not apply" where there is none.

use super::{Preset, Reading, Repeats, column};
use scoring::Field;

pub(super) const PRESET: Preset = Preset {
    name: "ebay-active-listings",
    marketplace: Some("ebay"),
    currency: None,
    signatures: &[
        &["Item number", "Title", "Current price"],
        &["Item number", "Title", "Start price"],
        &["Item ID", "Title", "Custom Label"],
    ],
    columns: &[
        column(&["Item number", "Item ID"], Field::ListingId),
        column(&["Title"], Field::Title),
        column(&["Description"], Field::Description),
        column(&["C:Brand", "Brand"], Field::Brand),
        column(&["eBay category 1 name", "Category name"], Field::Category),
        column(&["Current price"], Field::Price),
        column(&["Start price", "Price"], Field::Price).rank(1),
        column(&["Auction Buy It Now price"], Field::Price).rank(2),
        column(&["Currency"], Field::Currency),
        column(&["P:UPC", "UPC"], Field::Gtin).reading(Reading::Gtin),
        column(&["P:EAN", "EAN"], Field::Gtin).reading(Reading::Gtin),
        column(&["P:ISBN", "ISBN"], Field::Gtin).reading(Reading::Gtin),
        column(&["Start date"], Field::CreatedAt).reading(Reading::Time),
        column(&["Item photo URL", "PicURL"], Field::ImageUrls),
    ],
    quoting: true,
    repeats: Repeats::SameId,
    row_id: None,
};
