//! How is a listing read from and written as a JSON object with the keys of the contract? In one pass, without a tree.

use super::{Field, Listing, RawListing};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

/// Absent fields and issues are left out. Numbers and times are written as their canonical text, which is exact where a JSON number
/// might be rounded: read back as a [`RawListing`], the object gives an equal listing but for its issues, and so the same
/// [`Listing::input_hash`], risk and reasons.
impl Serialize for Listing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        for field in Field::ALL {
            if let Some(text) = self.text(field) {
                object.serialize_entry(field.name(), text)?;
            } else if field == Field::ImageUrls {
                if !self.image_urls.is_empty() {
                    object.serialize_entry(field.name(), &self.image_urls)?;
                }
            } else if let Some(value) = self.value(field) {
                object.serialize_entry(field.name(), &format_args!("{value}"))?;
            }
        }
        object.end()
    }
}

/// Numbers and booleans become their text, `null` counts as absent, unknown keys are counted, a value of the wrong kind becomes an
/// issue. Only text that is no JSON object at all is an error.
///
/// ```
/// let json = r#"{"listing_id":17,"title":"Bag","price":27.50,"colour":"red"}"#;
/// let raw: scoring::RawListing = serde_json::from_str(json).unwrap();
/// assert_eq!(raw.ignored(), 1);
/// assert_eq!(raw.into_listing().unwrap().price.unwrap().to_string(), "27.5");
/// ```
impl<'de> serde::Deserialize<'de> for RawListing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Object)
    }
}

struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = RawListing;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a listing as a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawListing, A::Error> {
        let mut raw = RawListing::default();
        while let Some(field) = map.next_key_seed(Key)? {
            match field {
                Some(field) => map.next_value_seed(ValueSeed { raw: &mut raw, field, nested: false })?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                    raw.ignore();
                }
            }
        }
        Ok(raw)
    }
}

struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<Field>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Option<Field>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Field::from_name(key))
    }
}

/// Puts one value into its field.
struct ValueSeed<'r> {
    raw: &'r mut RawListing,
    field: Field,
    /// Inside a list, where a further list or an object is not expected.
    nested: bool,
}

impl ValueSeed<'_> {
    fn unexpected(self, kind: &str) {
        let code = format!("{}.not_text", self.field.name());
        self.raw.note(self.field, &code, format!("{kind} where text was expected"));
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.raw.set(self.field, value.to_string());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.raw.set(self.field, value.to_string());
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.raw.set(self.field, value.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        // `Display` prints the shortest decimal that reads back as the same number, without an exponent: what stood in the file.
        self.raw.set(self.field, value.to_string());
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.raw.set(self.field, value);
        Ok(())
    }

    fn visit_string<E>(self, value: String) -> Result<(), E> {
        self.raw.set(self.field, value);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if self.nested {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            self.unexpected("a list");
            return Ok(());
        }
        // Of a list the first text counts, except for pictures, where all do.
        while list.next_element_seed(ValueSeed { raw: &mut *self.raw, field: self.field, nested: true })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.unexpected("an object");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_every_kind_become_text_or_issues() {
        let raw: RawListing = serde_json::from_str(
            r#"{"listing_id":-3,"title":["Bag","Second"],"brand":null,"price":1e3,"seller_name":{"a":[1]},"category":true,
                "image_urls":["https://a/1.jpg",["x"],"https://a/2.jpg"],"x":{},"y":[]}"#,
        )
        .unwrap();
        assert_eq!(raw.ignored(), 2);
        let listing = raw.into_listing().unwrap();
        assert_eq!((listing.listing_id.as_str(), listing.title.as_str(), listing.brand), ("-3", "Bag", None));
        assert_eq!(listing.price.unwrap().to_string(), "1000");
        assert_eq!(listing.category.as_deref(), Some("true"));
        assert_eq!(listing.image_urls, ["https://a/1.jpg", "https://a/2.jpg"]);
        let codes: Vec<_> = listing.issues.iter().map(|issue| issue.code.as_str()).collect();
        assert_eq!(codes, ["seller_name.not_text", "image_urls.not_text"]);
    }

    #[test]
    fn text_that_is_no_object_is_an_error() {
        for text in ["", "3", "[]", "{", r#"{"listing_id":}"#, "null"] {
            assert!(serde_json::from_str::<RawListing>(text).is_err(), "{text}");
        }
    }
}
