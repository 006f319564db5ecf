//! How is a whole listing kept beside its result, so that its words can be shown and scored again?

use super::item::bad;
use crate::Error;
use crate::limits::{LISTING_BYTES_MAX, LISTING_JSON_BYTES_MAX, LISTING_PICTURES_BYTES_MAX};
use scoring::{Listing, RawListing};
use std::cell::RefCell;
use zstd::bulk::Compressor;

/// The fastest: a listing is a few kilobytes, of which higher levels save a few per cent.
const LEVEL: i32 = 1;

thread_local! {
    /// One per thread, since making one takes longer than compressing a listing.
    static PACKER: RefCell<Option<Packer>> = const { RefCell::new(None) };
}

struct Packer {
    compressor: Compressor<'static>,
    json: Vec<u8>,
}

/// The listing as compressed JSON with the names of the contract. Addresses of pictures are left out when they are longer than all
/// real ones. `None` for a listing beyond every limit of the scorer, which no export and no request can give.
pub(super) fn pack(listing: &Listing) -> Option<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| {
        let packer = match packer {
            Some(packer) => packer,
            None => packer.insert(Packer { compressor: Compressor::new(LEVEL).ok()?, json: Vec::new() }),
        };
        let pictures_bytes: usize = listing.image_urls.iter().map(String::len).sum();
        if pictures_bytes > LISTING_PICTURES_BYTES_MAX {
            packer.pack(&Listing { image_urls: Vec::new(), ..listing.clone() })
        } else {
            packer.pack(listing)
        }
    })
}

impl Packer {
    fn pack(&mut self, listing: &Listing) -> Option<Vec<u8>> {
        self.json.clear();
        serde_json::to_writer(&mut self.json, listing).ok()?;
        if self.json.len() > LISTING_JSON_BYTES_MAX {
            return None;
        }
        self.compressor.compress(&self.json).ok().filter(|packed| packed.len() <= LISTING_BYTES_MAX)
    }
}

/// The listing that was packed. Its issues are not in it: they are kept with the result.
///
/// # Errors
/// [`Error::BadRecord`] when it is damaged or larger than any that is packed.
pub(super) fn unpack(packed: &[u8]) -> Result<Listing, Error> {
    let json = zstd::bulk::decompress(packed, LISTING_JSON_BYTES_MAX).map_err(|error| bad(format!("listing: {error}")))?;
    let raw: RawListing = serde_json::from_slice(&json).map_err(|error| bad(format!("listing: {error}")))?;
    raw.into_listing().map_err(|error| bad(format!("listing: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::Field;

    fn listing(fields: &[(Field, &str)]) -> Listing {
        let mut raw = RawListing::default();
        raw.set(Field::ListingId, "A-17");
        raw.set(Field::Title, "包 1:1 复刻");
        for (field, value) in fields {
            raw.set(*field, *value);
        }
        raw.into_listing().unwrap()
    }

    #[test]
    fn a_listing_comes_back_whole() {
        let check = |fields: &[(Field, &str)]| {
            let listing = listing(fields);
            let again = unpack(&pack(&listing).unwrap()).unwrap();
            assert_eq!((again.input_hash(), &again), (listing.input_hash(), &listing));
        };
        check(&[]);
        check(&[
            (Field::Description, "<b>\"mirror\"</b>\n\u{1}\\ ends with a space "),
            (Field::Brand, "Louis Vuitton"),
            (Field::Category, "Bags > Women"),
            (Field::Price, "$1,250.05"),
            (Field::SellerId, "s#1"),
            (Field::SellerName, "驴牌"),
            (Field::SellerRating, "4.85"),
            (Field::SellerCreatedAt, "2024-05-01T10:00:00Z"),
            (Field::ShipFrom, "cn"),
            (Field::Marketplace, "m"),
            (Field::Url, "https://a/1?b=c,d"),
            (Field::ImageUrls, "https://a/2,w=3.jpg,https://a/3.jpg|https://a/4.jpg"),
            (Field::Gtin, "4006381333931"),
            (Field::CreatedAt, "1969-12-31"),
        ]);
    }

    #[test]
    fn each_limit_one_beyond_it() {
        let pictures = |bytes| Listing { image_urls: vec!["x".repeat(bytes)], ..listing(&[]) };
        let kept = |listing: &Listing| pack(listing).map(|packed| unpack(&packed).unwrap().image_urls.len());
        assert_eq!(kept(&pictures(LISTING_PICTURES_BYTES_MAX)), Some(1));
        assert_eq!(kept(&pictures(LISTING_PICTURES_BYTES_MAX + 1)), Some(0));

        let of = |bytes| Listing { title: "x".repeat(bytes), ..Listing::default() };
        let around = serde_json::to_vec(&of(0)).unwrap().len();
        assert!(pack(&of(LISTING_JSON_BYTES_MAX - around)).is_some());
        assert!(pack(&of(LISTING_JSON_BYTES_MAX - around + 1)).is_none());

        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'0' + ((state >> 24) as u8 & 63))
        };
        let mut noise = |bytes| Listing { title: (0..bytes).map(|_| next()).collect(), ..Listing::default() };
        assert!(pack(&noise(LISTING_BYTES_MAX)).is_some(), "six bits a character");
        assert!(pack(&noise(LISTING_BYTES_MAX * 3 / 2)).is_none());
    }

    #[test]
    fn what_is_damaged_or_too_large_is_an_error() {
        let bomb = zstd::bulk::compress(&vec![b' '; LISTING_JSON_BYTES_MAX + 1], LEVEL).unwrap();
        let no_listing = zstd::bulk::compress(b"{}", LEVEL).unwrap();
        let whole = pack(&listing(&[])).unwrap();
        for packed in [&b""[..], b"no frame", &bomb, &no_listing, &whole[..whole.len() - 1]] {
            assert_eq!(unpack(packed).unwrap_err().code(), "storage.bad_record");
        }
    }
}
