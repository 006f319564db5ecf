//! How does a listing become a row? The draft gets a seller, a price in its currency, dates, pictures and a number.

use super::rng::Rng;
use super::row::Row;
use super::seller::Seller;
use super::words::Words;
use scoring::{Field, Timestamp};

/// 2026-11-01T00:00:00Z: the day the exports were "made".
const REFERENCE_SECONDS: i64 = 1_793_491_200;

/// What is said about a thing, before anybody sells it.
pub(super) struct Draft {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) brand: String,
    pub(super) category: String,
    pub(super) dollars_cents: u64,
    /// What the cheapest of its line costs new.
    pub(super) low_dollars: u64,
    pub(super) gtin: GtinMaker,
}

/// What trade item number a listing gives.
#[derive(Clone, Copy)]
pub(super) enum GtinMaker {
    None,
    /// With this prefix and a right check digit.
    Valid(&'static str),
    WrongCheckDigit,
}

/// Writes the row number `number`.
pub(super) fn row(rng: &mut Rng, words: &Words, number: u64, draft: Draft, seller: Seller) -> Row {
    let mut row = Row::default();
    let id = format!("tm-{number:07}");
    let listed_days = rng.between(0, seller.age_days.min(400));
    let seconds = rng.below(86_400);
    row[Field::Price] = price(words, draft.dollars_cents);
    row[Field::Currency] = words.currency.to_owned();
    row[Field::Gtin] = gtin(rng, draft.gtin);
    row[Field::SellerRating] = seller.rating.map_or(String::new(), |rating| format!("{}.{:02}", rating / 100, rating % 100));
    row[Field::SellerCreatedAt] = time(seller.age_days, seconds);
    row[Field::CreatedAt] = time(listed_days, seconds);
    row[Field::ShipFrom] = rng.pick(words.countries).to_owned();
    row[Field::Marketplace] = "Kauri Market".to_owned();
    row[Field::Url] = format!("https://market.example.com/item/{id}");
    let pictures = rng.between(1, 5);
    let pictures: Vec<String> = (1..=pictures).map(|n| format!("https://img.example.com/{id}/{n}.jpg")).collect();
    row[Field::ImageUrls] = pictures.join(",");
    row[Field::ListingId] = id;
    row[Field::Title] = draft.title;
    row[Field::Description] = draft.description;
    row[Field::Brand] = draft.brand;
    row[Field::Category] = draft.category;
    row[Field::SellerId] = seller.id;
    row[Field::SellerName] = seller.name;
    row
}

/// Shops like prices that end in .99 or in a nine.
fn price(words: &Words, dollars_cents: u64) -> String {
    let cents = dollars_cents * words.per_dollar_hundredths / 100;
    if words.cents {
        return if cents < 100_000 { format!("{}.99", cents / 100) } else { format!("{}.00", cents / 1_000 * 10) };
    }
    let whole = cents / 100;
    if whole < 1_000 { (whole / 10 * 10 + 9).to_string() } else { (whole / 100 * 100).to_string() }
}

fn time(days_before: u64, seconds: u64) -> String {
    let days = i64::try_from(days_before).unwrap_or(0);
    Timestamp(REFERENCE_SECONDS - days * 86_400 - i64::try_from(seconds).unwrap_or(0)).to_string()
}

fn gtin(rng: &mut Rng, maker: GtinMaker) -> String {
    let (prefix, shift) = match maker {
        GtinMaker::Valid(prefix) if rng.chance(600) => (prefix, 0),
        GtinMaker::Valid(_) | GtinMaker::None => return String::new(),
        GtinMaker::WrongCheckDigit => ("693", rng.between(1, 9)),
    };
    let mut digits: String = prefix.to_owned();
    while digits.len() < 12 {
        digits.push(char::from(b'0' + u8::try_from(rng.below(10)).unwrap_or(0)));
    }
    let sum: u64 = digits.bytes().enumerate().map(|(at, digit)| u64::from(digit - b'0') * if at % 2 == 0 { 1 } else { 3 }).sum();
    let check = ((10 - sum % 10) + shift) % 10;
    format!("{digits}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_a_right_check_digit_unless_it_must_not() {
        let right = |gtin: &str| {
            let sum: u32 =
                gtin.bytes().enumerate().map(|(at, digit)| u32::from(digit - b'0') * if at % 2 == 0 { 1 } else { 3 }).sum();
            sum.is_multiple_of(10)
        };
        assert!(right("4006381333931") && !right("4006381333930"));
        let mut rng = Rng::new(3);
        for _ in 0..200 {
            let valid = gtin(&mut rng, GtinMaker::Valid("400"));
            assert!(valid.is_empty() || valid.len() == 13 && right(&valid), "{valid}");
            assert!(!right(&gtin(&mut rng, GtinMaker::WrongCheckDigit)));
        }
        assert_eq!(gtin(&mut rng, GtinMaker::None), "");
    }
}
