//! What are the attributes of a Google Merchant feed, as tab-separated text and as XML?
//!
//! Source: the product data specification in the Merchant Center help. In text feeds the names may be written with spaces.

use super::{Preset, Repeats, column};
use scoring::Field;

pub(super) const PRESET: Preset = Preset {
    name: "google-merchant",
    marketplace: None,
    currency: None,
    signatures: &[&["id", "title", "link", "image link"], &["id", "title", "image link", "availability"]],
    columns: &[
        column(&["id"], Field::ListingId),
        column(&["title"], Field::Title),
        column(&["structured title"], Field::Title).rank(1),
        column(&["description"], Field::Description),
        // Atom's names for it.
        column(&["content", "summary"], Field::Description).rank(1),
        column(&["link"], Field::Url),
        column(&["image link", "additional image link"], Field::ImageUrls),
        column(&["sale price"], Field::Price),
        column(&["price"], Field::Price).rank(1),
        column(&["brand"], Field::Brand),
        column(&["gtin"], Field::Gtin),
        // The shop's own words; Google's category is often a bare number.
        column(&["product type"], Field::Category),
        column(&["google product category"], Field::Category).rank(1),
        column(&["external seller id"], Field::SellerId),
        column(&["ships from country"], Field::ShipFrom),
    ],
    quoting: true,
    repeats: Repeats::Never,
    row_id: None,
};
