//! How much would buyers lose if nobody looked at a listing? What puts a queue of work in order.

use crate::limits::{BELIEVED_PRICE_CENTS_MAX, BELIEVED_PRICE_CENTS_MIN, LOSS_CENTS_MAX, LOSS_CENTS_MIN, LOSS_CENTS_TYPICAL};
use crate::{Amount, Listing, Policy, Risk};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An expected loss in US cents: `12.34` dollars are `Harm(1234)`. In JSON a number of dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Harm(pub u64);

impl fmt::Display for Harm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

// As for a risk: the quotient is correctly rounded, and its shortest decimal is the number that was divided.
impl Serialize for Harm {
    #[allow(clippy::cast_precision_loss)] // exact up to 90 trillion dollars; the loss is limited far below
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0 as f64 / 100.0)
    }
}

impl<'de> Deserialize<'de> for Harm {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` saturates, and written values are whole cents
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self((f64::deserialize(deserializer)? * 100.0).round() as u64))
    }
}

impl Policy {
    /// The probability that the listing is counterfeit, times what one buyer would lose: its price in US dollars by the policy's
    /// rates, between [`LOSS_CENTS_MIN`] and [`LOSS_CENTS_MAX`]. A price that is missing, has no rate or is hard to believe counts as
    /// [`LOSS_CENTS_TYPICAL`], so that neither a price of 1 hides a listing nor one of ten million leads the queue.
    ///
    /// ```
    /// use scoring::{Field, Policy, RawListing, Risk};
    ///
    /// let mut raw = RawListing::default();
    /// raw.set(Field::ListingId, "A-17");
    /// raw.set(Field::Title, "Louis Vuitton Neverfull");
    /// raw.set(Field::Price, "240 USD");
    /// let listing = raw.into_listing().unwrap();
    /// assert_eq!(Policy::embedded().expected_harm(&listing, Risk(914)).to_string(), "219.36");
    /// ```
    #[must_use]
    pub fn expected_harm(&self, listing: &Listing, risk: Risk) -> Harm {
        let price = listing.price.zip(listing.currency).and_then(|(price, currency)| self.in_usd(price, currency));
        let cents = price.and_then(|usd| u64::try_from(usd.0 / (Amount::ONE / 100)).ok());
        let loss = cents
            .filter(|cents| (BELIEVED_PRICE_CENTS_MIN..=BELIEVED_PRICE_CENTS_MAX).contains(cents))
            .map_or(LOSS_CENTS_TYPICAL, |cents| cents.clamp(LOSS_CENTS_MIN, LOSS_CENTS_MAX));
        Harm((loss * u64::from(risk.0.min(1_000)) + 500) / 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, RawListing};

    #[test]
    fn loss_is_the_price_within_reason_times_the_probability() {
        let policy = Policy::embedded();
        let check = |price: &str, currency: &str, risk: u16, expected: &str| {
            let mut raw = RawListing::default();
            for (field, text) in
                [(Field::ListingId, "1"), (Field::Title, "Bag"), (Field::Price, price), (Field::Currency, currency)]
            {
                raw.set(field, text);
            }
            let listing = raw.into_listing().unwrap();
            assert_eq!(policy.expected_harm(&listing, Risk(risk)).to_string(), expected, "{price} {currency} {risk}");
        };
        check("240", "USD", 1_000, "240.00");
        check("240", "USD", 500, "120.00");
        check("240", "USD", 0, "0.00");
        check("19.99", "USD", 333, "6.66");
        // Neither a price nor a rate.
        check("", "", 1_000, "46.00");
        check("240", "", 1_000, "46.00");
        check("240", "XXX", 1_000, "46.00");
        // Each end, and one beyond it.
        check("10", "USD", 1_000, "10.00");
        check("9.99", "USD", 1_000, "10.00");
        check("1", "USD", 1_000, "10.00");
        check("0.99", "USD", 1_000, "46.00");
        check("0", "USD", 1_000, "46.00");
        check("10000", "USD", 1_000, "10000.00");
        check("10000.01", "USD", 1_000, "10000.00");
        check("100000", "USD", 1_000, "10000.00");
        check("100000.01", "USD", 1_000, "46.00");
        check("1000000000000", "USD", 1_000, "46.00");
        // No probability is above 1.
        check("240", "USD", u16::MAX, "240.00");
    }

    #[test]
    fn other_currencies_are_compared_in_dollars() {
        let policy = Policy::embedded();
        let listing = |currency| Listing { price: Some(Amount(5_000 * Amount::ONE)), currency, ..Listing::default() };
        let yen = policy.expected_harm(&listing(Some(crate::Currency(*b"JPY"))), Risk(1_000));
        assert!((2_000..8_000).contains(&yen.0), "{yen}");
    }

    #[test]
    fn dollars_are_written_and_read_back_exactly() {
        for (cents, text) in [(0, "0.0"), (7, "0.07"), (1_234, "12.34"), (1_000_000, "10000.0")] {
            assert_eq!(serde_json::to_string(&Harm(cents)).unwrap(), text);
        }
        for cents in 0..100_000 {
            let text = serde_json::to_string(&Harm(cents)).unwrap();
            assert_eq!(serde_json::from_str::<Harm>(&text).unwrap(), Harm(cents));
        }
    }
}
