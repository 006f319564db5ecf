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
            table(b',', &Field::ALL.map(Field::name), |row| vec![Field::ALL.map(|field| row[field].clone())], rows, &mut output)?;
        }
    }
    output.flush()
}

fn table<const N: usize>(
    delimiter: u8,
    header: &[&str; N],
    records: impl Fn(&Row) -> Vec<[String; N]>,
    rows: impl Iterator<Item = Row>,
    output: impl Write,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(output);
    writer.write_record(header)?;
    for row in rows {
        for record in records(&row) {
            writer.write_record(record)?;
        }
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

/// Places in [`SHOPIFY`].
const HANDLE: usize = 0;
const IMAGE: usize = 17;

/// The product, and a row with nothing but handle and address for each further picture, as Shopify writes them.
fn shopify(row: &Row) -> Vec<[String; 20]> {
    let text = |text: &str| text.to_owned();
    let body = if row[Field::Description].is_empty() { String::new() } else { format!("<p>{}</p>", row[Field::Description]) };
    let mut images = row[Field::ImageUrls].split(',');
    let product = [
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
        text(images.next().unwrap_or_default()),
        text("1"),
        text("active"),
    ];
    let pictures = images.zip(2..).map(|(image, position)| {
        let mut record: [String; 20] = Default::default();
        record[HANDLE].clone_from(&row[Field::ListingId]);
        record[IMAGE] = text(image);
        record[IMAGE + 1] = position.to_string();
        record
    });
    // A row without handle or title is damaged on purpose and has to stand alone to be noticed.
    let whole = !row[Field::ListingId].is_empty() && !row[Field::Title].is_empty();
    let mut records = vec![product];
    records.extend(pictures.filter(|_| whole));
    records
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

fn merchant(row: &Row) -> Vec<[String; 14]> {
    let text = |text: &str| text.to_owned();
    let (image, more) = row[Field::ImageUrls].split_once(',').unwrap_or((&row[Field::ImageUrls], ""));
    let price =
        if row[Field::Price].is_empty() { String::new() } else { format!("{} {}", row[Field::Price], row[Field::Currency]) };
    vec![[
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
    ]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Generator;
    use exports::{Hint, Row as Read, open};

    /// Every format is read back as what was written, damaged rows as rejects.
    #[test]
    fn each_format_reads_back_row_by_row() {
        for (format, name, preset) in [
            (Format::Jsonl, "x.jsonl", "generic jsonl"),
            (Format::Csv, "x.csv", "generic csv"),
            (Format::ShopifyCsv, "x.csv", "shopify-products csv"),
            (Format::MerchantTsv, "x.tsv", "google-merchant tsv"),
        ] {
            let samples: Vec<_> = Generator::new(4).take(1_500).map(|sample| sample.row).collect();
            let mut file = Vec::new();
            write(format, samples.iter().cloned(), &mut file).unwrap();
            let mut rows = open(file.as_slice(), &Hint { name }).unwrap();
            let (mut ids, mut rejects) = (Vec::new(), 0);
            for row in rows.by_ref() {
                match row.unwrap() {
                    Read::Listing { listing, .. } => ids.push(listing.listing_id),
                    Read::Reject(_) => rejects += 1,
                }
            }
            assert!(rows.format().starts_with(preset), "{}", rows.format());
            let whole = samples.iter().filter(|row| row.to_raw().into_listing().is_ok()).map(|row| row[Field::ListingId].clone());
            assert_eq!(ids, whole.collect::<Vec<_>>(), "{preset}");
            assert_eq!(ids.len() + rejects, samples.len(), "{preset}");
        }
    }
}
