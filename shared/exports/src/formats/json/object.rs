//! How does one JSON object become a listing, whatever its keys are called?
//!
//! Where the keys are the contract's own, this reads what [`scoring::RawListing`] reads from JSON (a test compares them). Beyond that it
//! knows the synonyms, ranks them, and looks one level into objects and lists (`price.value`, `images[].src`).

use crate::draft::{Defaults, Draft};
use crate::limits::{FIELDS_PER_ROW_MAX, KEYS_REMEMBERED_MAX};
use crate::presets::{Target, generic, generic_nested, is_container};
use crate::quote::quote;
use crate::rows::{Counts, Row};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// What the keys of a file's objects mean. Objects of one file have the same keys in the same order, so that the next key is
/// nearly always the one that followed last time.
#[derive(Default)]
pub(super) struct Keys {
    known: Vec<(String, Meaning)>,
    next: usize,
}

#[derive(Clone, Copy)]
enum Meaning {
    Field(Target),
    /// An object whose members may be fields.
    Container,
    Nothing,
}

impl Keys {
    /// The meaning of a key, its place among the known ones, and whether it is met for the first time.
    fn meaning(&mut self, key: &str) -> (Meaning, Option<usize>, bool) {
        let expected = self.known.get(self.next).is_some_and(|(known, _)| known == key);
        let found = if expected { Some(self.next) } else { self.known.iter().position(|(known, _)| known == key) };
        if let Some(at) = found {
            self.next = at + 1;
            return (self.known[at].1, found, false);
        }
        let meaning = match generic(key) {
            Some(target) => Meaning::Field(target),
            None if is_container(key) => Meaning::Container,
            None => Meaning::Nothing,
        };
        if self.known.len() == KEYS_REMEMBERED_MAX {
            return (meaning, None, true);
        }
        self.known.push((key.to_owned(), meaning));
        self.next = self.known.len();
        (meaning, Some(self.next - 1), true)
    }
}

/// Reads the text of one row.
pub(super) fn read(row: &[u8], line: u64, damaged: bool, keys: &mut Keys, counts: &mut Counts) -> Row {
    match simdutf8::basic::from_utf8(row) {
        Ok(text) => read_text(text, line, damaged, keys, counts),
        Err(_) => read_text(&String::from_utf8_lossy(row), line, true, keys, counts),
    }
}

fn read_text(text: &str, line: u64, damaged: bool, keys: &mut Keys, counts: &mut Counts) -> Row {
    if !text.trim_start().starts_with('{') {
        return match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) => Row::reject(line, "row.not_an_object", format!("JSON, but no object: '{}'", quote(text.as_bytes()))),
            Err(error) => not_json(line, &error, text),
        };
    }
    let mut draft = Draft::new(damaged);
    let mut too_many = false;
    keys.next = 0;
    let mut json = serde_json::Deserializer::from_str(text);
    let row = Object { draft: &mut draft, keys, counts, too_many: &mut too_many };
    match row.deserialize(&mut json).and_then(|()| json.end()) {
        Ok(()) => Row::read(line, draft.finish(&Defaults::default(), 0)),
        Err(_) if too_many => {
            Row::reject(line, "row.too_many_fields", format!("more than {FIELDS_PER_ROW_MAX} keys: '{}'", quote(text.as_bytes())))
        }
        Err(error) => not_json(line, &error, text),
    }
}

fn not_json(line: u64, error: &serde_json::Error, text: &str) -> Row {
    let (message, column) = (error.to_string(), error.column());
    // The line that the message names is that of the row, which is not the file's.
    let what = message.split(" at line ").next().unwrap_or_default();
    // Messages of the parser can repeat words of the text.
    let what = quote(what.as_bytes());
    Row::reject(line, "row.not_json", format!("{what} at column {column}: '{}'", quote(text.as_bytes())))
}

/// The object of a row.
struct Object<'a> {
    draft: &'a mut Draft,
    keys: &'a mut Keys,
    counts: &'a mut Counts,
    too_many: &'a mut bool,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a listing as a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut count = 0;
        while let Some(key) = map.next_key_seed(Key { keys: self.keys, counts: self.counts })? {
            count += 1;
            if count > FIELDS_PER_ROW_MAX {
                *self.too_many = true;
                return Err(A::Error::custom("too many keys"));
            }
            let parent = key.at.and_then(|at| self.keys.known.get(at)).map(|(name, _)| name.as_str());
            let draft = &mut *self.draft;
            let value = |draft, target| Value { draft, target, parent, place: Place::Row };
            match key.meaning {
                Meaning::Field(target) => map.next_value_seed(value(draft, Some(target)))?,
                Meaning::Container => map.next_value_seed(value(draft, None))?,
                Meaning::Nothing => {
                    map.next_value::<IgnoredAny>()?;
                    draft.ignore();
                }
            }
        }
        Ok(())
    }
}

/// A key of the row.
struct Key<'a> {
    keys: &'a mut Keys,
    counts: &'a mut Counts,
}

struct KnownKey {
    meaning: Meaning,
    /// Its place among the known keys.
    at: Option<usize>,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = KnownKey;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<KnownKey, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = KnownKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<KnownKey, E> {
        let (meaning, at, new) = self.keys.meaning(key);
        if new && matches!(meaning, Meaning::Nothing) {
            self.counts.ignored(key);
        }
        Ok(KnownKey { meaning, at })
    }
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Under a key of the row.
    Row,
    /// In a list under a key of the row.
    List,
    /// Under a key of an object under a key of the row. Nothing below is looked at.
    Member,
}

/// Puts one value into the draft. Nothing here goes deeper than two levels, so that no nesting can exhaust the stack.
struct Value<'a> {
    draft: &'a mut Draft,
    target: Option<Target>,
    parent: Option<&'a str>,
    place: Place,
}

impl Value<'_> {
    fn set(self, value: impl AsRef<str> + Into<String>) {
        if let Some(target) = self.target {
            self.draft.set(target, value);
        }
    }

    fn unexpected(self, kind: &str) {
        if let Some(Target { field, .. }) = self.target {
            self.draft.note(field, &format!("{}.not_text", field.name()), format!("{kind} where text was expected"));
        }
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.set(value.to_string());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.set(value.to_string());
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.set(value.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.set(value.to_string());
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.set(value);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if self.place != Place::Row {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            self.unexpected("a list");
            return Ok(());
        }
        let Self { draft, target, parent, .. } = self;
        while list.next_element_seed(Value { draft: &mut *draft, target, parent, place: Place::List })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            match self.parent.and_then(|parent| generic_nested(parent, &key)) {
                Some(target) => {
                    found = true;
                    let draft = &mut *self.draft;
                    map.next_value_seed(Value { draft, target: Some(target), parent: None, place: Place::Member })?;
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if !found {
            self.unexpected("an object");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::{Listing, RawListing};

    fn read_one(text: &str) -> Row {
        read(text.as_bytes(), 1, false, &mut Keys::default(), &mut Counts::default())
    }

    fn listing(text: &str) -> Listing {
        match read_one(text) {
            Row::Listing { listing, .. } => listing,
            Row::Reject(reject) => panic!("{reject:?}"),
        }
    }

    #[test]
    fn the_contract_reads_the_same_here_and_in_the_scoring_crate() {
        for text in [
            r#"{"listing_id":-3,"title":["Bag","Second"],"brand":null,"price":1e3,"seller_name":{"a":[1]},"category":true,
                "image_urls":["https://a/1.jpg",["x"],"https://a/2.jpg"],"x":{},"y":[]}"#,
            r#"{"listing_id":18446744073709551615,"title":"a\u00e9\ud83d\udc5c","price":27.50,"currency":"eur","gtin":4006381333931}"#,
            r#"{"title":"Bag","listing_id":"1","listing_id":"2","seller_rating":4.85,"seller_created_at":"2024-05-01","ship_from":"cn",
                "image_urls":"https://a/1.jpg, https://a/2.jpg","description":"<b>x</b>","marketplace":"x","url":"https://a"}"#,
            r#"{"listing_id":1.5,"title":"Bag","price":-1,"seller_rating":99,"created_at":"yesterday","seller_id":[[]],"brand":[{"x":{}}]}"#,
        ] {
            let raw: RawListing = serde_json::from_str(text).unwrap();
            assert_eq!(listing(text), raw.into_listing().unwrap(), "{text}");
        }
    }

    #[test]
    fn nested_keys_and_synonyms_are_understood() {
        let listing = listing(
            r#"{"itemId":"v1|110|0","title":"Bag","price":{"value":"27.00","currency":"EUR"},"seller":{"username":"ann","feedback":9},
                "image":{"imageUrl":"https://a/1.jpg"},"variants":[{"id":9,"price":"30","barcode":"4006381333931"},{"price":"31"}],
                "images":[{"src":"https://a/2.jpg","id":5},{"src":"https://a/3.jpg"}],"body_html":"<p>x</p>","brand":{"name":"Gucci"}}"#,
        );
        assert_eq!((listing.listing_id.as_str(), listing.price.unwrap().to_string().as_str()), ("v1|110|0", "27"));
        assert_eq!((listing.currency.unwrap().as_str(), listing.seller_name.as_deref()), ("EUR", Some("ann")));
        assert_eq!(listing.image_urls, ["https://a/1.jpg", "https://a/2.jpg", "https://a/3.jpg"]);
        assert_eq!((listing.gtin.as_deref(), listing.brand.as_deref()), (Some("4006381333931"), Some("Gucci")));
        assert_eq!(listing.description.as_deref(), Some("<p>x</p>"));
        assert!(listing.issues.is_empty());
    }

    #[test]
    fn rows_that_are_no_listing_say_why() {
        let check = |text: &str, code: &str| match read_one(text) {
            Row::Reject(reject) => {
                assert_eq!(reject.code, code, "{text}");
                assert!(reject.detail.chars().count() < 240, "{}", reject.detail);
            }
            Row::Listing { .. } => panic!("{text} was read"),
        };
        check("[1,2]", "row.not_an_object");
        check("17", "row.not_an_object");
        check("{\"listing_id\":", "row.not_json");
        check("{} {}", "row.not_json");
        check("hello", "row.not_json");
        check("{\"title\":\"x\"}", "row.missing_id");
        check("{\"id\":1}", "row.missing_title");
        let keys = |count: usize| (0..count).map(|n| format!("\"k{n}\":{n}")).collect::<Vec<_>>().join(",");
        check(&format!("{{\"id\":1,\"title\":\"x\",{}}}", keys(FIELDS_PER_ROW_MAX - 1)), "row.too_many_fields");
        assert_eq!(listing(&format!("{{\"id\":1,\"title\":\"x\",{}}}", keys(FIELDS_PER_ROW_MAX - 2))).listing_id, "1");
    }

    #[test]
    fn no_nesting_exhausts_the_stack() {
        for key in ["other", "price", "variants"] {
            let deep = format!("{{\"id\":1,\"title\":\"x\",\"{key}\":{}{}}}", "[".repeat(500_000), "]".repeat(500_000));
            assert_eq!(listing(&deep).listing_id, "1");
        }
    }

    #[test]
    fn text_that_is_not_utf_8_is_replaced_and_noted() {
        let row = read(b"{\"id\":\"1\",\"title\":\"caf\xE9\"}", 1, false, &mut Keys::default(), &mut Counts::default());
        let Row::Listing { listing, .. } = row else { panic!("{row:?}") };
        assert_eq!((listing.title.as_str(), listing.issues[0].code.as_str()), ("caf\u{FFFD}", "field.bad_encoding"));
    }

    #[test]
    fn keys_beyond_the_remembered_ones_still_work() {
        let mut keys = Keys::default();
        for n in 0..2 * KEYS_REMEMBERED_MAX {
            keys.meaning(&format!("k{n}"));
        }
        assert_eq!(keys.known.len(), KEYS_REMEMBERED_MAX);
        assert!(matches!(keys.meaning("title"), (Meaning::Field(_), None, true)));
    }
}
