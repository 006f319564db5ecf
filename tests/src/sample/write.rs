//! How are rows written? As the exports that people really have.

use super::row::Row;
use scoring::Field;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// A format that rows can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The product export of a Shopify shop. It knows no sellers and no currency.
    ShopifyCsv,
    /// A Google Merchant feed as tab-separated text.
    MerchantTsv,
    /// One JSON object a line with the names of the contract.
    Jsonl,
    /// Comma-separated, headers by the names of the contract.
    Csv,
}

impl Format {
    /// The format of that name: `shopify`, `merchant`, `jsonl`, `csv`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "shopify" => Self::ShopifyCsv,
            "merchant" => Self::MerchantTsv,
            "jsonl" => Self::Jsonl,
            "csv" => Self::Csv,
            _ => return None,
        })
    }
}

/// Writes rows one after the other; nothing is kept.
///
/// # Errors
/// When the output cannot be written.
pub fn write(format: Format, rows: impl Iterator<Item = Row>, mut output: impl Write) -> io::Result<()> {
    match format {
        Format::Jsonl => {
            for row in rows {
                serde_json::to_writer(&mut output, &json_object(&row))?;
                output.write_all(b"\n")?;
            }
        }
        Format::ShopifyCsv => table(b',', SHOPIFY, shopify, rows, &mut output)?,
        Format::MerchantTsv => table(b'\t', MERCHANT, merchant, rows, &mut output)?,
        Format::Csv => {
            table(b',', &Field::ALL.map(Field::name), |row| Field::ALL.map(|field| row[field].clone()), rows, &mut output)?;
        }
    }
    output.flush()
}

fn table<const N: usize>(
    delimiter: u8,
    header: &[&str; N],
    cells: impl Fn(&Row) -> [String; N],
    rows: impl Iterator<Item = Row>,
    output: impl Write,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(output);
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(cells(&row))?;
    }
    writer.flush()
}

/// Numbers as numbers and pictures as a list, where they can be; with a column of its own that no reader knows.
fn json_object(row: &Row) -> Map<String, Value> {
    let mut object = Map::new();
    for field in Field::ALL {
        let text = &row[field];
        let value = match field {
            _ if text.is_empty() => continue,
            Field::Price | Field::SellerRating => text.parse::<serde_json::Number>().map_or(json!(text), Value::Number),
            Field::ImageUrls => json!(text.split(',').collect::<Vec<_>>()),
            _ => json!(text),
        };
        object.insert(field.name().to_owned(), value);
    }
    object.insert("watchers".to_owned(), json!(row[Field::Title].len() % 17));
    object
}

const SHOPIFY: &[&str; 20] = &[
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Product Category",
    "Type",
    "Tags",
    "Published",
    "Option1 Name",
    "Option1 Value",
    "Variant SKU",
    "Variant Grams",
    "Variant Inventory Qty",
    "Variant Price",
    "Variant Requires Shipping",
    "Variant Taxable",
    "Variant Barcode",
    "Image Src",
    "Image Position",
    "Status",
];

fn shopify(row: &Row) -> [String; 20] {
    let text = |text: &str| text.to_owned();
    let body = if row[Field::Description].is_empty() { String::new() } else { format!("<p>{}</p>", row[Field::Description]) };
    let image = row[Field::ImageUrls].split(',').next().unwrap_or_default();
    [
        row[Field::ListingId].clone(),
        row[Field::Title].clone(),
        body,
        row[Field::Brand].clone(),
        row[Field::Category].clone(),
        String::new(),
        text("autumn, featured"),
        text("true"),
        text("Title"),
        text("Default Title"),
        row[Field::ListingId].to_uppercase(),
        text("500"),
        text("12"),
        row[Field::Price].clone(),
        text("true"),
        text("true"),
        row[Field::Gtin].clone(),
        text(image),
        text("1"),
        text("active"),
    ]
}

const MERCHANT: &[&str; 14] = &[
    "id",
    "title",
    "description",
    "link",
    "image_link",
    "additional_image_link",
    "availability",
    "price",
    "brand",
    "gtin",
    "condition",
    "google_product_category",
    "external_seller_id",
    "shipping_weight",
];

fn merchant(row: &Row) -> [String; 14] {
    let text = |text: &str| text.to_owned();
    let (image, more) = row[Field::ImageUrls].split_once(',').unwrap_or((&row[Field::ImageUrls], ""));
    let price =
        if row[Field::Price].is_empty() { String::new() } else { format!("{} {}", row[Field::Price], row[Field::Currency]) };
    [
        row[Field::ListingId].clone(),
        row[Field::Title].clone(),
        row[Field::Description].clone(),
        row[Field::Url].clone(),
        text(image),
        text(more),
        text("in_stock"),
        price,
        row[Field::Brand].clone(),
        row[Field::Gtin].clone(),
        text("new"),
        row[Field::Category].clone(),
        row[Field::SellerId].clone(),
        text("0.5 kg"),
    ]
}
