//! What is the lowest round price for which something holds? Found by asking for a few.

use crate::Amount;
use crate::limits::PRICE_MAX;
use std::ops::Range;

/// Numbers with two digits that count, from 0.10 to [`PRICE_MAX`]: what people ask for things.
const PRICES_MAX: usize = {
    let (mut count, mut highest) = (0, round(0, 99));
    while highest <= PRICE_MAX * Amount::ONE {
        count += 90;
        highest *= 10;
    }
    count
};

/// The round price of that number, rising: 0.10, 0.11, ... 0.99, 1.0, 1.1, ...
pub(super) fn round_price(number: usize) -> Amount {
    Amount(round(number / 90, 10 + number % 90))
}

/// Two digits and a power of ten, in ten-thousandths.
const fn round(power: usize, digits: usize) -> i64 {
    let (mut value, mut at) = (digits as i64 * (Amount::ONE / 100), 0);
    while at < power {
        value = value.saturating_mul(10);
        at += 1;
    }
    value
}

/// The number of the lowest round price above `price`.
pub(super) fn number_above(price: Amount) -> usize {
    first(0..PRICES_MAX, |number| round_price(number) > price)
}

/// Numbers from one look to the next on the way up: five looks while the price rises tenfold.
const STRIDE: usize = 18;

/// The number of the lowest round price from `low` on for which `holds`; `holds` may stop holding again far above it. `guess` is tried
/// first. `None` when it holds for none.
pub(super) fn first_from(low: usize, guess: Option<usize>, mut holds: impl FnMut(Amount) -> bool) -> Option<usize> {
    if let Some(guess) = guess.filter(|guess| is_lowest(*guess, low..PRICES_MAX, &mut holds)) {
        return Some(guess);
    }
    let mut from = low;
    for reached in (low..PRICES_MAX).step_by(STRIDE) {
        if holds(round_price(reached)) {
            return Some(first(from..reached, |number| holds(round_price(number))));
        }
        from = reached + 1;
    }
    None
}

/// The number of the lowest round price of a range for which `holds`, which must not stop holding on the way up. `guess` is tried
/// first. `None` when it holds for none.
pub(super) fn lowest(range: Range<usize>, guess: Option<usize>, mut holds: impl FnMut(Amount) -> bool) -> Option<usize> {
    if let Some(guess) = guess.filter(|guess| is_lowest(*guess, range.clone(), &mut holds)) {
        return Some(guess);
    }
    let found = first(range.clone(), |number| holds(round_price(number)));
    (found < range.end && holds(round_price(found))).then_some(found)
}

fn is_lowest(number: usize, range: Range<usize>, holds: &mut impl FnMut(Amount) -> bool) -> bool {
    range.contains(&number) && holds(round_price(number)) && (number == range.start || !holds(round_price(number - 1)))
}

/// The first number for which `holds`, or the end of the range.
fn first(range: Range<usize>, mut holds: impl FnMut(usize) -> bool) -> usize {
    let (mut low, mut high) = (range.start, range.end.max(range.start));
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_prices_rise_and_end_below_the_limit() {
        let prices: Vec<_> = (0..PRICES_MAX).map(round_price).collect();
        assert!(prices.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(
            (prices[0].to_string(), prices[90].to_string(), prices[91].to_string()),
            ("0.1".into(), "1".into(), "1.1".into())
        );
        assert!(prices.last().is_some_and(|price| price.0 <= PRICE_MAX * Amount::ONE && price.0 > PRICE_MAX * Amount::ONE / 100));
    }

    #[test]
    fn the_lowest_price_is_found_with_any_guess() {
        let check = |from: i64, floor: i64, expected: Option<&str>| {
            let low = number_above(Amount(from * Amount::ONE));
            for guess in [None, Some(0), Some(400), Some(500)] {
                let is_enough = |price: Amount| price.0 >= floor * Amount::ONE;
                // What is absurd does not hold either, but is not reached.
                let is_plausible = |price: Amount| is_enough(price) && price.0 < floor * Amount::ONE * 3;
                for found in [lowest(low..PRICES_MAX, guess, is_enough), first_from(low, guess, is_plausible)] {
                    let found = found.map(|number| round_price(number).to_string());
                    assert_eq!(found.as_deref(), expected, "{from} {floor} {guess:?}");
                }
            }
        };
        check(27, 1_387, Some("1400"));
        check(27, 1_400, Some("1400"));
        check(27, 28, Some("28"));
        check(0, 1, Some("1"));
        check(5, PRICE_MAX * 2, None);
    }
}
