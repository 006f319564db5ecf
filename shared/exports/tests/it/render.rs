//! Rows as text that a reviewer reads.

use exports::{ExportError, Hint, Row, Rows, open};
use scoring::Listing;
use std::fmt::Write as _;

/// Everything that comes out of a file.
pub(crate) struct Outcome {
    pub(crate) format: String,
    pub(crate) rows: Vec<Row>,
    pub(crate) error: Option<ExportError>,
    pub(crate) continuation_rows: u64,
    pub(crate) ignored: Vec<String>,
}

/// Reads a file to its end, or to where it breaks, and checks what always holds.
pub(crate) fn read_named(name: &str, bytes: &[u8]) -> Outcome {
    match open(bytes, &Hint { name }) {
        Ok(rows) => collect(rows),
        Err(error) => {
            Outcome { format: String::new(), rows: Vec::new(), error: Some(error), continuation_rows: 0, ignored: Vec::new() }
        }
    }
}

pub(crate) fn read(bytes: &[u8]) -> Outcome {
    read_named("", bytes)
}

pub(crate) fn collect(mut reader: Rows<'_>) -> Outcome {
    let (mut rows, mut error) = (Vec::new(), None);
    while let Some(next) = reader.next() {
        assert!(error.is_none(), "nothing comes behind an error");
        match next {
            Ok(row) => rows.push(row),
            Err(found) => error = Some(found),
        }
        assert_eq!(reader.rows_read(), rows.len() as u64);
    }
    assert!(reader.next().is_none());
    let rejects = rows.iter().filter(|row| matches!(row, Row::Reject(_))).count();
    assert_eq!(reader.rejected(), rejects as u64);
    for row in &rows {
        if let Row::Reject(reject) = row {
            assert!(reject.code.starts_with("row."), "{reject:?}");
            assert!(reject.detail.chars().count() < 260, "{reject:?}");
        }
    }
    let lines: Vec<u64> = rows.iter().map(line).collect();
    assert!(lines.is_sorted(), "lines go forward: {lines:?}");
    Outcome {
        format: reader.format().to_owned(),
        rows,
        error,
        continuation_rows: reader.continuation_rows(),
        ignored: reader.ignored_columns().to_vec(),
    }
}

pub(crate) fn line(row: &Row) -> u64 {
    match row {
        Row::Listing { line, .. } => *line,
        Row::Reject(reject) => reject.line,
    }
}

impl Outcome {
    /// The listings, without their lines.
    pub(crate) fn listings(&self) -> Vec<Listing> {
        let listing = |row: &Row| match row {
            Row::Listing { listing, .. } => Some(listing.clone()),
            Row::Reject(_) => None,
        };
        self.rows.iter().filter_map(listing).collect()
    }

    /// `2:ok 3:row.missing_title`, and the error's code at the end.
    pub(crate) fn short(&self) -> String {
        let mut short: Vec<String> = self
            .rows
            .iter()
            .map(|row| match row {
                Row::Listing { line, .. } => format!("{line}:ok"),
                Row::Reject(reject) => format!("{}:{}", reject.line, reject.code),
            })
            .collect();
        short.extend(self.error.iter().map(|error| error.code().to_owned()));
        short.join(" ")
    }

    /// Everything, over many lines.
    pub(crate) fn long(&self) -> String {
        let mut text = format!("format: {}\nignored: {}\n", self.format, self.ignored.join(" | "));
        if self.continuation_rows > 0 {
            let _ = writeln!(text, "continuation rows: {}", self.continuation_rows);
        }
        for row in &self.rows {
            match row {
                Row::Listing { line, listing } => {
                    let _ = writeln!(text, "line {line}");
                    describe(listing, &mut text);
                }
                Row::Reject(reject) => {
                    let _ = writeln!(text, "line {} {}: {}", reject.line, reject.code, reject.detail);
                }
            }
        }
        if let Some(error) = &self.error {
            let _ = writeln!(text, "{}: {error}", error.code());
        }
        text
    }
}

fn describe(listing: &Listing, text: &mut String) {
    let price = listing.price.map(|price| price.to_string());
    let currency = listing.currency.map(|currency| currency.to_string());
    let rating = listing.seller_rating.map(|rating| rating.to_string());
    let seller_created = listing.seller_created_at.map(|time| time.to_string());
    let ship_from = listing.ship_from.map(|country| country.as_str().to_owned());
    let created = listing.created_at.map(|time| time.to_string());
    let images = Some(listing.image_urls.join(" ")).filter(|images| !images.is_empty());
    let fields = [
        ("listing_id", Some(&listing.listing_id)),
        ("title", Some(&listing.title)),
        ("description", listing.description.as_ref()),
        ("brand", listing.brand.as_ref()),
        ("category", listing.category.as_ref()),
        ("price", price.as_ref()),
        ("currency", currency.as_ref()),
        ("seller_id", listing.seller_id.as_ref()),
        ("seller_name", listing.seller_name.as_ref()),
        ("seller_rating", rating.as_ref()),
        ("seller_created_at", seller_created.as_ref()),
        ("ship_from", ship_from.as_ref()),
        ("marketplace", listing.marketplace.as_ref()),
        ("url", listing.url.as_ref()),
        ("image_urls", images.as_ref()),
        ("gtin", listing.gtin.as_ref()),
        ("created_at", created.as_ref()),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(text, "  {name}: {value:?}");
        }
    }
    for issue in &listing.issues {
        let _ = writeln!(text, "  ! {} {}: {}", issue.field, issue.code, issue.detail);
    }
}
