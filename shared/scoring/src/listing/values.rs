//! How are prices, currencies, times and numbers read from the text that sellers and exports write?

use crate::limits::PRICE_MAX;
use bitcode::{Decode, Encode};
use std::fmt;

/// Money or a quantity in ten-thousandths, as an integer: `27.5` is `Amount(275_000)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct Amount(pub i64);

impl Amount {
    /// Ten-thousandths in one.
    pub const ONE: i64 = 10_000;
}

impl fmt::Display for Amount {
    /// The shortest decimal: `27.5`, `1250`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / Self::ONE, (self.0 % Self::ONE).unsigned_abs());
        if part == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{part:04}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}

/// An ISO 4217 code in capitals. Whether a rate for it is known is the policy's matter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct Currency(pub [u8; 3]);

impl Currency {
    /// Reads a code (`usd`), a sign (`€`) or a local name (`元`).
    ///
    /// # Errors
    /// The problem's short name, when it is none of these.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if let Ok(bytes) = <[u8; 3]>::try_from(text.as_bytes())
            && bytes.iter().all(u8::is_ascii_alphabetic)
        {
            // The renminbi has an everyday code beside its official one.
            let code = bytes.map(|byte| byte.to_ascii_uppercase());
            return Ok(Self(if &code == b"RMB" { *b"CNY" } else { code }));
        }
        CURRENCY_SIGNS.iter().find(|(sign, _)| *sign == text).map(|(_, code)| Self(**code)).ok_or("not_a_currency")
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Currency({})", self.as_str())
    }
}

/// Signs and names of currencies as they stand beside prices. `$` is read as US dollars and `¥`/`￥` as renminbi, because that is
/// what the exports with bare signs mean most often; an explicit currency field always wins. Longest first.
const CURRENCY_SIGNS: &[(&str, &[u8; 3])] = &[
    ("руб.", b"RUB"),
    ("US$", b"USD"),
    ("HK$", b"HKD"),
    ("NT$", b"TWD"),
    ("AU$", b"AUD"),
    ("CA$", b"CAD"),
    ("руб", b"RUB"),
    ("人民币", b"CNY"),
    ("R$", b"BRL"),
    ("C$", b"CAD"),
    ("A$", b"AUD"),
    ("S$", b"SGD"),
    ("Rs", b"INR"),
    ("zł", b"PLN"),
    ("TL", b"TRY"),
    ("kr", b"SEK"),
    ("₽", b"RUB"),
    ("₺", b"TRY"),
    ("₹", b"INR"),
    ("₩", b"KRW"),
    ("₫", b"VND"),
    ("฿", b"THB"),
    ("€", b"EUR"),
    ("£", b"GBP"),
    ("円", b"JPY"),
    ("元", b"CNY"),
    ("원", b"KRW"),
    ("￥", b"CNY"),
    ("¥", b"CNY"),
    ("$", b"USD"),
];

/// Reads a price as people write it: `1250.5`, `1,250.50`, `1.250,50 €`, `US$27`, `199元`, `1 299 ₽`, `27 USD`.
///
/// A single comma before exactly three digits groups thousands (`1,250`); a single point is always a decimal point.
/// Digits beyond the fourth decimal are cut.
pub(crate) fn parse_price(text: &str) -> Result<(Amount, Option<Currency>), &'static str> {
    let first = text.find(|c: char| c.is_ascii_digit()).ok_or("not_a_number")?;
    let last = text.rfind(|c: char| c.is_ascii_digit()).ok_or("not_a_number")?;
    let (before, number, after) = (text[..first].trim(), &text[first..=last], text[last + 1..].trim());
    // "-5" and "(5)" are below zero; a trailing ".-" ("250.-") is a Swiss and German habit.
    if before.ends_with('-') || before.ends_with('(') {
        return Err("below_zero");
    }
    let before = before.trim_end_matches('.').trim();
    let after = after.trim_start_matches(['.', ',', '-']).trim();
    let currency = match (before, after) {
        ("", "") => None,
        ("", sign) | (sign, "") => Some(Currency::parse(sign).map_err(|_| "not_a_number")?),
        (sign, code) => Some(Currency::parse(code).or_else(|_| Currency::parse(sign)).map_err(|_| "not_a_number")?),
    };
    Ok((parse_decimal(number)?, currency))
}

/// `number` starts and ends with a digit.
fn parse_decimal(number: &str) -> Result<Amount, &'static str> {
    let (point, comma) = (number.rfind('.'), number.rfind(','));
    let decimal_at = match (point, comma) {
        (Some(point), Some(comma)) => Some(point.max(comma)),
        (Some(point), None) => (number.matches('.').count() == 1).then_some(point),
        (None, Some(comma)) => (number.matches(',').count() == 1 && number.len() - comma - 1 != 3).then_some(comma),
        (None, None) => None,
    };
    let (whole, decimals) = decimal_at.map_or((number, ""), |at| (&number[..at], &number[at + 1..]));
    let mut value = 0_i64;
    for c in whole.chars() {
        match c {
            '0'..='9' => value = value.saturating_mul(10).saturating_add(i64::from(c as u32 - u32::from('0'))),
            // Thousands are grouped by points, commas, apostrophes and spaces of every width.
            '.' | ',' | '\'' | '’' => {}
            c if c.is_whitespace() => {}
            _ => return Err("not_a_number"),
        }
        if value > PRICE_MAX {
            return Err("too_large");
        }
    }
    let mut unit = Amount::ONE;
    let mut value = value * Amount::ONE;
    for c in decimals.chars() {
        let digit = c.to_digit(10).ok_or("not_a_number")?;
        unit /= 10;
        value += i64::from(digit) * unit;
    }
    Ok(Amount(value))
}

/// A seller's rating in hundredths, 0 to 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rating(pub u16);

impl Rating {
    /// Reads `4.8`, `4,8` or `4.8/5`.
    ///
    /// # Errors
    /// The problem's short name, when it is no number from 0 to 5.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.strip_suffix("/5").unwrap_or(text).trim();
        if text.is_empty() || !text.starts_with(|c: char| c.is_ascii_digit()) || !text.ends_with(|c: char| c.is_ascii_digit()) {
            return Err("not_a_number");
        }
        let hundredths = parse_decimal(text)?.0 / (Amount::ONE / 100);
        u16::try_from(hundredths).ok().filter(|value| *value <= 500).map(Self).ok_or("out_of_range")
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// A moment, in seconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Reads RFC 3339 (`2024-05-01T10:00:00Z`), the same with a space, or a bare date (its midnight in UTC).
    ///
    /// # Errors
    /// The problem's short name, when it is none of these.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if let Ok(moment) = text.parse::<jiff::Timestamp>() {
            return Ok(Self(moment.as_second()));
        }
        // Exports often leave the zone out; we take it as UTC.
        let civil = text.parse::<jiff::civil::DateTime>().map_err(|_| "not_a_time")?;
        let moment = jiff::tz::Offset::UTC.to_timestamp(civil).map_err(|_| "not_a_time")?;
        Ok(Self(moment.as_second()))
    }

    /// Whole days from `earlier` to this moment; negative when it lies before.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).div_euclid(86_400)
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_second(self.0) {
            Ok(moment) => write!(f, "{moment}"),
            Err(_) => write!(f, "@{}", self.0),
        }
    }
}

/// An ISO 3166-1 alpha-2 code in capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(pub [u8; 2]);

impl Country {
    /// Reads a code of two letters in any case.
    ///
    /// # Errors
    /// The problem's short name, when it is not two letters.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let bytes = <[u8; 2]>::try_from(text.as_bytes()).map_err(|_| "not_a_country")?;
        if bytes.iter().all(u8::is_ascii_alphabetic) {
            Ok(Self(bytes.map(|byte| byte.to_ascii_uppercase())))
        } else {
            Err("not_a_country")
        }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("ZZ")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Keeps the digits of a trade item number; spaces, hyphens and the apostrophe that spreadsheets put in front are dropped.
pub(super) fn parse_gtin(text: &str) -> Result<String, &'static str> {
    let digits: String = text.trim_start_matches('\'').chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    if digits.is_empty() || digits.len() > 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("not_a_gtin");
    }
    Ok(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_as_people_write_them() {
        let check = |text: &str, expected: Result<(&str, Option<&str>), &str>| {
            let read = parse_price(text).map(|(amount, currency)| (amount.to_string(), currency.map(|c| c.to_string())));
            assert_eq!(read, expected.map(|(a, c)| (a.to_owned(), c.map(str::to_owned))), "{text}");
        };
        check("1250.5", Ok(("1250.5", None)));
        check("1,250.50", Ok(("1250.5", None)));
        check("1.250,50 €", Ok(("1250.5", Some("EUR"))));
        check("1,250", Ok(("1250", None)));
        check("12,5", Ok(("12.5", None)));
        check("1.250", Ok(("1.25", None)));
        check("1.250.000", Ok(("1250000", None)));
        check("US$27", Ok(("27", Some("USD"))));
        check("$27 USD", Ok(("27", Some("USD"))));
        check("$27 CAD", Ok(("27", Some("CAD"))));
        check("199元", Ok(("199", Some("CNY"))));
        check("1\u{a0}299 ₽", Ok(("1299", Some("RUB"))));
        check("CHF 250.-", Ok(("250", Some("CHF"))));
        check("1'250.00", Ok(("1250", None)));
        check("0", Ok(("0", None)));
        check("0.123456", Ok(("0.1234", None)));
        check("-5", Err("below_zero"));
        check("", Err("not_a_number"));
        check("free", Err("not_a_number"));
        check("10-20", Err("not_a_number"));
        check("1e9", Err("not_a_number"));
        check("1000000000000", Ok(("1000000000000", None)));
        check("1000000000001", Err("too_large"));
        check(&"9".repeat(400), Err("too_large"));
    }

    #[test]
    fn times_ratings_countries_and_trade_item_numbers() {
        assert_eq!(Timestamp::parse("2024-05-01T10:00:00+02:00").unwrap().to_string(), "2024-05-01T08:00:00Z");
        assert_eq!(Timestamp::parse("2024-05-01 10:00:00").unwrap().to_string(), "2024-05-01T10:00:00Z");
        assert_eq!(Timestamp::parse("2024-05-01").unwrap().to_string(), "2024-05-01T00:00:00Z");
        assert_eq!(Timestamp::parse("01/05/2024"), Err("not_a_time"));
        assert_eq!(Rating::parse("4,85"), Ok(Rating(485)));
        assert_eq!(Rating::parse("4.8/5"), Ok(Rating(480)));
        assert_eq!(Rating::parse("5.01"), Err("out_of_range"));
        assert_eq!(Rating::parse("good"), Err("not_a_number"));
        assert_eq!(Country::parse("cn"), Ok(Country(*b"CN")));
        assert_eq!(Country::parse("驴"), Err("not_a_country"));
        assert_eq!(parse_gtin("'400638-133393 1").as_deref(), Ok("4006381333931"));
        assert_eq!(parse_gtin("B00EXAMPLE"), Err("not_a_gtin"));
    }
}
