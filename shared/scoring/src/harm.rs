//! How much does a buyer stand to lose? Probability times price, which is what a review queue is ordered by.

use crate::limits::{HARM_PRICE_MAX_USD, HARM_PRICE_MIN_USD};
use crate::{Listing, Policy, Risk};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Expected loss of one buyer, in US cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Harm(pub u32);

impl fmt::Display for Harm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

// As for risks: the quotient of an integer by a power of ten prints the same everywhere.
impl Serialize for Harm {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 100.0)
    }
}

impl<'de> Deserialize<'de> for Harm {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` saturates, and written values are whole cents
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self((f64::deserialize(deserializer)? * 100.0).round() as u32))
    }
}

impl Policy {
    /// What a buyer of the listing loses on average if it is as risky as that: the probability of a counterfeit times the price in US
    /// dollars, between [`HARM_PRICE_MIN_USD`] (also where no price is known) and [`HARM_PRICE_MAX_USD`].
    #[must_use]
    pub fn expected_harm(&self, listing: &Listing, risk: Risk) -> Harm {
        let price = listing.price.zip(listing.currency).and_then(|(price, currency)| self.in_usd(price, currency));
        // Amounts are ten-thousandths, risks thousandths.
        let (least, most) = (HARM_PRICE_MIN_USD * 10_000, HARM_PRICE_MAX_USD * 10_000);
        let price = price.map_or(least, |price| price.0.clamp(least, most));
        Harm(u32::try_from(price * i64::from(risk.0) / 100_000).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, RawListing};

    #[test]
    fn the_price_counts_between_its_ends() {
        let check = |price: &str, currency: &str, risk: u16, expected: &str| {
            let mut raw = RawListing::default();
            for (field, value) in
                [(Field::ListingId, "1"), (Field::Title, "Bag"), (Field::Price, price), (Field::Currency, currency)]
            {
                raw.set(field, value);
            }
            let harm = Policy::embedded().expected_harm(&raw.into_listing().unwrap(), Risk(risk));
            assert_eq!(harm.to_string(), expected, "{price} {currency} at {risk}");
        };
        check("200", "USD", 914, "182.80");
        check("200", "USD", 0, "0.00");
        check("1", "USD", 1_000, "20.00");
        check("", "", 500, "10.00");
        check("200", "XAU", 500, "10.00");
        check("999999999", "USD", 995, "9950.00");
    }

    #[test]
    fn dollars_print_and_read_back_the_same() {
        for cents in [0, 1, 99, 100, 18_280, 995_000, 1_000_000] {
            let text = serde_json::to_string(&Harm(cents)).unwrap();
            assert_eq!(serde_json::from_str::<Harm>(&text).unwrap(), Harm(cents));
        }
    }
}
