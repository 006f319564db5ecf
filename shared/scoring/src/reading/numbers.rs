//! Which numbers, sums of money and percentages stand in the text?

use super::Reading;
use crate::policy::{Span, View};
use crate::{Amount, Currency};

/// Most bytes of white space and signs between a number and the word that it belongs to ("30+ styles", "retail: $ 900").
const BETWEEN_BYTES_MAX: usize = 5;
/// Most digits of a number that is read: more name something instead of counting it.
const DIGITS_MAX: usize = 9;
/// Most sums of money that are looked at. A listing names two or three; a price list gains nothing by more.
const SUMS_MAX: usize = 8;
/// Signs of currencies in folded text, and the one that each stands for.
const SIGNS: &[(char, &[u8; 3])] =
    &[('$', b"USD"), ('€', b"EUR"), ('£', b"GBP"), ('¥', b"CNY"), ('₽', b"RUB"), ('₩', b"KRW"), ('₺', b"TRY"), ('₹', b"INR")];

/// A sum of money in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) amount: Amount,
    pub(crate) currency: Currency,
    pub(crate) span: Span,
}

impl Reading<'_> {
    /// The whole number directly before a span: the 30 of "30+ styles".
    pub(crate) fn number_before(&self, span: Span) -> Option<u32> {
        let text = self.folded(span.view).text().get(..span.start as usize)?;
        let digits = text.trim_end_matches([' ', '+', '-', '*']);
        if text.len() - digits.len() > BETWEEN_BYTES_MAX {
            return None;
        }
        let number = &digits[digits.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
        // "v2.30 styles" counts nothing.
        let before = digits[..digits.len() - number.len()].chars().next_back();
        if number.len() > DIGITS_MAX || before.is_some_and(|c| matches!(c, '.' | ',' | '/' | '#') || c.is_ascii_alphabetic()) {
            return None;
        }
        number.parse().ok()
    }

    /// The sum directly after a span, with or without a sign: the 900 of "retail: $900".
    pub(crate) fn amount_after(&self, span: Span) -> Option<Amount> {
        let text = self.folded(span.view).text().get(span.end as usize..)?;
        let number = text.trim_start_matches(|c: char| matches!(c, ' ' | ':' | '-' | '~') || is_sign(c));
        if text.len() - number.len() > BETWEEN_BYTES_MAX {
            return None;
        }
        amount_at_start(number).map(|(amount, _)| amount)
    }

    /// Sums of money with a sign in the title, in order.
    pub(crate) fn sums_in_title(&self) -> &[Sum] {
        self.lazy.sums.get_or_init(|| {
            let mut sums = Vec::new();
            if let Some(title) = self.title_span() {
                read_sums(&self.folded(View::Plain).text()[title.range()], title.range().start, &mut sums);
            }
            sums
        })
    }
}

fn is_sign(c: char) -> bool {
    SIGNS.iter().any(|(sign, _)| *sign == c)
}

fn read_sums(text: &str, offset: usize, sums: &mut Vec<Sum>) {
    let mut push = |amount: Amount, currency: [u8; 3], start: usize, end: usize| {
        // Fields are limited to some kilobytes.
        if let (Ok(start), Ok(end)) = (u32::try_from(offset + start), u32::try_from(offset + end)) {
            sums.push(Sum { amount, currency: Currency(currency), span: Span { view: View::Plain, start, end } });
        }
    };
    let mut count = 0;
    // Looked for by their first bytes: nearly all text is of letters, spaces and digits.
    for at in text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'$' | 0xc2 | 0xe2)).map(|(at, _)| at) {
        let Some(c) = text[at..].chars().next().filter(|_| count < SUMS_MAX) else { break };
        let Some((_, currency)) = SIGNS.iter().find(|(sign, _)| *sign == c) else { continue };
        let after = at + c.len_utf8();
        let spaces = text[after..].len() - text[after..].trim_start_matches(' ').len();
        if let Some((amount, length)) = amount_at_start(&text[after + spaces.min(1)..]) {
            push(amount, **currency, at, after + spaces.min(1) + length);
            count += 1;
        } else if let Some((amount, start)) = amount_at_end(&text[..at]) {
            push(amount, **currency, start, after);
            count += 1;
        }
    }
}

/// The amount that a text begins with, and its length in bytes.
fn amount_at_start(text: &str) -> Option<(Amount, usize)> {
    let length = text.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
    let number = text[..length].trim_end_matches(['.', ',']);
    amount(number).map(|amount| (amount, number.len()))
}

/// The amount that a text ends with, and where it begins.
fn amount_at_end(text: &str) -> Option<(Amount, usize)> {
    let text = text.trim_end_matches(' ');
    let start = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')).len();
    amount(text[start..].trim_start_matches(['.', ','])).map(|amount| (amount, start))
}

fn amount(number: &str) -> Option<Amount> {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || digits > DIGITS_MAX {
        return None;
    }
    crate::listing::parse_price(number).ok().map(|(amount, _)| amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_as_people_write_them() {
        let check = |text: &str, expected: &[&str]| {
            let mut sums = Vec::new();
            read_sums(text, 0, &mut sums);
            let read: Vec<_> = sums.iter().map(|sum| format!("{} {}", sum.amount, sum.currency)).collect();
            assert_eq!(read, expected, "{text}");
        };
        check("was $1,200 now 49.90 €", &["1200 USD", "49.9 EUR"]);
        check("from ¥ 300, £5-£9", &["300 CNY", "5 GBP", "9 GBP"]);
        check("a$ap, $, 5 pcs", &[]);
        check("$12345678901", &[]);
    }
}
