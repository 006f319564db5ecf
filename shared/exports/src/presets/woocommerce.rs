//! What are the columns of WooCommerce's products CSV?
//!
//! Source: the CSV schema in the WooCommerce wiki, and its German, Spanish and French column names.

use super::{Preset, Reading, Repeats, column};
use scoring::Field;

pub(super) const PRESET: Preset = Preset {
    name: "woocommerce-products",
    marketplace: Some("woocommerce"),
    currency: None,
    signatures: &[
        &["ID", "Name", "Short description", "Regular price"],
        &["ID", "Name", "Kurzbeschreibung", "Regulärer Preis"],
        &["ID", "Nombre", "Descripción corta", "Precio normal"],
        &["ID", "Nom", "Description courte", "Tarif régulier"],
    ],
    columns: &[
        column(&["ID"], Field::ListingId),
        column(&["SKU", "Artikelnummer", "UGS"], Field::ListingId).rank(1),
        column(&["Name", "Nombre", "Nom"], Field::Title),
        column(&["Description", "Beschreibung", "Descripción"], Field::Description),
        column(&["Short description", "Kurzbeschreibung", "Descripción corta", "Description courte"], Field::Description).rank(1),
        column(&["Sale price", "Angebotspreis", "Precio rebajado", "Tarif promo"], Field::Price),
        column(&["Regular price", "Regulärer Preis", "Precio normal", "Tarif régulier"], Field::Price).rank(1),
        column(&["Categories", "Kategorien", "Categorías"], Field::Category),
        column(&["Brands", "Marken", "Marcas", "Marques"], Field::Brand),
        column(&["Images", "Bilder", "Imágenes"], Field::ImageUrls),
        column(&["GTIN, UPC, EAN, or ISBN", "GTIN"], Field::Gtin).reading(Reading::Gtin),
        column(&["External URL"], Field::Url),
    ],
    quoting: true,
    repeats: Repeats::Never,
    row_id: None,
};
