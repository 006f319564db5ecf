//! Bytes in, listings out, row by row, for every export format. No network.
//!
//! [`open`] finds out by itself how a file is compressed (gzip, zstd), encoded (UTF-8, UTF-16, GB18030, Windows-1252), written
//! (CSV, TSV, JSON lines, JSON, product feed in XML) and which marketplace's column names it has. Then it yields one [`Row`] per
//! row, in constant memory:
//!
//! ```
//! use exports::{Hint, Row, open};
//!
//! let file = "Item number,Title,Current price,Currency\n1101,Leather bag,27.50,EUR\n1102,,5,EUR\n";
//! let mut rows = open(file.as_bytes(), &Hint { name: "active.csv" }).unwrap();
//! assert_eq!(rows.format(), "ebay-active-listings csv utf-8");
//! let Some(Ok(Row::Listing { line: 2, listing })) = rows.next() else { panic!() };
//! assert_eq!((listing.listing_id.as_str(), listing.price.unwrap().to_string().as_str()), ("1101", "27.5"));
//! let Some(Ok(Row::Reject(reject))) = rows.next() else { panic!() };
//! assert_eq!((reject.line, reject.code.as_str()), (3, "row.missing_title"));
//! assert!(rows.next().is_none());
//! ```
//!
//! A bad row becomes a [`Reject`] and reading goes on, so that rows in = listings + rejects. A broken file (cut off, damaged, a
//! bomb) yields what was read before and then one [`ExportError`]. Nothing in a file makes this crate panic, recurse or hold more
//! than a few megabytes.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

mod draft;
mod error;
mod formats;
pub mod limits;
mod presets;
mod quote;
mod rows;
mod text;

pub use error::{ExportError, Problem};
pub use rows::{Hint, Reject, Row, Rows, open};
