//! `gtin_check_digit`: the trade item number fails its own check digit.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::Field;

pub(super) const SIGNAL: Signal = Signal {
    name: "gtin_check_digit",
    group: Group::Identity,
    meaning: "the trade item number is not one, because its check digit is wrong",
    source: "GS1 General Specifications, section 7.9",
    counter_example: "a number of another kind in the field, such as a part number",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    // A length that none has is another signal.
    let gtin = reading.listing.gtin.as_deref().filter(|gtin| matches!(gtin.len(), 8 | 12 | 13 | 14) && !has_check_digit(gtin))?;
    Finding::value(Field::Gtin, gtin, 1000, format!("{gtin} is no trade item number: its check digit is wrong"))
}

/// Whether it is a GTIN-8, -12, -13 or -14 with a right check digit.
pub(super) fn is_valid(gtin: &str) -> bool {
    matches!(gtin.len(), 8 | 12 | 13 | 14) && has_check_digit(gtin)
}

/// Whether the last digit is the check digit of those before it: from the right, digits weigh 3 and 1 in turn.
pub(super) fn has_check_digit(gtin: &str) -> bool {
    let mut digits = gtin.bytes().rev().map(|byte| u32::from(byte - b'0'));
    let Some(check) = digits.next() else { return false };
    let sum: u32 = digits.enumerate().map(|(at, digit)| if at % 2 == 0 { 3 * digit } else { digit }).sum();
    (10 - sum % 10) % 10 == check
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        for (gtin, expected) in [
            ("4006381333931", true),
            ("4006381333932", false),
            ("036000291452", true),
            ("96385074", true),
            ("00012345600012", true),
            ("123", false),
            ("", false),
        ] {
            assert_eq!(is_valid(gtin), expected, "{gtin}");
        }
    }
}
