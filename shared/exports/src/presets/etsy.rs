//! What are the columns of Etsy's listings CSV ("Download data" in the shop's settings)?
//!
//! It has no listing id, and the SKU is optional and may repeat; a row without one is named `etsy-row-<number>`.

use super::{Preset, Repeats, column};
use scoring::Field;

pub(super) const PRESET: Preset = Preset {
    name: "etsy-listings",
    marketplace: Some("etsy"),
    currency: None,
    signatures: &[&["TITLE", "DESCRIPTION", "CURRENCY_CODE", "TAGS"], &["TITLE", "DESCRIPTION", "CURRENCY_CODE", "IMAGE1"]],
    columns: &[
        column(&["LISTING_ID"], Field::ListingId),
        column(&["SKU"], Field::ListingId).rank(1),
        column(&["TITLE"], Field::Title),
        column(&["DESCRIPTION"], Field::Description),
        column(&["PRICE"], Field::Price),
        column(&["CURRENCY_CODE"], Field::Currency),
        column(
            &["IMAGE1", "IMAGE2", "IMAGE3", "IMAGE4", "IMAGE5", "IMAGE6", "IMAGE7", "IMAGE8", "IMAGE9", "IMAGE10"],
            Field::ImageUrls,
        ),
    ],
    quoting: true,
    repeats: Repeats::Never,
    row_id: Some("etsy"),
};
