//! Which words of a text lead to a person: mail addresses, telephone numbers, accounts and links?
//!
//! Statements of reasons are published, so that no personal data may stand in them; and sellers who share a telephone are one seller.
//! The scorer asks something else, whether a contact speaks against a listing, and looks for few forms in every row
//! (`scoring`, `reading/contacts.rs`). Here more is looked for, also in disguise, in text that was folded as the scorer folds it.

mod account;
mod address;
mod phone;
mod readable;
mod redact;

pub use redact::redact;

use readable::Readable;
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// What leads to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A mail address.
    Email,
    /// A telephone number, or a link that calls one.
    Phone,
    /// The name of an account on a messenger or network, or a link to it.
    Handle,
    /// A link to anywhere else.
    Link,
}

/// Something that leads to a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// First byte in the text.
    pub start: usize,
    /// One past its last byte in the text.
    pub end: usize,
    /// The same for every spelling: small letters, digits without gaps and with the country's code where it is known, the name of an
    /// account without "@" and site, a link without scheme, "www." and the last slash.
    pub value: String,
}

/// The same, in the text as it is searched.
struct Hit {
    kind: Kind,
    range: Range<usize>,
    value: String,
}

/// Everything in a text that leads to a person, in order, none within another. Total: any text will do. Takes time in proportion to the
/// text's length.
///
/// ```
/// use auditing::personal_data::{Kind, find};
///
/// let found = find("Details: ＷｅＣｈａｔ kicks_88, joe (at) example dot com");
/// let values: Vec<_> = found.iter().map(|found| (found.kind, found.value.as_str())).collect();
/// assert_eq!(values, [(Kind::Handle, "kicks_88"), (Kind::Email, "joe@example.com")]);
/// ```
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut found = found_in(&Readable::as_shown(text), text);
    // What stands inside a tag is not shown; it is published all the same.
    if text.contains('<') {
        found.extend(found_in(&Readable::as_written(text), text));
    }
    // Of two that overlap, the one that says more: a mail address is no link, and the number in a link no telephone.
    found.sort_by_key(|found| (found.kind != Kind::Email, found.start, std::cmp::Reverse(found.end), found.kind));
    // By first byte; none overlaps another, so that only the one before can reach into a new one.
    let mut kept: BTreeMap<usize, Found> = BTreeMap::new();
    for found in found {
        let before = kept.range(..found.end).next_back();
        if before.is_none_or(|(_, before)| before.end <= found.start) {
            kept.insert(found.start, found);
        }
    }
    kept.into_values().collect()
}

fn found_in(readable: &Readable, original: &str) -> Vec<Found> {
    let text = readable.text();
    let mut hits = Vec::new();
    address::mails(text, &mut hits);
    let has_capital = |at: usize| {
        let origin = readable.origin(&(at..at + 1));
        original.get(origin).is_some_and(|letter| letter.contains(char::is_uppercase))
    };
    address::links(text, has_capital, &mut hits);
    account::accounts(text, &mut hits);
    phone::phones(text, &mut hits);
    let found = hits.into_iter().filter_map(|Hit { kind, range, value }| {
        let origin = readable.origin(&range);
        let is_text = original.get(origin.clone()).is_some_and(|text| !text.is_empty());
        is_text.then_some(Found { kind, start: origin.start, end: origin.end, value })
    });
    found.collect()
}

/// A pattern of this module. None is made of anything that comes from outside.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("every pattern is a constant, and the tests of this module compile each of them")
}

#[cfg(test)]
mod tests;
