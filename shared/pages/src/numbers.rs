//! How are counts written for people?

/// A whole number with its thousands apart: `12,345`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 seller`, `2 sellers`: a count with what is counted.
#[must_use]
pub fn counted(number: u64, one: &str, several: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { several })
}

/// `1 listing`, `2 listings`.
#[must_use]
pub fn listings(number: u64) -> String {
    counted(number, "listing", "listings")
}

/// A round number in few letters: `1,000` is `1k`.
#[must_use]
pub fn compact(number: u64) -> String {
    match number {
        0..1_000 => number.to_string(),
        1_000..1_000_000 => format!("{}k", number / 1_000),
        _ => format!("{}M", grouped(number / 1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
        assert_eq!([10, 1_000, 100_000, 10_000_000].map(compact), ["10", "1k", "100k", "10M"]);
        assert_eq!([listings(1), listings(2_000)], ["1 listing", "2,000 listings"]);
        assert_eq!(counted(0, "group", "groups"), "0 groups");
    }
}
